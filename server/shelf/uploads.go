package shelf

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"time"

	"hearsay/server/library"
)

// Uploads is a library.Uploads in a folder that is a root of the shelf like
// any other: what lies in it is found again by every scan.
type Uploads struct {
	Dir string
}

var _ library.Uploads = Uploads{}

// staging is hidden from scans by its dot.
const staging = ".incoming"

// Stage implements library.Uploads.
func (u Uploads) Stage(name string, r io.Reader) (*library.Source, error) {
	dir := filepath.Join(u.Dir, staging)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(dir, "*"+path.Ext(name))
	if err != nil {
		return nil, err
	}
	s := &library.Source{DiskPath: f.Name()}
	s.Root, s.Path = library.UploadsRoot, name
	h := sha256.New()
	s.Size, err = io.Copy(io.MultiWriter(f, h), r)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		u.Discard([]*library.Source{s})
		return nil, err
	}
	s.Hash = library.ImportVersion + ":" + hex.EncodeToString(h.Sum(nil))
	return s, nil
}

// Place implements library.Uploads.
func (u Uploads) Place(staged []*library.Source) error {
	for _, s := range staged {
		to := filepath.Join(u.Dir, filepath.FromSlash(s.Path))
		if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
			return err
		}
		if _, err := os.Lstat(to); err == nil {
			return library.Errorf(library.Conflict, "There is a file %s already; give this episode another title.", s.Path)
		}
		now := time.Now() // a scan waits until a file has stood for a while, and so for the others
		if err := errors.Join(os.Chtimes(s.DiskPath, now, now), os.Rename(s.DiskPath, to)); err != nil {
			return err
		}
		s.DiskPath = to
		info, err := os.Stat(to)
		if err != nil {
			return err
		}
		s.ModTime = info.ModTime().UTC()
	}
	return nil
}

// Discard implements library.Uploads. What cannot be removed is left to the next
// start, which empties the staging folder.
func (u Uploads) Discard(files []*library.Source) {
	for _, s := range files {
		_ = os.Remove(s.DiskPath)
		u.tidy(s.Path)
	}
}

// tidy removes the folder of a file, if nothing else is in it.
func (u Uploads) tidy(name string) {
	if folder := path.Dir(name); folder != "." {
		_ = os.Remove(filepath.Join(u.Dir, filepath.FromSlash(folder)))
	}
}

// Clean empties the staging folder of what an interrupted upload left.
func (u Uploads) Clean() error { return os.RemoveAll(filepath.Join(u.Dir, staging)) }

// Remove implements library.Uploads.
func (u Uploads) Remove(files []library.File) error {
	for _, f := range files {
		if err := os.Remove(filepath.Join(u.Dir, filepath.FromSlash(f.Path))); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		u.tidy(f.Path)
	}
	return nil
}
