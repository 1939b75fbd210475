package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/server/codec"
)

const (
	goodSRT = "1\n00:00:00,000 --> 00:00:04,000\nThe tide is out this morning.\n\n2\n00:00:04,000 --> 00:00:08,000\nIt comes back at noon.\n\n"
	badText = "Milk, bread and eggs."
)

// did is what a command did.
type did struct {
	out, err string
	failed   error
}

// call runs a command as main does.
func call(stdin string, args ...string) did {
	var out, errs bytes.Buffer
	err := run(context.Background(), streams{strings.NewReader(stdin), &out, &errs}, args)
	return did{out.String(), errs.String(), err}
}

// desk is a folder with files, and a data folder of its own.
func desk(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	t.Setenv("HEARSAY_DATA", filepath.Join(dir, "data"))
	t.Setenv("HEARSAY_TRANSCRIPTS", filepath.Join(dir, "shelf"))
	t.Setenv("TMPDIR", dir) // and what it was comes back
	for name, content := range files {
		name = filepath.Join(dir, name)
		check(t, os.MkdirAll(filepath.Dir(name), 0o700))
		check(t, os.WriteFile(name, []byte(content), 0o600))
	}
	return dir
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{nil, {"help"}, {"--help"}, {"-h"}} {
		if d := call("", args...); d.failed != nil || !strings.Contains(d.out, "hearsay convert") {
			t.Errorf("%q: %+v", args, d)
		}
	}
	for _, c := range commands {
		if d := call("", c.name, "--help"); d.failed != nil || !strings.Contains(d.err, "Usage") {
			t.Errorf("%s --help: %+v", c.name, d)
		}
	}
}

func TestWrongCommandLines(t *testing.T) {
	dir := desk(t, nil)
	for _, args := range [][]string{
		{"dance"}, {"serve", "now"}, {"import"}, {"convert"}, {"convert", "a", "b"}, {"convert", "--colour", "a"}, {"remove"}, {"remove", "nobody"},
		{"search", "nothing"}, {"serve", "--addr", "nowhere:nothing"}, {"serve", "--addr", "127.0.0.1:0", "--url", "no-url"}, {"import", filepath.Join(dir, "gone")},
	} {
		if d := call("", args...); d.failed == nil || errors.Is(d.failed, errShown) {
			t.Errorf("%q: %+v", args, d)
		}
	}
}

func TestConvert(t *testing.T) {
	dir := desk(t, map[string]string{"talk.srt": goodSRT, "slip.srt": strings.Replace(goodSRT, "00:00:04,000\nThe", "00:00:0\nThe", 1)})
	name := filepath.Join(dir, "talk.srt")
	for _, f := range codec.Formats {
		if f.Encode == nil {
			continue
		}
		d := call("", "convert", "--to", f.Name, name)
		read, err := codec.Decode([]byte(d.out), codec.Hint{Format: f.Name})
		if d.failed != nil || err != nil || len(read.Segments) != 2 || read.Segments[1].StartMs != 4000 {
			t.Errorf("to %s: %+v, read again: %v", f.Name, d, err)
		}
		if again := call(d.out, "convert", "--from", f.Name, "-"); again.failed != nil || !strings.Contains(again.out, `"startMs": 4000`) && !strings.Contains(again.out, `"startMs":4000`) {
			t.Errorf("from %s: %+v", f.Name, again)
		}
	}
	out := filepath.Join(dir, "talk.vtt")
	if d := call("", "convert", "--to", "vtt", "--out", out, name); d.failed != nil || d.out != "" {
		t.Errorf("to a file: %+v", d)
	}
	if b, err := os.ReadFile(out); err != nil || !strings.HasPrefix(string(b), "WEBVTT") {
		t.Errorf("the file: %.40q, %v", b, err)
	}
	slip := filepath.Join(dir, "slip.srt")
	if d := call("", "convert", slip); d.failed != nil || !strings.HasPrefix(d.err, slip+":") || !json.Valid([]byte(d.out)) {
		t.Errorf("problems belong on standard error: %+v", d)
	}
}

func TestConvertRefuses(t *testing.T) {
	dir := desk(t, map[string]string{"list.txt": badText, "empty.srt": "", "talk.srt": goodSRT})
	for _, args := range [][]string{
		{"list.txt"}, {"empty.srt"}, {"gone.srt"}, {"--to", "pdf", "talk.srt"}, {"--from", "pdf", "talk.srt"}, {"--to", "prose", "talk.srt"}, {"."},
	} {
		args[len(args)-1] = filepath.Join(dir, args[len(args)-1])
		d := call("", append([]string{"convert"}, args...)...)
		var refusal map[string]string
		if err := json.Unmarshal([]byte(d.out), &refusal); err != nil || d.failed == nil || len(refusal) != 1 || refusal["error"] != d.failed.Error() {
			t.Errorf("%q: %+v", args, d)
		}
	}
}

func TestImportSearchRemove(t *testing.T) {
	dir := desk(t, map[string]string{
		"in/talk.srt": goodSRT, "in/talk.yaml": "title: x\n", "in/cover.jpg": "x", "in/README.md": "Read: me.\n", "in/.hidden.srt": goodSRT,
		"in/My Show/other.srt": strings.ReplaceAll(goodSRT, "tide", "moon"), "in/list.txt": badText,
	})
	in := filepath.Join(dir, "in")
	d := call("", "import", in)
	if !errors.Is(d.failed, errShown) || !strings.Contains(d.out, "talk: 2 lines") || !strings.Contains(d.out, "my-show--other: 2 lines") ||
		strings.Count(d.err, "\n") != 1 || !strings.Contains(d.err, "list") {
		t.Errorf("import: %+v", d)
	}
	if d := call("", "import", filepath.Join(in, "talk.srt")); d.failed != nil || !strings.HasPrefix(d.out, "talk: ") {
		t.Errorf("import again: %+v", d)
	}
	if d := call("", "search", "the", "moon", "is"); d.failed != nil || !strings.HasPrefix(d.out, "my-show--other 00:00:00  The moon is out this morning.\n") {
		t.Errorf("search: %+v", d)
	}
	if d := call("", "remove", "my-show--other"); d.failed != nil {
		t.Errorf("remove: %+v", d)
	}
	if d := call("", "search", "moon"); d.failed == nil || d.out != "" {
		t.Errorf("search for what was removed: %+v", d)
	}
	left, err := filepath.Glob(filepath.Join(dir, "data", "uploads", "[^.]*"))
	if check(t, err); len(left) != 1 || filepath.Base(left[0]) != "talk.srt" {
		t.Errorf("uploads: %q", left)
	}
}

func TestImportTakesAFileThatIsNamed(t *testing.T) {
	dir := desk(t, map[string]string{"talk.transcript": goodSRT, "talk.srt": goodSRT})
	d := call("", "import", filepath.Join(dir, "talk.transcript"))
	if d.failed != nil || !strings.HasPrefix(d.out, "talk: 2 lines") {
		t.Errorf("got %+v", d)
	}
}
