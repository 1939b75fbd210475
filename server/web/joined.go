package web

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
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
