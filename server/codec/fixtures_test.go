package codec

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the fixtures must become")

// fixtureDirs are the formats that have their fixtures here, a folder each.
var fixtureDirs = []string{"vtt", "srt", "podcast-json", "json", "lines", "prose"}

// eachFixture calls f with every source in testdata/<dir>.
func eachFixture(t testing.TB, dir string, f func(path string, src []byte)) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, path := range paths {
		if strings.Contains(filepath.Base(path), ".want.") {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f(path, src)
		n++
	}
	if n == 0 {
		t.Fatalf("no fixtures in testdata/%s", dir)
	}
}

// compare compares with a file, or writes it with -update.
func compare(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", path, got, want)
	}
}

// TestFixtures decodes every fixture: bad-* must be refused with the sentence in
// its .want.err, any other must become its .want.json.
func TestFixtures(t *testing.T) {
	for _, dir := range fixtureDirs {
		eachFixture(t, dir, func(path string, src []byte) {
			hint := Hint{FileName: path}
			if dir == "lines" {
				hint.Format = dir
			}
			got, err := Decode(src, hint)
			want := strings.TrimSuffix(path, filepath.Ext(path)) + ".want"
			if strings.HasPrefix(filepath.Base(path), "bad-") {
				var refusal *Error
				if !errors.As(err, &refusal) {
					t.Fatalf("%s: error is %v, want an *Error", path, err)
				}
				compare(t, want+".err", []byte(refusal.Error()+"\n"))
				return
			}
			if err != nil {
				t.Errorf("%s: %v", path, err)
				return
			}
			if got.Format != dir && dir != "json" {
				t.Errorf("%s: read as %s", path, got.Format)
			}
			encoded, err := Encode(got, "json")
			if err != nil {
				t.Fatal(err)
			}
			compare(t, want+".json", encoded)
		})
	}
}
