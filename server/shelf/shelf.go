// Package shelf watches folders of files and calls the import for what is new,
// has changed or has gone. Files with one base name belong together; a
// sub-folder is a show.
package shelf

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
	"unicode/utf8"

	"hearsay/server/library"
)

// Root is a folder of files.
type Root struct {
	Name   string // how the store calls it
	Dir    string
	Origin library.Origin
}

// Shelf keeps the library in step with its roots.
type Shelf struct {
	Library *library.Library
	Roots   []Root
	Log     *slog.Logger

	scanning sync.Mutex // one scan at a time
	mu       sync.Mutex // guards what follows
	warnings map[string]string
	waiting  map[string]seen // files that may still be written to
}

// seen is how a file looked at some moment.
type seen struct {
	size    int64
	modTime time.Time
	at      time.Time
}

// A file is taken to be whole when it has not changed for this long.
const settle = 1500 * time.Millisecond

// Warning says what is wrong with the shelf as a whole, "" if nothing is.
func (s *Shelf) Warning() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.Roots {
		if w := s.warnings[r.Name]; w != "" {
			return w
		}
	}
	return ""
}

func (s *Shelf) warn(root Root, sentence string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.warnings == nil {
		s.warnings = make(map[string]string)
	}
	if s.warnings[root.Name] != sentence && sentence != "" {
		s.Log.Warn(sentence)
	}
	s.warnings[root.Name] = sentence
}

// Scan reads every root once. It reports whether files are still being
// written, so that the scan has to be repeated.
func (s *Shelf) Scan(ctx context.Context) (unsettled bool, err error) {
	s.scanning.Lock()
	defer s.scanning.Unlock()
	for _, r := range s.Roots {
		more, failed := s.scanRoot(ctx, r)
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("scanning %s: %w", r.Dir, failed))
		}
		unsettled = unsettled || more
	}
	return unsettled, err
}

// scanRoot compares a folder with what the store knows of it. A folder that
// cannot be read, or that has lost more than half of its files at once, is left
// as it was: a disk that was not mounted must not empty a library.
func (s *Shelf) scanRoot(ctx context.Context, r Root) (unsettled bool, err error) {
	found, blind, err := s.walk(r)
	if err != nil {
		s.warn(r, fmt.Sprintf("The shelf %s cannot be read, so nothing was changed: %v.", r.Dir, plain(err)))
		return false, nil
	}
	known, err := s.Library.Store.FindFiles(ctx, r.Name)
	if err != nil {
		return false, err
	}
	d := compare(found, known, blind)
	if lost, were := d.loss(); lost*2 > were {
		s.warn(r, fmt.Sprintf("%d of the %d files of the shelf %s are gone at once, so nothing was changed. "+
			"Bring them back, or remove their episodes one by one.", lost, were, r.Dir))
		return false, nil
	}
	s.warn(r, "")
	return s.apply(ctx, r, d)
}

// walk lists the files of a root that may belong to an episode, and the folders
// in it that could not be read.
func (s *Shelf) walk(r Root) (files []library.File, blind []string, err error) {
	dir, err := os.OpenRoot(r.Dir)
	if err != nil {
		return nil, nil, err
	}
	defer dir.Close()
	err = fs.WalkDir(dir.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			if path == "." {
				return err
			}
			s.Log.Warn("The shelf has a place that cannot be read.", "path", path, "error", err)
			blind = append(blind, path+"/")
			return fs.SkipDir
		}
		if entry.IsDir() {
			if path != "." && hidden(entry.Name()) || ignored(dir, path) {
				return fs.SkipDir
			}
			return nil
		}
		if s.kindOf(path) == other || !utf8.ValidString(path) {
			return nil // a name that is no text cannot be kept, shown or linked
		}
		info, err := dir.Stat(path)
		if err != nil || !info.Mode().IsRegular() {
			return nil // gone in between, or a link that leads out of the shelf
		}
		files = append(files, library.File{Root: r.Name, Path: path, Size: info.Size(), ModTime: info.ModTime().UTC()})
		return nil
	})
	return files, blind, err
}

// ignored reports whether a folder holds a file .hearsayignore: then neither it
// nor what lies below is read.
func ignored(dir *os.Root, path string) bool {
	_, err := dir.Lstat(filepath.Join(path, ".hearsayignore"))
	return err == nil
}

// settled reports whether a file has stood unchanged for a while.
func (s *Shelf) settled(f library.File, now time.Time) bool {
	key := f.Root + "\x00" + f.Path
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiting == nil {
		s.waiting = make(map[string]seen)
	}
	last, ok := s.waiting[key]
	if age := now.Sub(f.ModTime); age > 2*settle && !ok {
		return true
	}
	if !ok || last.size != f.Size || !last.modTime.Equal(f.ModTime) {
		s.waiting[key] = seen{f.Size, f.ModTime, now}
		return false
	}
	if now.Sub(last.at) < settle {
		return false
	}
	delete(s.waiting, key)
	return true
}

// plain drops the operation and the path that os errors begin with.
func plain(err error) error {
	if e, ok := err.(*fs.PathError); ok { //nolint:errorlint // only the outermost is decoration
		return e.Err
	}
	return err
}
