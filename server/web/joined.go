package web

import (
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

var cssImport = regexp.MustCompile(`(?m)^@import url\("([^"]+)"\) layer\(([a-z]+)\);\n?`)

// joinCSS puts the content of imported sheets in place of the imports.
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
	return joined, failed
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
