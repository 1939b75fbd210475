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
// ends. Where the system tells nothing about changes it looks now and then.
func (s *Shelf) Watch(ctx context.Context) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		s.Log.Warn("Changes on the shelf cannot be watched; it is looked at now and then.", "error", err)
		watcher = &fsnotify.Watcher{} // nothing ever comes out of it
	} else {
		defer watcher.Close()
	}
	due := time.Now()
	timer := time.NewTimer(0)
	defer timer.Stop()
	plan := func(wait time.Duration) {
		due = time.Now().Add(wait)
		timer.Reset(wait)
	}
	for {
		changed := false
		select {
		case <-ctx.Done():
			return
		case <-watcher.Errors: // an overflow, say: a scan finds what was missed
			changed = true
		case e := <-watcher.Events:
			changed = e.Op != fsnotify.Chmod
		case <-timer.C:
			if err == nil {
				s.watchAll(watcher)
			}
			plan(s.look(ctx))
		}
		if changed && time.Until(due) > debounce { // sooner, but a file that is long in coming puts nothing off
			plan(debounce)
		}
	}
}

// look scans, and says when to scan again if nothing happens.
func (s *Shelf) look(ctx context.Context) time.Duration {
	unsettled, err := s.Scan(ctx)
	if err != nil && ctx.Err() == nil {
		s.Log.Error("The shelf could not be taken in; trying again.", "error", err)
	}
	if unsettled {
		return settle
	}
	return poll
}

// watchAll watches every folder of every root. What cannot be watched is looked
// at now and then, so errors are no matter.
func (s *Shelf) watchAll(w *fsnotify.Watcher) {
	for _, r := range s.Roots {
		_ = filepath.WalkDir(r.Dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				_ = w.Add(path)
			}
			return nil
		})
	}
}
