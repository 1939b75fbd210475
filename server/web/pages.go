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
	err       error       // why there are no templates
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

// current returns the templates, read anew where that is asked for. What is
// wrong with them is told by the page that needs them.
func (p *pages) current() *pageSet {
	if !p.reload {
		return p.set
	}
	set, err := p.load()
	if err != nil {
		return &pageSet{words: p.set.words, json: p.set.json, err: err}
	}
	return set
}

// page answers with a template.
func (s *Server) page(c echo.Context, status int, name string, data any) error {
	set := s.pages.current()
	if set.err != nil {
		return set.err
	}
	var b bytes.Buffer
	if err := set.templates.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	if status != http.StatusOK {
		c.Response().Header().Set("Cache-Control", "no-cache")
		return c.HTMLBlob(status, b.Bytes())
	}
	if b.Len() < worthKeeping {
		return pack(b.Bytes(), brotliQuick).send(c, echo.MIMETextHTMLCharsetUTF8, "no-cache")
	}
	return s.packs.of(b.Bytes()).send(c, echo.MIMETextHTMLCharsetUTF8, "no-cache")
}

// frame is what every page has.
func (s *Server) frame(c echo.Context) frame {
	f := frame{static: s.static, Base: s.base, Lang: interfaceLanguage, SignedIn: s.signedIn(c), Version: s.static.version, Words: s.pages.current().json, Sheets: []string{"shelf"}}
	if _, err := os.Stat(s.CustomCSS); err == nil {
		f.Custom = true
	}
	return f
}

// wantsPage reports whether a person's browser asks for a page or sends a form,
// rather than a program. Whoever opens the API in a browser wants to see it.
func wantsPage(r *http.Request) bool {
	if !strings.Contains(r.Header.Get("Accept"), "text/html") {
		return false
	}
	return r.Method == http.MethodPost || r.Method == http.MethodGet && !strings.HasPrefix(r.URL.Path, "/api/")
}

// errorPage is error.html.
type errorPage struct {
	frame
	Title, Message string
}
