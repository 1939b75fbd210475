package shelf

import (
	"context"
	"fmt"
	"path"
	"slices"

	"hearsay/server/library"
)

// claims says which group has which episode, and which hashes are looking for
// their file: those of sound and texts that have gone.
type claims struct {
	owner  map[string]string // episode → folder and base of the group that has it
	byHash map[string]string // hash of a gone file → its episode
}

// newClaims gives every episode to one group: to that which has its sound, else
// to the first that holds a file of it.
func (s *Shelf) newClaims(groups []group, d diff) claims {
	c := claims{owner: make(map[string]string), byHash: make(map[string]string)}
	for _, kinds := range [][]kind{{sound}, {text, about}} {
		for _, g := range groups {
			for _, m := range g.files {
				if m.Episode != "" && c.owner[m.Episode] == "" && slices.Contains(kinds, m.kind) {
					c.owner[m.Episode] = g.name()
				}
			}
		}
	}
	for _, f := range slices.Concat(d.gone, d.lost) {
		k := s.kindOf(f.Path)
		if c.owner[f.Episode] == "" && f.Problem == "" && (k == sound || k == text) {
			c.byHash[f.Hash] = f.Episode
		}
	}
	return c
}

// idOf returns the id of a group's episode: the one its files had, also under
// another name (then former is the id that the new name would give, which has
// to find the episode too), else one made from its name that no other episode
// has.
func (s *Shelf) idOf(ctx context.Context, r Root, g group, c claims) (id, former string, err error) {
	for _, m := range g.files {
		if c.owner[m.Episode] == g.name() {
			return m.Episode, "", nil
		}
	}
	named := library.EpisodeID(g.folder, g.base)
	for _, m := range g.files {
		if id, ok := c.byHash[m.Hash]; ok && c.owner[id] == "" {
			c.owner[id] = g.name()
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
		if c.owner[id] == "" && (err != nil || ep.Origin == r.Origin) {
			c.owner[id] = g.name()
			return id, "", nil
		}
	}
}

// name tells a group from all others of its root.
func (g group) name() string { return path.Join(g.folder, g.base) }
