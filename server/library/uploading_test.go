package library_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"hearsay/server/library"
)

func upload(title, name, content string) library.Upload {
	return library.Upload{Title: title, TextName: name, Text: strings.NewReader(content)}
}

func TestUploadStoresFilesAndEpisode(t *testing.T) {
	h := newHouse(t)
	out, err := h.Upload(ctx, library.Upload{
		Audio: strings.NewReader(wav()), AudioName: "Memo 1.WAV", Text: strings.NewReader(srt("Hello.")), TextName: "memo.srt",
		Title: "The <b>Tide</b>", Show: "Sea & Shore", Language: "EN-gb",
	})
	check(t, err)
	ep := out.Episode
	if ep.ID != "sea-shore--the-b-tide-b" || ep.Title != "The <b>Tide</b>" || ep.Show != "Sea & Shore" || ep.Language != "en-GB" ||
		ep.DurationMs != 1000 || ep.Origin != library.FromUpload || len(ep.Transcripts) != 1 {
		t.Errorf("got %+v", ep)
	}
	base := "uploads/sea-shore/the-b-tide-b"
	if got := h.uploaded(); !slices.Equal(got, []string{"uploads/sea-shore", base + ".srt", base + ".wav", base + ".yaml"}) {
		t.Errorf("got %q", got)
	}
}

func TestUploadOfAnAddress(t *testing.T) {
	h := newHouse(t)
	out, err := h.Upload(ctx, library.Upload{AudioURL: "https://example.org/talk.mp3?x=1"})
	check(t, err)
	if a := out.Episode.Audio; out.Episode.ID != "talk" || a == nil || a.Kind != "url" || a.URL != "https://example.org/talk.mp3?x=1" {
		t.Errorf("got %+v, audio %+v", out.Episode, a)
	}
}

func TestARefusedUploadLeavesNothing(t *testing.T) {
	h := newHouse(t)
	_, err := h.Upload(ctx, upload("Taken", "a.srt", srt("I was here first.")))
	check(t, err)
	sound := func(u library.Upload) library.Upload {
		u.Audio, u.AudioName = strings.NewReader(wav()), "talk.wav"
		return u
	}
	for _, c := range []struct {
		name string
		send library.Upload
		code library.Code
	}{
		{"nothing", library.Upload{Title: "Empty"}, library.Invalid},
		{"a text that is none, beside good sound", sound(upload("A", "a.txt", "Milk, bread and eggs.")), library.Invalid},
		{"an empty text", sound(upload("A", "a.srt", " \n\n")), library.Invalid},
		{"a PDF", upload("A", "a.pdf", "%PDF-1.7\n\x00\x01\x02"), library.Invalid},
		{"sound that is none", library.Upload{Audio: strings.NewReader("no sound"), AudioName: "a.mp3"}, library.Invalid},
		{"sound of no known name", library.Upload{Audio: strings.NewReader(wav()), AudioName: "a.exe"}, library.Invalid},
		{"an address that is none", library.Upload{AudioURL: "javascript:alert(1)"}, library.Invalid},
		{"a language that is none", library.Upload{Text: strings.NewReader(srt("Hi.")), Language: "klingonese!"}, library.Invalid},
		{"a name that is taken", sound(upload("Taken", "a.srt", srt("Me too."))), library.Conflict},
		{"a title that is a book", upload(strings.Repeat("Call me. ", 10_000), "a.srt", srt("Hi.")), library.Invalid},
		{"a new show, refused", library.Upload{Show: "New", AudioName: "a.mp3", Audio: strings.NewReader("no sound")}, library.Invalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			h.t = t
			h.unchanged(func() {
				if _, err := h.Upload(ctx, c.send); library.CodeOf(err) != c.code {
					t.Errorf("got %v, of code %q, want %q", err, library.CodeOf(err), c.code)
				}
			})
		})
	}
}

func TestAnUploadThatBreaksOffLeavesNothing(t *testing.T) {
	h := newHouse(t)
	h.unchanged(func() {
		if _, err := h.Upload(ctx, library.Upload{AudioName: "a.wav", Audio: broken{}}); !errors.Is(err, errBroken) {
			t.Errorf("got %v", err)
		}
	})
}

var errBroken = errors.New("the line went dead")

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errBroken }

func TestTheSameUploadTwiceIsOneEpisode(t *testing.T) {
	h := newHouse(t)
	first, err := h.Upload(ctx, upload("Twice", "a.srt", srt("Once.")))
	check(t, err)
	h.unchanged(func() {
		again, err := h.Upload(ctx, upload("Twice", "a.srt", srt("Once.")))
		if err != nil || again.Changed || again.Episode.ID != first.Episode.ID {
			t.Errorf("got %+v, %v", again, err)
		}
	})
}

func TestUploadsOfOneNameAtOnceAreOneEpisode(t *testing.T) {
	h := newHouse(t)
	texts := []string{srt("First."), "WEBVTT\n\n00:00.000 --> 00:01.000\nSecond.\n", "Ann: Third.\n\nBob: Yes.\n\nAnn: Third.\n"}
	errs := make([]error, len(texts))
	var all sync.WaitGroup
	for i, text := range texts {
		all.Go(func() { _, errs[i] = h.Upload(ctx, upload("Same", "", text)) })
	}
	all.Wait()
	refused := slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	if len(refused) != 2 || library.CodeOf(refused[0]) != library.Conflict || h.rows()["episode"] != 1 || h.versions() != 1 {
		t.Errorf("refused %v, rows %v, files %q", refused, h.rows(), h.uploaded())
	}
}

func TestTitlesOfAllKindsComeBackAsTheyWere(t *testing.T) {
	h := newHouse(t)
	for _, title := range []string{
		`"quoted" \ back`, "a: b # c", "{x}", "[[deep", "été 🎙 \u2028 end", "- dash", "null", "2020-01-01", "it's 100 % <script>", "tab\there",
	} {
		out, err := h.Upload(ctx, upload(title, "a.srt", srt("Hi.")))
		if err != nil || out.Episode.Title != title {
			t.Errorf("%q became %q, %v", title, out.Episode.Title, err)
		}
	}
}

func TestRemove(t *testing.T) {
	h := newHouse(t)
	out, err := h.Upload(ctx, library.Upload{Show: "Gone", Title: "Soon", Text: strings.NewReader(srt("Bye."))})
	check(t, err)
	h.put(library.Item{ID: "kept", Title: "Kept", Texts: []library.Source{text("kept.srt", srt("Stay."))}})
	check(t, os.WriteFile(filepath.Join(h.dir, "kept.srt"), nil, 0o600))
	h.put(library.Item{ID: "demo", Title: "Demo", Origin: library.FromDemo, Texts: []library.Source{text("demo.srt", srt("Hi."))}})

	check(t, h.Remove(ctx, out.Episode.ID))
	if got := h.uploaded(); len(got) != 0 {
		t.Errorf("files are left: %q", got)
	}
	for _, id := range []string{"kept", "demo"} {
		if err := h.Remove(ctx, id); library.CodeOf(err) != library.Conflict {
			t.Errorf("%s: %v", id, err)
		}
	}
	if err := h.Remove(ctx, "nobody"); library.CodeOf(err) != library.NotFound {
		t.Errorf("got %v", err)
	}
	check(t, os.Remove(filepath.Join(h.dir, "kept.srt"))) // the shelf has not looked yet
	check(t, h.Remove(ctx, "kept"))
	if rows := h.rows(); rows["episode"] != 1 || rows["file"] != 1 || rows["line"] != 1 || rows["line_index"] != 1 {
		t.Errorf("more is left than the demo: %v", rows)
	}
}
