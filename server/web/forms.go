package web

import (
	"errors"
	"html/template"
	"slices"
	"sync"

	"hearsay/server/transcript"
)

// forms keeps what was made from a transcript, by the key of its version: the
// next reader gets it at once.
type forms struct {
	mu   sync.Mutex
	made map[string]*form
	used []string // keys, the oldest first
}

// form is one version of one transcript, ready to be sent.
type form struct {
	once  sync.Once
	err   error
	text  transcript.Transcript // without segments
	body  template.HTML
	times *packed
}

// maxForms bounds the memory: a ten hour episode takes some five megabytes.
const maxForms = 64

// errHalfMade is what a form is until it has been made: also where making it
// panicked.
var errHalfMade = errors.New("the page could not be made")

// get returns the form of a version, making it once, however many ask.
func (f *forms) get(key string, make func(*form) error) (*form, error) {
	entry := f.entry(key)
	defer func() {
		if entry.err != nil {
			f.drop(key, entry) // so that it is tried again
		}
	}()
	entry.once.Do(func() {
		entry.err = errHalfMade
		entry.err = make(entry)
	})
	return entry, entry.err
}

func (f *forms) entry(key string) *form {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.made == nil {
		f.made = make(map[string]*form)
	}
	if e, ok := f.made[key]; ok {
		return e
	}
	if len(f.used) >= maxForms {
		delete(f.made, f.used[0])
		f.used = f.used[1:]
	}
	e := &form{}
	f.made[key] = e
	f.used = append(f.used, key)
	return e
}

// drop forgets an entry, unless another has taken its place; nil takes any.
func (f *forms) drop(key string, entry *form) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if e, ok := f.made[key]; !ok || entry != nil && e != entry {
		return
	}
	delete(f.made, key)
	f.used = slices.DeleteFunc(f.used, func(k string) bool { return k == key })
}
