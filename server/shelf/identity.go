package shelf

import (
	"context"
	"fmt"

	"hearsay/server/library"
)

// claims says which episode which file belongs to, and which hashes are looking
// for their file: those of files that have gone.
type claims struct {
	taken  map[string]bool   // episodes with files on the shelf
	byHash map[string]string // hash of a gone file → its episode
}

func newClaims(groups []group, d diff) claims {
	c := claims{taken: make(map[string]bool), byHash: make(map[string]string)}
	for _, g := range groups {
		for _, m := range g.files {
			if k, ok := d.known[m.Path]; ok {
				c.taken[k.Episode] = true
			}
		}
	}
	lost := append([]library.File(nil), d.lost...)
	for _, f := range d.known {
		if f.Gone {
			lost = append(lost, f)
		}
	}
	for _, f := range lost {
		if !c.taken[f.Episode] {
			c.byHash[f.Hash] = f.Episode
		}
	}
	return c
}

// idOf returns the id of a group's episode: the one its files had, also under
// another name (then former is the id that the new name would give, which has
// to find the episode too), else one made from its name.
func (s *Shelf) idOf(ctx context.Context, g group, c claims) (id, former string, err error) {
	named := library.EpisodeID(g.folder, g.base)
	for _, m := range g.files {
		if m.Episode != "" {
			return m.Episode, "", nil
		}
	}
	for _, m := range g.files {
		if id, ok := c.byHash[m.Hash]; ok {
			c.taken[id] = true
			delete(c.byHash, m.Hash)
			return id, named, nil
		}
	}
	for n := 1; ; n++ {
		id := named
		if n > 1 {
			id = fmt.Sprintf("%s-%d", named, n)
		}
		ep, err := s.Library.Store.FindEpisode(ctx, id)
		if err == nil {
			id = ep.ID
		} else if library.CodeOf(err) != library.NotFound {
			return "", "", err
		}
		if !c.taken[id] {
			c.taken[id] = true
			return id, "", nil
		}
	}
}
