package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Styles and scripts are written in small files. A style sheet that a page
// waits for would cost a round trip for each of its imports, so those are put in
// its place once, at the start; scripts go out as they lie, and the page names
// all it will need at once.

var cssComment = regexp.MustCompile(`(?s)/\*.*?\*/\s*`)

var cssSpace = regexp.MustCompile(`\s+`)

// cssMark is what needs no room on either side.
var cssMark = regexp.MustCompile(` ?([{};,]) ?`)

var cssImport = regexp.MustCompile(`(?m)^@import url\("([^"]+)"\) layer\(([a-z]+)\);\n?`)

// joinCSS puts the content of imported sheets in place of the imports, and
// leaves off what is there for people: comments, and room between the rules.
func joinCSS(files fs.FS, name string, sheet []byte) ([]byte, error) {
	if path.Ext(name) != ".css" {
		return sheet, nil
	}
	var failed error
	joined := cssImport.ReplaceAllFunc(sheet, func(line []byte) []byte {
		m := cssImport.FindSubmatch(line)
		part, err := fs.ReadFile(files, path.Join(path.Dir(name), string(m[1])))
		if err != nil {
			failed = err
		}
		return fmt.Appendf(nil, "@layer %s {\n%s}\n", m[2], part)
	})
	bare := cssSpace.ReplaceAll(cssComment.ReplaceAll(joined, nil), []byte(" "))
	return cssMark.ReplaceAll(bare, []byte("$1")), failed
}

// Style is the style sheets of a page, which stand in the page itself: it can be
// painted as soon as its first lines have come. A sheet that it has to wait for
// costs another round trip, and where the whole text comes meanwhile, all of it
// is laid out before anything is seen.
func (f frame) Style() (template.CSS, error) {
	style, err := f.static.style(f.Sheets)
	return style.css, err
}

// policy is the page's: it lets its own styles be, and no others that stand in
// it.
func (f frame) policy(policy string) (string, error) {
	style, err := f.static.style(f.Sheets)
	return strings.Replace(policy, "style-src 'self'", "style-src 'self' 'sha256-"+style.hash+"'", 1), err
}

// inlined is the style of a page, and how its policy names it.
type inlined struct {
	css  template.CSS
	hash string
}

// style joins sheets, the same ones only once.
func (s *staticFiles) style(sheets []string) (inlined, error) {
	key := strings.Join(sheets, " ")
	if known, ok := s.styles.Load(key); ok && !s.reload {
		return known.(inlined), nil
	}
	var b strings.Builder
	for _, name := range sheets {
		sheet, err := s.sheet("css/" + name + ".css")
		if err != nil {
			return inlined{}, err
		}
		b.Write(sheet)
	}
	sum := sha256.Sum256([]byte(b.String()))
	made := inlined{template.CSS(b.String()), base64.StdEncoding.EncodeToString(sum[:])} //nolint:gosec // our own files
	s.styles.Store(key, made)
	return made, nil
}

// sheet reads a style sheet, with those that it imports.
func (s *staticFiles) sheet(name string) ([]byte, error) {
	if p, ok := s.packed[name]; ok {
		return p.plain, nil
	}
	b, err := fs.ReadFile(s.files, name)
	if err != nil {
		return nil, err
	}
	return joinCSS(s.files, name, b)
}

var jsImport = regexp.MustCompile(`(?m)^(?:import|export|\}) .*from '(\.[^']+)';$`)

// modules lists the scripts that a script imports, each once, those imported
// by imports too.
func modules(files fs.FS, name string) ([]string, error) {
	var found []string
	var visit func(string) error
	visit = func(name string) error {
		source, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		for _, m := range jsImport.FindAllSubmatch(source, -1) {
			target := path.Join(path.Dir(name), string(m[1]))
			if slices.Contains(found, target) {
				continue
			}
			found = append(found, target)
			if err := visit(target); err != nil {
				return err
			}
		}
		return nil
	}
	return found, visit(name)
}

// Modules lists the scripts that a page's script imports, so that the page can
// ask for all of them at once.
func (f frame) Modules(script string) ([]string, error) {
	if known, ok := f.static.modules[script]; ok {
		return known, nil
	}
	return modules(f.static.files, script)
}

// sayings find the interface words in a script: 'find.lines', or the beginning of
// those that it puts together, `voice.${way}`.
var sayings = regexp.MustCompile("['\"]([a-z][a-z0-9.]*)['\"]|`([a-z][a-z.]*\\.)\\$\\{")

// WordsOf gives the words that these scripts of a page can say, and what they
// import: the others would only be carried about. A script that is loaded later
// brings its own, see static/js/pages/episode.js.
func (f frame) WordsOf(scripts ...string) (template.JS, error) {
	key := strings.Join(scripts, "\n")
	if known, ok := f.set.scripts.Load(key); ok {
		return known.(template.JS), nil
	}
	words := make(map[string]string)
	for _, script := range scripts {
		imported, err := f.Modules(script)
		if err != nil {
			return "", err
		}
		for _, name := range append([]string{script}, imported...) {
			source, err := fs.ReadFile(f.static.files, name)
			if err != nil {
				return "", err
			}
			f.set.pick(words, source)
		}
	}
	small, err := json.Marshal(words)
	made := template.JS(small) //nolint:gosec // our own files, and json.Marshal escapes < and >
	f.set.scripts.Store(key, made)
	return made, err
}

// pick adds the words that a script says.
func (s *pageSet) pick(words map[string]string, script []byte) {
	for _, m := range sayings.FindAllSubmatch(script, -1) {
		if text, ok := s.words[string(m[1])]; ok {
			words[string(m[1])] = text
		}
		for key, text := range s.words {
			if len(m[2]) > 0 && strings.HasPrefix(key, string(m[2])) {
				words[key] = text
			}
		}
	}
}
