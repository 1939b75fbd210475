package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"os"
	"strings"

	"github.com/labstack/echo/v4"

	"hearsay/server/transcript"
)

// pages are the templates and the words they are written with.
type pages struct {
	files  fs.FS
	reload bool
	set    *pageSet
}

type pageSet struct {
	templates *template.Template
	words     map[string]string
	json      template.JS // the words, for scripts
}

// interfaceLanguage is the only one so far. A second one is a second file.
const interfaceLanguage = "en"

func newPages(files fs.FS, reload bool) (*pages, error) {
	p := &pages{files: files, reload: reload}
	var err error
	p.set, err = p.load()
	return p, err
}

func (p *pages) load() (*pageSet, error) {
	b, err := fs.ReadFile(p.files, "words/"+interfaceLanguage+".json")
	if err != nil {
		return nil, err
	}
	set := &pageSet{words: make(map[string]string)}
	if err := json.Unmarshal(b, &set.words); err != nil {
		return nil, fmt.Errorf("words/%s.json: %w", interfaceLanguage, err)
	}
	small, err := json.Marshal(set.words)
	if err != nil {
		return nil, err
	}
	set.json = template.JS(small) //nolint:gosec // our own file, and json.Marshal escapes < and >
	set.templates, err = template.New("").Funcs(template.FuncMap{
		"t":     set.say,
		"clock": transcript.Ms.Timestamp,
	}).ParseFS(p.files, "*.html")
	return set, err
}

// current returns the templates, read anew where that is asked for.
func (p *pages) current() (*pageSet, error) {
	if p.reload {
		return p.load()
	}
	return p.set, nil
}

// say returns an interface word with {0}, {1} … filled in.
func (s *pageSet) say(key string, args ...any) string {
	text, ok := s.words[key]
	if !ok {
		return key
	}
	for i, a := range args {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i), fmt.Sprint(a))
	}
	return text
}

// page answers with a template.
func (s *Server) page(c echo.Context, status int, name string, data any) error {
	set, err := s.pages.current()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := set.templates.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return c.HTMLBlob(status, b.Bytes())
}

// frame is what every page has.
func (s *Server) frame(c echo.Context) frame {
	f := frame{static: s.Static, Base: s.base, Lang: interfaceLanguage, SignedIn: s.signedIn(c), Version: s.static.version}
	if set, err := s.pages.current(); err == nil {
		f.Words = set.json
	}
	if _, err := os.Stat(s.CustomCSS); err == nil {
		f.Custom = true
	}
	return f
}

// wantsPage reports whether a person's browser asks, rather than a program.
func wantsPage(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodPost) && !strings.HasPrefix(r.URL.Path, "/api/") &&
		strings.Contains(r.Header.Get("Accept"), "text/html")
}

// errorPage is error.html.
type errorPage struct {
	frame
	Title, Message string
}
