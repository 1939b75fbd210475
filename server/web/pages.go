package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"hearsay/server/transcript"
)

// pages are the templates and the words they are written with, in each language
// of the interface.
type pages struct {
	files  fs.FS
	reload bool
	sets   []*pageSet // as interfaceLanguages
}

// pageSet is what pages are made from in one language.
type pageSet struct {
	language  language.Tag
	names     display.Namer // of languages
	templates *template.Template
	words     map[string]string
	refusals  map[string]string // refusals of the library, by their English format
	scripts   *sync.Map         // words as JSON, by the scripts that say them
	err       error             // why there are no templates
}

// interfaceLanguages each have a file in static/words; the first is for whoever
// asks for none of them.
var interfaceLanguages = []language.Tag{language.English, language.French}

var languageNames = []display.Namer{display.English.Languages(), display.French.Languages()}

var matcher = language.NewMatcher(interfaceLanguages)

func newPages(files fs.FS, reload bool) (*pages, error) {
	p := &pages{files: files, reload: reload}
	for i := range interfaceLanguages {
		set, err := p.load(i)
		if err != nil {
			return nil, err
		}
		p.sets = append(p.sets, set)
	}
	return p, nil
}

func (p *pages) load(i int) (*pageSet, error) {
	set := &pageSet{language: interfaceLanguages[i], names: languageNames[i], scripts: new(sync.Map)}
	if err := p.read(set.language.String(), &set.words); err != nil {
		return nil, err
	}
	if i > 0 {
		if err := p.read("refusals."+set.language.String(), &set.refusals); err != nil {
			return nil, err
		}
	}
	var err error
	set.templates, err = template.New("").Funcs(template.FuncMap{
		"t":     set.say,
		"clock": transcript.Ms.Timestamp,
	}).ParseFS(p.files, "*.html")
	return set, err
}

func (p *pages) read(name string, into *map[string]string) error {
	b, err := fs.ReadFile(p.files, "words/"+name+".json")
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("words/%s.json: %w", name, err)
	}
	return nil
}

// in returns the templates for whoever accepts certain languages (the header
// Accept-Language), read anew where that is asked for. What is wrong with them
// is told by the page that needs them.
func (p *pages) in(accepted string) *pageSet {
	wanted, _, _ := language.ParseAcceptLanguage(accepted)
	_, i, _ := matcher.Match(wanted...)
	if !p.reload {
		return p.sets[i]
	}
	set, err := p.load(i)
	if err != nil {
		broken := *p.sets[i]
		broken.err = err
		return &broken
	}
	return set
}

// say returns what an answer is written with, and notes that another reader may
// get another.
func (s *Server) say(c echo.Context) *pageSet {
	h := c.Response().Header()
	if !slices.Contains(h.Values("Vary"), "Accept-Language") {
		h.Add("Vary", "Accept-Language")
	}
	return s.pages.in(c.Request().Header.Get("Accept-Language"))
}

// document is what a template is given: every page has a frame.
type document interface {
	policy(common string) (string, error)
}

// page answers with a template.
func (s *Server) page(c echo.Context, status int, name string, data document) error {
	set := s.say(c)
	if set.err != nil {
		return set.err
	}
	var b bytes.Buffer
	if err := set.templates.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	h := c.Response().Header()
	own, err := data.policy(h.Get(echo.HeaderContentSecurityPolicy))
	if err != nil {
		return err
	}
	h.Set(echo.HeaderContentSecurityPolicy, own)
	if status != http.StatusOK {
		c.Response().Header().Set("Cache-Control", "no-cache")
		return c.HTMLBlob(status, b.Bytes())
	}
	return s.packs.of(b.Bytes()).send(c, echo.MIMETextHTMLCharsetUTF8, "no-cache")
}

// frame is what every page has.
func (s *Server) frame(c echo.Context) frame {
	set := s.say(c)
	f := frame{static: s.static, set: set, Base: s.base, Lang: set.language.String(), SignedIn: s.signedIn(c), Version: s.static.version, Sheets: []string{"shelf"}}
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
