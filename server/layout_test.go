package server_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed is the layout of the house: what each room may import of the others.
// Arrows run down only. It is a statement of policy; change it on purpose.
var allowed = map[string][]string{
	"transcript":  {},
	"codec":       {"transcript"},
	"timing":      {"transcript"},
	"quote":       {"transcript"},
	"library":     {"codec", "timing", "quote", "transcript"},
	"web":         {"library", "transcript"},
	"sqlite":      {"library", "quote", "transcript"},
	"shelf":       {"library", "codec", "transcript"},
	"audio":       {"library", "transcript"},
	"storetest":   {"library", "codec", "transcript"},
	"cmd/hearsay": {"audio", "codec", "library", "shelf", "sqlite", "timing", "transcript", "web", "/static", "/transcripts"},
}

// standardOnly are the rooms that import nothing but the standard library.
var standardOnly = []string{"transcript"}

// processes may start only here.
const processes = "audio"

func TestLayout(t *testing.T) {
	files := 0
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		files++
		room := filepath.ToSlash(filepath.Dir(name))
		may, ok := allowed[room]
		if !ok {
			t.Errorf("%s is in a room that the layout does not know", name)
			return nil
		}
		for _, imported := range imports(t, name) {
			check(t, name, room, imported, may)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 {
		t.Fatalf("only %d files were looked at", files)
	}
}

func check(t *testing.T, name, room, imported string, may []string) {
	t.Helper()
	if own, ok := strings.CutPrefix(imported, "hearsay/"); ok {
		target, isServer := strings.CutPrefix(own, "server/")
		if !isServer {
			target = "/" + own
		}
		if !slices.Contains(may, target) {
			t.Errorf("%s: %s must not import %s", name, room, imported)
		}
		return
	}
	if strings.Contains(strings.Split(imported, "/")[0], ".") && slices.Contains(standardOnly, room) {
		t.Errorf("%s: %s imports the standard library only, not %s", name, room, imported)
	}
	if imported == "os/exec" && room != processes {
		t.Errorf("%s: only %s starts processes", name, processes)
	}
	if path.Base(imported) == "echo" && room != "web" {
		t.Errorf("%s: only web knows echo", name)
	}
}

func imports(t *testing.T, name string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range file.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return paths
}
