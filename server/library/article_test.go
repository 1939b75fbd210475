package library_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/server/codec"
	"hearsay/server/library"
	"hearsay/server/transcript"
)

const article = `<!doctype html><html lang="fr"><head><link rel="canonical" href="https://example.org/sel"></head><body>
<figure><iframe data-src="//w.soundcloud.com/player/?url=https%3A//soundcloud.com/ann/talk&amp;color=f"></iframe></figure>
<iframe src="https://ads.example/"></iframe>
<p><b>Ann :</b> Bonjour.</p><p><b>Bob :</b> Bonsoir.</p></body></html>`

func TestASavedPageNamesASoundToBeConfirmed(t *testing.T) {
	h := newHouse(t)
	name := filepath.Join(h.dir, "d.wav")
	check(t, os.WriteFile(name, []byte(wav()), 0o600))
	found := []library.Audio{{Kind: "soundcloud", URL: "https://soundcloud.com/ann/talk"}}
	yaml := func(src string) *library.Source { s := text("talk.yaml", src); return &s }
	for _, c := range []struct {
		name  string
		item  library.Item
		kind  string // of the sound that the episode has
		found []library.Audio
	}{
		{"nothing else is known", library.Item{ID: "a"}, "", found},
		{"a sound is given", library.Item{ID: "b", About: yaml("audio: https://soundcloud.com/ann/talk\n")}, "soundcloud", nil},
		{"what is given is none", library.Item{ID: "c", About: yaml("audio: javascript:alert(1)\n")}, "", found},
		{"a file lies beside it", library.Item{ID: "d", Audio: &library.Source{File: library.File{Root: library.ShelfRoot, Path: "d.wav"}, DiskPath: name}}, "file", nil},
	} {
		c.item.Title, c.item.Texts = "Le sel", []library.Source{text(c.item.ID+".html", article)}
		ep := h.put(c.item).Episode
		kind := ""
		if ep.Audio != nil {
			kind = ep.Audio.Kind
		}
		if kind != c.kind || !slices.Equal(ep.Found, c.found) {
			t.Errorf("%s: has %+v, found %+v", c.name, ep.Audio, ep.Found)
		}
	}
}

func TestTheVoiceHasALanguageOfItsOwn(t *testing.T) {
	h := newHouse(t)
	const vtt = "WEBVTT\n\nNOTE written by Hearsay\n\nNOTE language fr\n\nNOTE spoken en-gb\n\n00:01.000 --> 00:02.000\nBonjour.\n"
	yaml := text("b.yaml", "spoken: de\n")
	for want, item := range map[string]library.Item{
		"en-GB": {ID: "a", Texts: []library.Source{text("a.vtt", vtt)}},
		"de":    {ID: "b", Texts: []library.Source{text("b.vtt", vtt)}, About: &yaml},
		"":      {ID: "c", Texts: []library.Source{text("c.srt", srt("Bonjour."))}},
	} {
		ep := h.put(item).Episode
		if ep.Spoken != want {
			t.Errorf("%s: the voice speaks %q, want %q", item.ID, ep.Spoken, want)
		}
		for _, format := range []string{"vtt", "podcast-json", "json"} {
			out, _, err := h.Export(ctx, ep, "", format)
			check(t, err)
			got, err := codec.Decode(out, codec.Hint{})
			check(t, err)
			if got.Spoken != want {
				t.Errorf("%s as %s: the voice speaks %q, want %q", item.ID, format, got.Spoken, want)
			}
		}
	}
}

// TestAGuessedLanguageIsCalledAGuess: what the page states, or a person, is none.
func TestAGuessedLanguageIsCalledAGuess(t *testing.T) {
	h := newHouse(t)
	lines := srt("Nous sommes allés à la mer et elle est froide.", "Mais c'est bon pour vous et pas pour les chats.")
	yaml := text("b.yaml", "language: fr\n")
	for want, items := range map[bool][]library.Item{
		true:  {{ID: "a", Texts: []library.Source{text("a.srt", lines)}}},
		false: {{ID: "b", Texts: []library.Source{text("b.srt", lines)}, About: &yaml}, {ID: "c", Texts: []library.Source{text("c.html", article)}}},
	} {
		for _, item := range items {
			if got := h.put(item).Episode.Transcripts; len(got) != 1 || got[0].Language != "fr" || got[0].Guessed != want {
				t.Errorf("%s: got %+v", item.ID, got)
			}
		}
	}
}

// TestAnExportReadAgainIsTheSame takes a talk in which some starts are known
// through every format: times that are facts stay facts, and guesses guesses.
func TestAnExportReadAgainIsTheSame(t *testing.T) {
	h := newHouse(t)
	const source = `{"version": 1, "format": "prose", "language": "en", "speakers": [{"id": "s1", "name": "Ann"}, {"id": "s2", "name": "Bob"}], "segments": [
 {"id": "h1", "startMs": null, "endMs": null, "text": "Part One", "timing": "none", "unspoken": true},
 {"id": "x1", "startMs": 1000, "endMs": null, "speaker": "s1", "text": "A tapped line.", "timing": "exact"},
 {"id": "x2", "startMs": null, "endMs": null, "speaker": "s1", "text": "Between two taps, and rather longer.", "timing": "none"},
 {"id": "x3", "startMs": null, "endMs": null, "speaker": "s2", "text": "Between them too.", "timing": "none"},
 {"id": "x4", "startMs": 9000, "endMs": 12000, "speaker": "s2", "text": "A known end, then music.", "timing": "exact"},
 {"id": "x5", "startMs": 30000, "endMs": 34000, "speaker": "s1", "text": "The last.", "timing": "exact"}]}`
	read := func(id, content string) (transcript.Transcript, library.Episode) {
		ep := h.put(library.Item{ID: id, Texts: []library.Source{text(id+".txt", content)}}).Episode
		got, err := h.Read(ctx, ep, "")
		check(t, err)
		return got.Text, ep
	}
	was, ep := read("talk", source)
	timings := ""
	for _, s := range was.Segments {
		timings += string(s.Timing) + " "
	}
	if timings != "none exact estimated estimated exact exact " || was.Segments[2].PlusMinusMs == 0 || !was.Segments[0].Unspoken {
		t.Fatalf("the talk is %s%+v", timings, was.Segments)
	}
	for _, format := range []string{"vtt", "srt", "podcast-json", "json"} {
		out, _, err := h.Export(ctx, ep, "", format)
		check(t, err)
		is, _ := read("again-"+format, string(out))
		if len(is.Segments) != len(was.Segments) {
			t.Errorf("%s: %d lines of %d", format, len(is.Segments), len(was.Segments))
			continue
		}
		for i, a := range was.Segments {
			b := is.Segments[i]
			if format != "json" {
				a.ID, b.ID = "", ""
			}
			if a.ID != b.ID || a.StartMs != b.StartMs || a.EndMs != b.EndMs || a.Timing != b.Timing || a.PlusMinusMs != b.PlusMinusMs ||
				a.Unspoken != b.Unspoken || a.Text != b.Text || was.SpeakerName(a.Speaker) != is.SpeakerName(b.Speaker) {
				t.Errorf("%s: line %d was\n%+v, is\n%+v\n%s", format, i, a, b, strings.TrimSpace(string(out)))
			}
		}
	}
}
