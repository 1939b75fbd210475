package shelf

import (
	"context"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	debounce = 300 * time.Millisecond // events come in bursts
	poll     = 30 * time.Second       // for file systems that tell nothing: network shares, some mounts
)

// Watch scans at once and then whenever something changes, until the context
// ends.
func (s *Shelf) Watch(ctx context.Context) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer watcher.Close()
	for _, r := range s.Roots {
		watchBelow(watcher, r.Dir)
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-watcher.Errors: // an overflow, say: a scan finds what was missed
			timer.Reset(debounce)
		case e := <-watcher.Events:
			if e.Op == fsnotify.Chmod {
				continue
			}
			if e.Has(fsnotify.Create) {
				watchBelow(watcher, e.Name)
			}
			timer.Reset(debounce)
		case <-timer.C:
			unsettled, err := s.Scan(ctx)
			switch {
			case ctx.Err() != nil:
				return nil
			case err != nil:
				s.Log.Error("The shelf could not be taken in; trying again.", "error", err)
				timer.Reset(poll)
			case unsettled:
				timer.Reset(settle)
			default:
				timer.Reset(poll)
			}
		}
	}
}

// watchBelow watches a folder and every folder below it. What cannot be
// watched is polled, so errors are no matter.
func watchBelow(w *fsnotify.Watcher, dir string) {
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_ = w.Add(path)
		}
		return nil
	})
}
