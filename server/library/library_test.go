package library_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/server/audio"
	"hearsay/server/library"
	"hearsay/server/shelf"
	"hearsay/server/sqlite"
)

var ctx = context.Background()

// house is a library of real parts in a folder of its own.
type house struct {
	*library.Library
	t   *testing.T
	dir string
}

func newHouse(t *testing.T) house {
	t.Helper()
	dir := t.TempDir()
	store, err := sqlite.Open(ctx, dir)
	check(t, err)
	t.Cleanup(func() { store.Close() })
	h := house{t: t, dir: dir, Library: &library.Library{
		Store: store, Probe: probe, IsAudio: audio.IsAudio, Uploads: shelf.Uploads{Dir: filepath.Join(dir, "uploads")},
		OnShelf: func(f library.File) bool { _, err := os.Stat(filepath.Join(dir, f.Path)); return err == nil },
	}}
	check(t, os.Mkdir(filepath.Join(dir, "uploads"), 0o700))
	return h
}

func probe(path string) (library.Sound, error) {
	info, err := audio.Probe(path)
	return library.Sound{DurationMs: info.DurationMs, MediaType: info.MediaType, Problem: info.Problem,
		Title: info.Title, Show: info.Show, Date: info.Date, Cover: info.Cover, CoverType: info.CoverType}, err
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// rows counts the rows of every table, through a handle of its own.
func (h house) rows() map[string]int {
	h.t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(h.dir, "hearsay.db"))
	check(h.t, err)
	defer db.Close()
	counts := make(map[string]int)
	for _, table := range []string{"episode", "former_id", "transcript", "transcript_version", "line", "line_index", "file", "change"} {
		var n int
		check(h.t, db.QueryRow("SELECT count(*) FROM "+table).Scan(&n))
		counts[table] = n
	}
	return counts
}

// uploaded lists the files of the uploads folder.
func (h house) uploaded() []string {
	h.t.Helper()
	var names []string
	check(h.t, filepath.WalkDir(filepath.Join(h.dir, "uploads"), func(name string, d fs.DirEntry, err error) error {
		if rel, _ := filepath.Rel(h.dir, name); err == nil && rel != "uploads" && d.Name() != ".incoming" {
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	}))
	return names
}

// unchanged fails the test where f stores anything.
func (h house) unchanged(f func()) {
	h.t.Helper()
	rows, files := h.rows(), h.uploaded()
	f()
	if got := h.rows(); !maps.Equal(got, rows) {
		h.t.Errorf("the tables had %v rows, and now have %v", rows, got)
	}
	if got := h.uploaded(); !slices.Equal(got, files) {
		h.t.Errorf("the uploads were %q, and now are %q", files, got)
	}
}

// text is a transcript of an item.
func text(path, content string) library.Source {
	return library.Source{File: library.File{Root: library.ShelfRoot, Path: path, Hash: library.ImportVersion + ":" + content}, Data: []byte(content)}
}

func (h house) put(item library.Item) library.Outcome {
	h.t.Helper()
	if item.Origin == "" {
		item.Origin = library.FromShelf
	}
	out, err := h.Import(ctx, item)
	check(h.t, err)
	return out
}

// versions counts what was ever imported.
func (h house) versions() int { return h.rows()["transcript_version"] }

// srt makes captions of lines, four seconds each.
func srt(lines ...string) string {
	var b strings.Builder
	for i, l := range lines {
		fmt.Fprintf(&b, "%d\n00:00:%02d,000 --> 00:00:%02d,000\n%s\n\n", i+1, 4*i, 4*i+4, l)
	}
	return b.String()
}

func (h house) segments(id, language string) []string {
	h.t.Helper()
	ep, err := h.Store.FindEpisode(ctx, id)
	check(h.t, err)
	r, err := h.Read(ctx, ep, language)
	check(h.t, err)
	var out []string
	for _, s := range r.Text.Segments {
		out = append(out, s.Text)
	}
	return out
}

// wav is a second of silence.
func wav() string {
	const n = 8000
	return "RIFF" + le(36+n, 4) + "WAVEfmt " + le(16, 4) + le(1, 2) + le(1, 2) + le(n, 4) + le(n, 4) + le(1, 2) + le(8, 2) +
		"data" + le(n, 4) + strings.Repeat("\x80", n)
}

func le(v, size int) string {
	b := make([]byte, size)
	for i := range b {
		b[i] = byte(v >> (8 * i))
	}
	return string(b)
}
