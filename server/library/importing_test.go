package library_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/server/library"
)

func TestTheSameContentMakesNoNewVersion(t *testing.T) {
	h := newHouse(t)
	item := library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.srt", srt("The tide is out.", "It comes back."))}}
	if out := h.put(item); !out.Changed || out.Lines != 2 {
		t.Fatalf("the first import: %+v", out)
	}
	h.unchanged(func() {
		if out := h.put(item); out.Changed || out.Lines != 0 || len(out.Episode.Transcripts) != 1 {
			t.Errorf("the second import: %+v", out)
		}
	})
}

func TestChangedTextMakesANewVersionAndKeepsIDs(t *testing.T) {
	h := newHouse(t)
	for _, lines := range [][]string{{"One herring.", "Two herrings."}, {"One herring.", "No cod.", "Two herrings."}} {
		h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.srt", srt(lines...))}})
	}
	if got := h.segments("talk", ""); !slices.Equal(got, []string{"One herring.", "No cod.", "Two herrings."}) || h.versions() != 2 {
		t.Errorf("%q in %d versions", got, h.versions())
	}
	hits, err := h.Search(ctx, library.Search{Text: "cod"})
	check(t, err)
	if len(hits) != 1 || hits[0].Line != 1 {
		t.Errorf("found %+v", hits)
	}
}

func TestLanguages(t *testing.T) {
	h := newHouse(t)
	en, fr := text("talk.en.srt", srt("The sea is grey.")), text("talk.fr.srt", srt("La mer est grise."))
	en.Language, fr.Language = "en", "fr"
	h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{en, fr}})
	if got := h.segments("talk", "fr"); got[0] != "La mer est grise." {
		t.Errorf("got %q", got)
	}
	fr.Language = "de" // talk.fr.srt was renamed to talk.de.srt
	out := h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{en, fr}})
	if got := out.Episode.Transcripts; len(got) != 2 || got[0].Language != "en" || got[1].Language != "de" || out.Episode.Language != "en" {
		t.Errorf("got %+v", out.Episode)
	}
	again := text("talk.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nAnother sea.\n")
	again.Language = "en"
	out = h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{en, again, fr}})
	if n := len(out.Episode.Problems); len(out.Episode.Transcripts) != 2 || n == 0 || !strings.Contains(out.Episode.Problems[n-1].Text, "talk.vtt") &&
		!strings.Contains(out.Episode.Problems[0].Text, "talk.vtt") {
		t.Errorf("got %+v", out.Episode)
	}
}

func TestABadTextDoesNotStopTheGoodOne(t *testing.T) {
	h := newHouse(t)
	good, bad := text("talk.srt", srt("All is well.")), text("talk.fr.pdf", "%PDF-1.7\n\x00\x01")
	bad.Language = "fr"
	out := h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{bad, good}})
	if len(out.Refusals) != 1 || library.CodeOf(out.Refusals[0]) != library.Invalid || len(out.Episode.Transcripts) != 1 {
		t.Fatalf("got %+v", out)
	}
	files, err := h.Store.FindFiles(ctx, library.ShelfRoot)
	check(t, err)
	if len(files) != 2 || files[0].Problem == "" || files[1].Problem != "" {
		t.Errorf("got %+v", files)
	}
}

func TestABrokenChangeLeavesWhatWasRead(t *testing.T) {
	h := newHouse(t)
	h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.srt", srt("All is well."))}})
	out := h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.srt", "%PDF-1.7\n\x00\x01")}})
	if len(out.Refusals) != 1 || len(out.Episode.Transcripts) != 1 {
		t.Errorf("got %+v", out)
	}
	if got := h.segments("talk", ""); !slices.Equal(got, []string{"All is well."}) {
		t.Errorf("got %q", got)
	}
}

func TestWhereNothingCanBeReadOnlyTheReasonIsKept(t *testing.T) {
	h := newHouse(t)
	before := h.rows()
	out := h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.txt", "Just a note to myself about bread.")}})
	before["file"]++
	if got := h.rows(); len(out.Refusals) != 1 || got["file"] != before["file"] || got["episode"] != 0 || got["line"] != 0 {
		t.Errorf("rows %v, outcome %+v", got, out)
	}
}

func TestWhatSaysSoBeatsWhatMightMeanIt(t *testing.T) {
	h := newHouse(t)
	about := func(yaml string) *library.Source { s := text("talk.yaml", yaml); return &s }
	name := filepath.Join(h.dir, "demo.mp3")
	sound, err := os.ReadFile("../../transcripts/demo/ateliers/la-note-absente.mp3")
	check(t, err)
	check(t, os.WriteFile(name, sound, 0o600))
	tags, err := h.Probe(name)
	check(t, err)
	tagged := &library.Source{File: library.File{Root: library.ShelfRoot, Path: "demo.mp3"}, DiskPath: name}
	prose := "---\ntitle: From the text\ndate: 2021-02-03\n---\n\nAnna: Good evening.\n\nBert: Good evening, Anna.\n\nAnna: Shall we?\n"
	for _, c := range []struct {
		name  string
		item  library.Item
		title string
	}{
		{"the file name", library.Item{ID: "a"}, "From the name"},
		{"tags", library.Item{ID: "b", Audio: tagged}, tags.Title},
		{"front matter", library.Item{ID: "c", Audio: tagged, Texts: []library.Source{text("talk.md", prose)}}, "From the text"},
		{"talk.yaml", library.Item{ID: "d", Audio: tagged, About: about("title: From beside\n"), Texts: []library.Source{text("talk.md", prose)}}, "From beside"},
	} {
		c.item.Title = "From the name"
		if c.item.Audio == nil {
			c.item.Texts = []library.Source{text("a.srt", srt("Hello."))}
		}
		if out := h.put(c.item); out.Episode.Title != c.title || c.title == "" {
			t.Errorf("%s: the title is %q, want %q", c.name, out.Episode.Title, c.title)
		}
	}
}

func TestAboutIsChecked(t *testing.T) {
	h := newHouse(t)
	yaml := text("talk.yaml", "language: english\nspoken: de-de\naudio: javascript:alert(1)\nsource: javascript:alert(2)\ncolour: blue\n")
	out := h.put(library.Item{ID: "talk", Title: "Talk", About: &yaml, Texts: []library.Source{text("talk.srt", srt("The boats are in."))}})
	if ep := out.Episode; ep.Audio != nil || ep.Source != "" || ep.Language == "english" || ep.Spoken != "de-DE" || len(ep.Problems) != 4 || len(out.Refusals) != 1 {
		t.Errorf("got %+v", ep)
	}
}

func TestSoundThatCannotBeReadIsListedWithTheReason(t *testing.T) {
	h := newHouse(t)
	name := filepath.Join(h.dir, "talk.mp3")
	check(t, os.WriteFile(name, []byte("this is no sound"), 0o600))
	out := h.put(library.Item{ID: "talk", Title: "Talk", Audio: &library.Source{
		File: library.File{Root: library.ShelfRoot, Path: "talk.mp3"}, DiskPath: name}})
	if out.Episode.Audio == nil || out.Episode.Audio.Problem == "" {
		t.Errorf("got %+v", out.Episode)
	}
}

func TestASecondSoundIsNotUsedAndSaysSo(t *testing.T) {
	h := newHouse(t)
	out := h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.srt", srt("Hello."))}, Spare: []library.Source{text("talk.ogg", "")}})
	if len(out.Episode.Problems) != 1 || h.rows()["file"] != 2 {
		t.Errorf("got %+v", out.Episode)
	}
}
