package web_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hearsay/server/audio"
	"hearsay/server/library"
	"hearsay/server/shelf"
	"hearsay/server/sqlite"
	"hearsay/server/web"
	"hearsay/static"
	"hearsay/transcripts"
)

var ctx = context.Background()

const token = "a-secret-token"

// site is a server over real parts in a folder of its own.
type site struct {
	*web.Server
	lib  *library.Library
	data string
}

// newSite serves a shelf of some files.
func newSite(t testing.TB, url string, files map[string]string) site {
	t.Helper()
	return openSite(t, t.TempDir(), url, files)
}

func openSite(t testing.TB, data, url string, files map[string]string) site {
	t.Helper()
	roots := map[string]string{"shelf": filepath.Join(data, "transcripts"), "uploads": filepath.Join(data, "uploads")}
	for _, dir := range roots {
		check(t, os.MkdirAll(dir, 0o700))
	}
	for name, content := range files {
		name = filepath.Join(roots["shelf"], name)
		check(t, os.MkdirAll(filepath.Dir(name), 0o700))
		check(t, os.WriteFile(name, []byte(content), 0o600))
		old := time.Now().Add(-time.Hour)
		check(t, os.Chtimes(name, old, old))
	}
	store, err := sqlite.Open(ctx, data)
	check(t, err)
	t.Cleanup(func() { store.Close() })
	lib := &library.Library{Store: store, Probe: probe, IsAudio: audio.IsAudio, Uploads: shelf.Uploads{Dir: roots["uploads"]},
		OnShelf: func(f library.File) bool { _, err := os.Stat(filepath.Join(roots["shelf"], f.Path)); return err == nil }}
	sh := &shelf.Shelf{Library: lib, Log: slog.New(slog.DiscardHandler), Roots: []shelf.Root{
		{Name: library.ShelfRoot, Dir: roots["shelf"], Origin: library.FromShelf}}}
	if more, err := sh.Scan(ctx); err != nil || more {
		t.Fatalf("scan: %v, %v", more, err)
	}
	server, err := web.New(web.Config{Library: lib, Static: static.Files, URL: url, Token: token, Roots: roots,
		CustomCSS: filepath.Join(data, "custom.css"), ShelfWarning: sh.Warning, Log: slog.New(slog.DiscardHandler)})
	check(t, err)
	return site{server, lib, data}
}

func probe(path string) (library.Sound, error) {
	info, err := audio.Probe(path)
	return library.Sound{DurationMs: info.DurationMs, MediaType: info.MediaType, Problem: info.Problem,
		Title: info.Title, Show: info.Show, Date: info.Date, Cover: info.Cover, CoverType: info.CoverType}, err
}

// demo is one site with the demo's files, for tests that only read.
var demo = sync.OnceValue(func() site {
	dir, err := os.MkdirTemp("", "hearsay-web")
	if err != nil {
		panic(err)
	}
	files := make(map[string]string)
	err = fs.WalkDir(transcripts.Demo, "demo", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(transcripts.Demo, name)
		files[strings.TrimPrefix(name, "demo/")] = string(b)
		return err
	})
	if err != nil {
		panic(err)
	}
	return openSite(keeper{}, dir, "", files)
})

// keeper is a testing.TB that outlives one test: the demo is shared.
type keeper struct{ testing.TB }

func (keeper) Helper()                      {}
func (keeper) Cleanup(f func())             { closers = append(closers, f) }
func (keeper) Fatal(args ...any)            { panic(args) }
func (keeper) Fatalf(_ string, args ...any) { panic(args) }

var closers []func()

func TestMain(m *testing.M) {
	code := m.Run()
	for _, f := range closers {
		f()
		os.RemoveAll(demo().data)
	}
	os.Exit(code)
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer is a response, read.
type answer struct {
	*http.Response
	body string
}

// ask sends a request; headers come as name, value, name, value.
func (s site) ask(method, target, body string, headers ...string) answer {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	b, _ := io.ReadAll(w.Result().Body)
	return answer{w.Result(), string(b)}
}

func (s site) get(target string, headers ...string) answer {
	return s.ask("GET", target, "", headers...)
}

// page asks as a browser does.
func (s site) page(target string, headers ...string) answer {
	return s.get(target, append(headers, "Accept", "text/html,*/*")...)
}

// into reads a JSON answer.
func (a answer) into(t *testing.T, v any) {
	t.Helper()
	if a.StatusCode >= 300 || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/json") {
		t.Fatalf("status %d, %s: %s", a.StatusCode, a.Header.Get("Content-Type"), a.body)
	}
	check(t, json.Unmarshal([]byte(a.body), v))
}

// failure is the error that an answer tells, in the one shape all have.
func (a answer) failure(t *testing.T) (code, message string, line int) {
	t.Helper()
	var body map[string]map[string]any
	if err := json.Unmarshal([]byte(a.body), &body); err != nil || len(body) != 1 {
		t.Fatalf("%d is no error: %.300q", a.StatusCode, a.body)
	}
	e := body["error"]
	code, _ = e["code"].(string)
	message, _ = e["message"].(string)
	if n, ok := e["line"].(float64); ok {
		line = int(n)
	}
	if code == "" || message == "" {
		t.Errorf("an error that says nothing: %s", a.body)
	}
	return code, message, line
}

// state is what is stored: the rows of every table, and every file.
func (s site) state(t *testing.T) string {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(s.data, "hearsay.db"))
	check(t, err)
	defer db.Close()
	var out strings.Builder
	for _, table := range []string{"episode", "former_id", "transcript", "transcript_version", "line", "line_index", "file", "change"} {
		var n int
		check(t, db.QueryRow("SELECT count(*) FROM "+table).Scan(&n))
		out.WriteString(table + " " + time.Duration(n).String() + "\n")
	}
	check(t, filepath.WalkDir(filepath.Join(s.data, "uploads"), func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() != ".incoming" {
			out.WriteString(name + "\n")
		}
		return err
	}))
	return out.String()
}

// srt says English sentences.
func srt(lines ...string) string {
	out := ""
	for i, l := range lines {
		at := time.Duration(i) * 4 * time.Second
		clock := func(d time.Duration) string { return time.Time{}.Add(d).Format("15:04:05,000") }
		out += clock(at) + " --> " + clock(at+4*time.Second) + "\n" + l + "\n\n"
	}
	return out
}
