package shelf

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hearsay/server/codec"
	"hearsay/server/library"
)

// diff is a root as it is beside the root as it was.
type diff struct {
	found []library.File          // with what is known about each that has not changed
	known map[string]library.File // by path
	lost  []library.File          // known, not gone before, not found
	gone  []library.File          // gone before, and still
}

// compare leaves files in folders that could not be read as they were.
func compare(found, known []library.File, blind []string) diff {
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
		unseen := slices.ContainsFunc(blind, func(folder string) bool { return strings.HasPrefix(f.Path, folder) })
		switch {
		case here[f.Path] || unseen:
		case f.Gone:
			d.gone = append(d.gone, f)
		default:
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
// files are gone. A group that fails does not stop the others.
func (s *Shelf) apply(ctx context.Context, r Root, d diff) (unsettled bool, err error) {
	groups := s.pair(d.found)
	a := &applying{shelf: s, root: r, diff: d, groups: groups, claims: s.newClaims(groups, d)}
	for _, g := range groups {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if !changed(g) && !lostFrom(g, d.lost) {
			continue
		}
		if s.unsettledIn(g) {
			unsettled = true
			continue
		}
		if failed := a.take(ctx, g); failed != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", g.base, failed))
		}
	}
	if unsettled || err != nil {
		return unsettled, err // what seems lost may be on its way to another name
	}
	return false, s.forget(ctx, r, d.lost, groups, a.moved)
}

// applying carries one scan of a root from group to group.
type applying struct {
	shelf  *Shelf
	root   Root
	diff   diff
	groups []group
	claims claims
	moved  []string // episodes whose files were found again under another name
}

// take imports one group.
func (a *applying) take(ctx context.Context, g group) error {
	if unreadable := hashAll(a.root, g); len(unreadable) > 0 {
		return a.shelf.Library.Store.SaveFiles(ctx, unreadable)
	}
	id, former, err := a.shelf.idOf(ctx, a.root, g, a.claims)
	if err != nil {
		return err
	}
	lacks := a.shelf.lacks(g, a.diff, id)
	if former != "" {
		a.moved = append(a.moved, id)
	} else if lacks {
		return a.shelf.Library.Store.SaveFiles(ctx, g.list(id)) // the episode stays as it was, marked
	}
	return a.shelf.importGroup(ctx, a.root, g, library.Item{ID: id, FormerID: former, Partial: lacks})
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
func (s *Shelf) lacks(g group, d diff, id string) bool {
	return slices.ContainsFunc(slices.Concat(d.lost, d.gone), func(f library.File) bool {
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

// hashAll fills in the hashes of the files of a group that have changed. It
// returns those that cannot be read; the next scan tries again.
func hashAll(r Root, g group) (unreadable []library.File) {
	for i := range g.files {
		m := &g.files[i]
		if m.Hash != "" {
			continue
		}
		sum, err := hashFile(filepath.Join(r.Dir, filepath.FromSlash(m.Path)))
		switch {
		case err == nil:
			m.Hash = library.ImportVersion + ":" + sum
		case !errors.Is(err, fs.ErrNotExist):
			f := m.File
			f.Problem = fmt.Sprintf("The file cannot be read: %v.", plain(err))
			unreadable = append(unreadable, f)
		}
	}
	return unreadable
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

// importGroup reads the group's files into an item and hands it to the import.
func (s *Shelf) importGroup(ctx context.Context, r Root, g group, item library.Item) error {
	item.Title, item.Origin = library.TitleOf(g.base), r.Origin
	if g.folder != "" {
		item.Show = library.TitleOf(path.Base(g.folder))
	}
	for _, m := range g.files {
		source := library.Source{File: m.File, Language: m.language, DiskPath: filepath.Join(r.Dir, filepath.FromSlash(m.Path))}
		if m.kind != sound {
			data, err := readText(source.DiskPath)
			if err != nil {
				return nil //nolint:nilerr // gone since it was listed: the next scan sees it
			}
			source.Data = data
		}
		switch {
		case m.kind == text:
			item.Texts = append(item.Texts, source)
		case m.kind == sound && item.Audio == nil:
			item.Audio = &source
		case m.kind == about && item.About == nil:
			item.About = &source
		default:
			item.Spare = append(item.Spare, source)
		}
	}
	out, err := s.Library.Import(ctx, item)
	if err != nil {
		return err
	}
	for _, refusal := range out.Refusals {
		s.Log.Warn("A file on the shelf could not be read.", "episode", item.ID, "reason", refusal)
	}
	if out.Changed {
		s.Log.Info("Imported.", "episode", item.ID, "lines", out.Lines, "repairs", out.Repairs)
	}
	return nil
}

// readText reads a file, no further than the codec does.
func readText(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, codec.MaxBytes+1))
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
