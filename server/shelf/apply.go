package shelf

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hearsay/server/library"
)

// diff is a root as it is beside the root as it was.
type diff struct {
	found []library.File          // with what is known about each that has not changed
	known map[string]library.File // by path
	lost  []library.File          // known, not gone before, not found
}

func compare(found, known []library.File) diff {
	d := diff{known: make(map[string]library.File, len(known))}
	for _, f := range known {
		d.known[f.Path] = f
	}
	here := make(map[string]bool, len(found))
	for _, f := range found {
		here[f.Path] = true
		if k, ok := d.known[f.Path]; ok && !k.Gone && k.Size == f.Size && k.ModTime.Equal(f.ModTime) && current(k) {
			f = k
		} else if ok {
			f.Episode = k.Episode
		}
		d.found = append(d.found, f)
	}
	for _, f := range known {
		if !here[f.Path] && !f.Gone {
			d.lost = append(d.lost, f)
		}
	}
	return d
}

// current reports whether a file was read by this version of the import.
func current(f library.File) bool { return strings.HasPrefix(f.Hash, library.ImportVersion+":") }

// loss counts the files that are gone since the last scan, and those that were
// there. A file that was renamed is not lost.
func (d diff) loss() (lost, were int) {
	for _, f := range d.known {
		if !f.Gone {
			were++
		}
	}
	sizes := make(map[int64]int) // of new files: the cheap sign of a new name
	for _, f := range d.found {
		if _, ok := d.known[f.Path]; !ok {
			sizes[f.Size]++
		}
	}
	for _, f := range d.lost {
		if sizes[f.Size] > 0 {
			sizes[f.Size]--
			continue
		}
		lost++
	}
	return lost, were
}

// apply imports the groups that have changed and marks the episodes whose
// files are gone.
func (s *Shelf) apply(ctx context.Context, r Root, d diff) (unsettled bool, err error) {
	groups := s.pair(d.found)
	claims := newClaims(groups, d)
	var moved []string // episodes whose files were found again under another name
	for _, g := range groups {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if !changed(g) && !lostFrom(g, d.lost) {
			continue
		}
		if wait := s.unsettledIn(g); wait {
			unsettled = true
			continue
		}
		if err := hashAll(r, g); err != nil {
			s.Log.Warn("A file could not be read and is tried again.", "file", g.base, "error", err)
			unsettled = true
			continue
		}
		id, former, err := s.idOf(ctx, g, claims)
		if err != nil {
			return unsettled, err
		}
		if former != "" {
			moved = append(moved, id)
		}
		if s.lacks(g, d.lost, id) && former == "" {
			continue // marked below
		}
		if err := s.importGroup(ctx, r, g, id, former); err != nil {
			return unsettled, err
		}
	}
	if unsettled {
		return true, nil // what seems lost may be on its way to another name
	}
	return false, s.forget(ctx, r, d.lost, groups, moved)
}

func changed(g group) bool {
	return slices.ContainsFunc(g.files, func(m member) bool { return m.Hash == "" })
}

// lostFrom reports whether the group's episode has lost a file.
func lostFrom(g group, lost []library.File) bool {
	return slices.ContainsFunc(lost, func(f library.File) bool { return g.holds(f.Episode) })
}

// lacks reports whether a kind of file that the episode had is gone with
// nothing in its place: then the episode stays as it was, marked.
func (s *Shelf) lacks(g group, lost []library.File, id string) bool {
	return slices.ContainsFunc(lost, func(f library.File) bool {
		k := s.kindOf(f.Path)
		return f.Episode == id && f.Problem == "" && k != about && !g.has(k)
	})
}

func (s *Shelf) unsettledIn(g group) bool {
	now, wait := time.Now(), false
	for _, m := range g.files {
		if m.Hash == "" && !s.settled(m.File, now) {
			wait = true
		}
	}
	return wait
}

// hashAll fills in the hashes of the files of a group that have changed.
func hashAll(r Root, g group) error {
	for i := range g.files {
		m := &g.files[i]
		if m.Hash != "" {
			continue
		}
		sum, err := hashFile(filepath.Join(r.Dir, filepath.FromSlash(m.Path)))
		if err != nil {
			return err
		}
		m.Hash = library.ImportVersion + ":" + sum
	}
	return nil
}

// hashFile names a file by its content.
func hashFile(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// importGroup reads the group's files and hands them to the import.
func (s *Shelf) importGroup(ctx context.Context, r Root, g group, id, former string) error {
	item := library.Item{ID: id, FormerID: former, Title: library.TitleOf(g.base), Origin: r.Origin}
	if g.folder != "" {
		item.Show = library.TitleOf(path.Base(g.folder))
	}
	for _, m := range g.files {
		source := library.Source{File: m.File, Language: m.language, DiskPath: filepath.Join(r.Dir, filepath.FromSlash(m.Path))}
		if m.kind != sound {
			data, err := os.ReadFile(source.DiskPath)
			if err != nil {
				return nil //nolint:nilerr // gone since it was listed: the next scan sees it
			}
			source.Data = data
		}
		switch m.kind {
		case sound:
			if item.Audio == nil {
				item.Audio = &source
			}
		case text:
			item.Texts = append(item.Texts, source)
		case about:
			item.About = &source
		}
	}
	out, err := s.Library.Import(ctx, item)
	if err != nil {
		return fmt.Errorf("%s: %w", g.base, err)
	}
	for _, refusal := range out.Refusals {
		s.Log.Warn("A file on the shelf could not be read.", "episode", id, "reason", refusal)
	}
	if out.Changed {
		s.Log.Info("Imported.", "episode", id, "lines", out.Lines, "repairs", out.Repairs)
	}
	return nil
}

// forget marks what is gone: files, and the episodes that needed them.
func (s *Shelf) forget(ctx context.Context, r Root, lost []library.File, groups []group, moved []string) error {
	var gone []library.File
	var dropped []string
	for _, f := range lost {
		i := slices.IndexFunc(groups, func(g group) bool { return g.holds(f.Episode) })
		replaced := i >= 0 && (groups[i].has(s.kindOf(f.Path)) || s.kindOf(f.Path) == about)
		if f.Problem != "" || replaced || slices.Contains(moved, f.Episode) {
			dropped = append(dropped, f.Path)
			continue
		}
		f.Gone = true
		gone = append(gone, f)
		if err := s.Library.Store.MarkMissing(ctx, f.Episode, true); err != nil {
			return err
		}
		s.Log.Info("A file has left the shelf; its episode stays readable.", "file", f.Path, "episode", f.Episode)
	}
	if len(gone) > 0 {
		if err := s.Library.Store.SaveFiles(ctx, gone); err != nil {
			return err
		}
	}
	if len(dropped) > 0 {
		return s.Library.Store.RemoveFiles(ctx, r.Name, dropped)
	}
	return nil
}
