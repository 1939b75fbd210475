package shelf_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay/server/audio"
	"hearsay/server/library"
	"hearsay/server/shelf"
	"hearsay/server/sqlite"
)

var ctx = context.Background()

// bench is a shelf in a folder of its own, over a real store.
type bench struct {
	*shelf.Shelf
	t   *testing.T
	dir string
}

func newBench(t *testing.T) bench {
	t.Helper()
	data := t.TempDir()
	store, err := sqlite.Open(ctx, data)
	check(t, err)
	t.Cleanup(func() { store.Close() })
	b := bench{t: t, dir: filepath.Join(data, "transcripts")}
	uploads := filepath.Join(data, "uploads")
	for _, dir := range []string{b.dir, uploads} {
		check(t, os.Mkdir(dir, 0o700))
	}
	lib := &library.Library{Store: store, Probe: probe, IsAudio: audio.IsAudio, Uploads: shelf.Uploads{Dir: uploads}}
	b.Shelf = &shelf.Shelf{Library: lib, Log: slog.New(slog.DiscardHandler), Roots: []shelf.Root{
		{Name: library.ShelfRoot, Dir: b.dir, Origin: library.FromShelf},
		{Name: library.UploadsRoot, Dir: uploads, Origin: library.FromUpload},
	}}
	return b
}

func probe(path string) (library.Sound, error) {
	info, err := audio.Probe(path)
	return library.Sound{DurationMs: info.DurationMs, MediaType: info.MediaType, Problem: info.Problem}, err
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// put writes files that have stood for a while; a folder is made where needed.
func (b bench) put(files map[string]string) {
	b.t.Helper()
	for name, content := range files {
		b.write(name, content)
		b.age(name, -time.Hour)
	}
}

func (b bench) write(name, content string) {
	b.t.Helper()
	name = filepath.Join(b.dir, name)
	check(b.t, os.MkdirAll(filepath.Dir(name), 0o700))
	check(b.t, os.WriteFile(name, []byte(content), 0o600))
}

func (b bench) age(name string, by time.Duration) {
	b.t.Helper()
	at := time.Now().Add(by)
	check(b.t, os.Chtimes(filepath.Join(b.dir, name), at, at))
}

func (b bench) remove(names ...string) {
	b.t.Helper()
	for _, n := range names {
		check(b.t, os.Remove(filepath.Join(b.dir, n)))
	}
}

func (b bench) rename(from, to string) {
	b.t.Helper()
	check(b.t, os.MkdirAll(filepath.Dir(filepath.Join(b.dir, to)), 0o700))
	check(b.t, os.Rename(filepath.Join(b.dir, from), filepath.Join(b.dir, to)))
}

// scan expects that nothing has to be waited for.
func (b bench) scan() {
	b.t.Helper()
	unsettled, err := b.Scan(ctx)
	check(b.t, err)
	if unsettled {
		b.t.Fatal("the scan waits for a file")
	}
}

// list says of every episode what it is: id, sound, languages, missing.
func (b bench) list() []string {
	b.t.Helper()
	episodes, _, err := b.Library.Store.FindEpisodes(ctx, library.EpisodeFilter{})
	check(b.t, err)
	var out []string
	for _, ep := range episodes {
		s := ep.ID
		if ep.Audio != nil {
			s += " sound"
		}
		for _, t := range ep.Transcripts {
			s += " " + t.Language
		}
		if ep.Missing {
			s += " missing"
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

func (b bench) want(want ...string) {
	b.t.Helper()
	if got := b.list(); !slices.Equal(got, want) {
		b.t.Errorf("the shelf has %q, want %q", got, want)
	}
}

func (b bench) find(words string) []string {
	b.t.Helper()
	hits, err := b.Library.Search(ctx, library.Search{Text: words})
	check(b.t, err)
	var ids []string
	for _, h := range hits {
		ids = append(ids, h.Episode)
	}
	return ids
}

// problems lists the files that could not be read.
func (b bench) problems() []string {
	b.t.Helper()
	files, err := b.Library.Store.FindFiles(ctx, library.ShelfRoot)
	check(b.t, err)
	var names []string
	for _, f := range files {
		if f.Problem != "" && !f.Gone {
			names = append(names, f.Path)
		}
	}
	return names
}

const bad = "Milk, bread and eggs."

// srt says English sentences, enough of them to tell the language.
func srt(first string) string {
	return fmt.Sprintf("1\n00:00:00,000 --> 00:00:04,000\n%s\n\n2\n00:00:04,000 --> 00:00:08,000\n%s\n", first,
		"This is what they said about the weather in the morning, and that was all there was.")
}

// wav is silence; a different length is a different file.
func wav(bytes int) string {
	le := func(v, size int) (s string) {
		for i := range size {
			s += string([]byte{byte(v >> (8 * i))})
		}
		return s
	}
	return "RIFF" + le(36+bytes, 4) + "WAVEfmt " + le(16, 4) + le(1, 2) + le(1, 2) + le(8000, 4) + le(8000, 4) + le(1, 2) + le(8, 2) +
		"data" + le(bytes, 4) + strings.Repeat("\x80", bytes)
}
