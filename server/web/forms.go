package web

import (
	"html/template"
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
	once        sync.Once
	err         error
	text        transcript.Transcript // without segments
	body        template.HTML
	times       []byte
	timesPacked []byte
}

// maxForms bounds the memory: a ten hour episode takes some five megabytes.
const maxForms = 64

// get returns the form of a version, making it once, however many ask.
func (f *forms) get(key string, make func(*form) error) (*form, error) {
	entry := f.entry(key)
	entry.once.Do(func() { entry.err = make(entry) })
	if entry.err != nil {
		f.drop(key)
	}
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

// drop forgets what could not be made, so that it is tried again.
func (f *forms) drop(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.made, key)
}
