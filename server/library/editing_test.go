package library_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/server/codec"
	"hearsay/server/library"
	"hearsay/server/transcript"
)

// talk imports a text of turns without times, or whatever else has them.
func (h house) talk(path string, lines ...string) library.Outcome {
	h.t.Helper()
	var b strings.Builder
	for i, l := range lines {
		fmt.Fprintf(&b, "%s: %s\n\n", []string{"Ann", "Ben"}[i%2], l)
	}
	return h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text(path, b.String())}})
}

var sea = []string{
	"The tide is out this morning and the boats lie on the sand.", "Who told you that it comes back at noon?",
	"My father kept the light for thirty years.", "And nobody ever asked him about the storm.",
	"He wrote it down in a book that we still have.", "Then let us read from it.",
}

func (h house) read() library.Reading {
	h.t.Helper()
	ep, err := h.Store.FindEpisode(ctx, "talk")
	check(h.t, err)
	r, err := h.Read(ctx, ep, "")
	check(h.t, err)
	return r
}

// set sets the start of a line by its place.
func (h house) set(line int, ms transcript.Ms) library.Reading {
	h.t.Helper()
	r, err := h.ChangeLine(ctx, "talk", "", h.read().Text.Segments[line].ID, library.Wish{StartMs: &ms})
	check(h.t, err)
	return r
}

func TestATapIsExactAndItsNeighboursAreWorkedOut(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	if s := h.read().Text.Segments[0]; s.Timing != transcript.None {
		t.Fatalf("before anything is known: %+v", s)
	}
	wide := h.set(0, 1000).Text.Segments[3]
	r := h.set(5, 21_000)
	s := r.Text.Segments
	if s[0].StartMs != 1000 || s[0].Timing != transcript.Exact || s[5].StartMs != 21_000 || s[5].Timing != transcript.Exact {
		t.Errorf("taps: %+v, %+v", s[0], s[5])
	}
	if n := s[3]; n.Timing != transcript.Estimated || n.StartMs <= 1000 || n.StartMs >= 21_000 || n.PlusMinusMs >= wide.PlusMinusMs {
		t.Errorf("between: %+v, before the second tap %+v", n, wide)
	}
	if !slices.Equal(r.Set, []int{0, 5}) || !r.Undo || r.Redo || r.Changed == 0 {
		t.Errorf("got %+v", r)
	}
	if again := h.read(); again.Version() != r.Version() || again.Text.Segments[3].StartMs != s[3].StartMs {
		t.Errorf("what is read is not what was answered: %+v", again)
	}
	hits, err := h.Search(ctx, library.Search{Text: "nobody ever asked"})
	check(t, err)
	if hits[0].StartMs != s[3].StartMs || hits[0].PlusMinusMs != s[3].PlusMinusMs {
		t.Errorf("the search says %+v", hits[0])
	}
}

func TestAContradictionIsAskedAndNotDecided(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.set(2, 20_000)
	id, early := h.read().Text.Segments[4].ID, transcript.Ms(15_000)
	h.unchanged(func() {
		_, err := h.ChangeLine(ctx, "talk", "", id, library.Wish{StartMs: &early})
		var against *library.Contradiction
		if !errors.As(err, &against) || !slices.Equal(against.Lines, []int{2}) || library.CodeOf(err) != library.Conflict {
			t.Errorf("got %v", err)
		}
	})
	r, err := h.ChangeLine(ctx, "talk", "", id, library.Wish{StartMs: &early, Believe: true})
	check(t, err)
	if s := r.Text.Segments; s[4].StartMs != early || s[2].Timing != transcript.Estimated || !slices.Equal(r.Set, []int{4}) {
		t.Errorf("believed: %+v", r.Text.Segments)
	}
	r, err = h.Undo(ctx, "talk", "", "")
	check(t, err)
	if s := r.Text.Segments; s[2].StartMs != 20_000 || s[2].Timing != transcript.Exact || !r.Redo {
		t.Errorf("undone: %+v", s)
	}
}

func TestWishesThatCannotBe(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.set(3, 30_000)
	late, before, far := transcript.Ms(31_000), transcript.Ms(29_000), transcript.Ms(1)<<50
	ids := h.read().Text.Segments
	h.unchanged(func() {
		for name, c := range map[string]struct {
			id   string
			wish library.Wish
			code library.Code
		}{
			"no such line":                {"ffffffff", library.Wish{StartMs: &late}, library.NotFound},
			"nothing wanted":              {ids[0].ID, library.Wish{}, library.Invalid},
			"two things at once":          {ids[0].ID, library.Wish{StartMs: &before, EndMs: &late}, library.Invalid},
			"a line gone, and two things": {"ffffffff", library.Wish{EndMs: &late, Forget: true}, library.Invalid},
			"nothing to forget":           {ids[0].ID, library.Wish{Forget: true}, library.NotFound},
			"after the end of all things": {ids[4].ID, library.Wish{StartMs: &far}, library.Invalid},
			"an end before its start":     {ids[3].ID, library.Wish{EndMs: &before}, library.Invalid},
			"an end after the next start": {ids[1].ID, library.Wish{EndMs: &late}, library.Invalid},
		} {
			if _, err := h.ChangeLine(ctx, "talk", "", c.id, c.wish); library.CodeOf(err) != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := h.Redo(ctx, "talk", "", ""); library.CodeOf(err) != library.Conflict {
			t.Errorf("redo: %v", err)
		}
	})
}

func TestAWishSentTwiceCountsOnce(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	ms, id := transcript.Ms(4000), h.read().Text.Segments[1].ID
	first, err := h.ChangeLine(ctx, "talk", "", id, library.Wish{StartMs: &ms, Nonce: "a"})
	check(t, err)
	h.unchanged(func() {
		again, err := h.ChangeLine(ctx, "talk", "", id, library.Wish{StartMs: &ms, Nonce: "a"})
		check(t, err)
		if again.Version() != first.Version() {
			t.Errorf("%s, and then %s", first.Version(), again.Version())
		}
	})
}

func TestAChangedFileKeepsTheTimesOfItsLines(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.set(1, 5000)
	h.set(4, 20_000)
	rewritten := slices.Clone(sea)
	rewritten[4] = "He wrote it all down in a little book that we still have."
	h.talk("talk.txt", rewritten...)
	r := h.read()
	if r.Text.Segments[1].StartMs != 5000 || !slices.Equal(r.Set, []int{1}) {
		t.Errorf("the line that is the same: %+v, set %v", r.Text.Segments[1], r.Set)
	}
	r.Propose()
	if len(r.Offers) != 1 || r.Offers[0].StartMs != 20_000 || r.Offers[0].Line != 4 || r.Offers[0].Text != sea[4] {
		t.Fatalf("offered: %+v", r.Offers)
	}
	o := r.Offers[0]
	r, err := h.ChangeLine(ctx, "talk", "", r.Text.Segments[o.Line].ID, library.Wish{StartMs: &o.StartMs, From: o.Segment})
	check(t, err)
	if len(r.Offers) != 0 || !slices.Equal(r.Set, []int{1, 4}) {
		t.Errorf("taken: %+v", r)
	}
	_, err = h.Undo(ctx, "talk", "", "")
	check(t, err)
	r, err = h.ChangeLine(ctx, "talk", "", o.Segment, library.Wish{Forget: true})
	check(t, err)
	if len(r.Offers) != 0 || !slices.Equal(r.Set, []int{1}) {
		t.Errorf("forgotten: %+v", r)
	}
}

func TestTimesInANewFileDoNotWinOverAPerson(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.set(2, 9_500)
	h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.srt", srt(sea...))}})
	s := h.read().Text.Segments
	if s[2].StartMs != 9_500 || s[2].Timing != transcript.Exact {
		t.Errorf("set by hand: %+v", s[2])
	}
	if s[1].StartMs != 4000 || s[1].Timing != transcript.Exact || s[3].StartMs != 12_000 {
		t.Errorf("stated by the file: %+v, %+v", s[1], s[3])
	}
	h.set(2, 8_000)
	h.talk("talk.txt", sea...)
	ms := transcript.Ms(13_000)
	_, err := h.ChangeLine(ctx, "talk", "", h.read().Text.Segments[2].ID, library.Wish{StartMs: &ms})
	check(t, err)
	h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.srt", srt(sea...))}})
	s = h.read().Text.Segments
	if s[2].StartMs != 13_000 || s[3].Timing != transcript.Estimated || s[3].StartMs < 13_000 || s[4].StartMs != 16_000 {
		t.Errorf("what contradicts a person is worked out: %+v", s)
	}
}

func TestAMovedLineTakesItsWordsAlong(t *testing.T) {
	h := newHouse(t)
	h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.vtt",
		"WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\n00:02.000 --> 00:04.000\nTwo <00:02.500>three <00:03.000>four\n\n00:04.000 --> 00:05.000\nFive\n")}})
	s := h.set(1, 1900).Text.Segments
	if s[0].EndMs != 1900 || s[1].StartMs != 1900 || s[1].EndMs != 3900 || s[1].Words[1].StartMs != 2400 {
		t.Errorf("earlier: %+v", s)
	}
	s = h.set(1, 2300).Text.Segments
	if s[0].EndMs != 2000 || s[1].Words[2].StartMs != 3300 || s[1].EndMs != 4000 {
		t.Errorf("later: %+v", s)
	}
}

func TestNothingIsSpokenBehindAnEndThatWasSet(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.set(0, 0)
	end := transcript.Ms(9000)
	r, err := h.ChangeLine(ctx, "talk", "", h.read().Text.Segments[1].ID, library.Wish{EndMs: &end})
	check(t, err)
	if !slices.Equal(r.Ends, []int{1}) {
		t.Errorf("ends: %v", r.Ends)
	}
	s := h.set(2, 60_000).Text.Segments
	if s[1].EndMs != 9000 || s[1].StartMs >= 9000 || s[2].StartMs != 60_000 {
		t.Errorf("got %+v", s[:3])
	}
}

func TestChangesFollowATranscriptToAnotherLanguage(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.set(1, 5000)
	about := text("talk.yaml", "language: fr\n")
	item := library.Item{ID: "talk", Title: "Talk", About: &about}
	var b strings.Builder
	for i, l := range sea {
		fmt.Fprintf(&b, "%s: %s\n\n", []string{"Ann", "Ben"}[i%2], l)
	}
	item.Texts = []library.Source{text("talk.txt", b.String())}
	h.put(item)
	if r := h.read(); r.Language != "fr" || !slices.Equal(r.Set, []int{1}) || !r.Undo {
		t.Errorf("got %+v", r)
	}
}

func TestAnExportComesBackWithWhatWasTapped(t *testing.T) {
	for _, format := range []string{"vtt", "srt", "podcast-json", "json"} {
		h := newHouse(t)
		h.talk("talk.txt", sea...)
		h.set(1, 5000)
		before := h.set(4, 20_000)
		ep, err := h.Store.FindEpisode(ctx, "talk")
		check(t, err)
		out, f, err := h.Export(ctx, ep, "", format)
		check(t, err)
		other := newHouse(t)
		other.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk"+f.Extensions[0], string(out))}})
		after := other.read()
		if len(after.Text.Segments) != len(before.Text.Segments) {
			t.Fatalf("%s: %d lines, and then %d", format, len(before.Text.Segments), len(after.Text.Segments))
		}
		for i, want := range before.Text.Segments {
			got := after.Text.Segments[i]
			if got.StartMs != want.StartMs || got.Timing != want.Timing || got.PlusMinusMs != want.PlusMinusMs || got.Text != want.Text {
				t.Errorf("%s, line %d: %+v, want %+v", format, i, got, want)
			}
		}
	}
}

func TestASoundThatWasChosenStays(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	page, wrong := "https://soundcloud.com/ann/harbour", "https://soundcloud.com/"
	ep, err := h.ChangeEpisode(ctx, "talk", library.EpisodeWish{Audio: &page})
	check(t, err)
	if ep.Audio == nil || ep.Audio.Kind != "soundcloud" || ep.Audio.URL != page {
		t.Fatalf("got %+v", ep.Audio)
	}
	h.set(1, 5000)
	h.unchanged(func() {
		if _, err := h.ChangeEpisode(ctx, "talk", library.EpisodeWish{Audio: &wrong}); library.CodeOf(err) != library.Invalid {
			t.Errorf("got %v", err)
		}
	})
	out := h.talk("talk.txt", append(slices.Clone(sea), "One more line.")...)
	if out.Episode.Audio == nil || out.Episode.Audio.URL != page {
		t.Errorf("after another import: %+v", out.Episode.Audio)
	}
	ids := h.read().Text.Segments
	sound := h.sound("talk.wav")
	var b strings.Builder
	for i, l := range sea {
		fmt.Fprintf(&b, "%s: %s\n\n", []string{"Ann", "Ben"}[i%2], l)
	}
	out = h.put(library.Item{ID: "talk", Title: "Talk", Audio: &sound, Texts: []library.Source{text("talk.txt", b.String())}})
	r := h.read()
	if out.Episode.Audio.Kind != library.SoundFile || !slices.Equal(r.Set, []int{1}) || r.Text.Segments[1].StartMs != 5000 || r.Text.Segments[2].ID != ids[2].ID {
		t.Errorf("with a file of its own: %+v, %+v", out.Episode.Audio, r.Text.Segments)
	}
}

func TestUnspokenLinesHaveNoTime(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.set(0, 0)
	h.set(5, 20_000)
	yes := true
	r, err := h.ChangeLine(ctx, "talk", "", h.read().Text.Segments[2].ID, library.Wish{Unspoken: &yes})
	check(t, err)
	if s := r.Text.Segments[2]; !s.Unspoken || s.StartMs.Known() || s.Timing != transcript.None {
		t.Errorf("got %+v", s)
	}
	ep, err := h.Store.FindEpisode(ctx, "talk")
	check(t, err)
	out, _, err := h.Export(ctx, ep, "", "vtt")
	check(t, err)
	back, err := codec.Decode(out, codec.Hint{Format: "vtt"})
	check(t, err)
	if s := back.Segments[2]; !s.Unspoken || s.Text != sea[2] {
		t.Errorf("exported and read: %+v", s)
	}
	if s := h.set(2, 8000).Text.Segments[2]; s.Unspoken || s.StartMs != 8000 {
		t.Errorf("whoever times it has heard it: %+v", s)
	}
}

// sound puts a minute of silence into the folder.
func (h house) sound(name string) library.Source {
	h.t.Helper()
	path := filepath.Join(h.dir, name)
	const n = 60 * 8000
	head := "RIFF" + le(36+n, 4) + "WAVEfmt " + le(16, 4) + le(1, 2) + le(1, 2) + le(8000, 4) + le(8000, 4) + le(1, 2) + le(8, 2) + "data" + le(n, 4)
	check(h.t, os.WriteFile(path, []byte(head+strings.Repeat("\x80", n)), 0o600))
	return library.Source{File: library.File{Root: library.ShelfRoot, Path: name, Hash: "sound"}, DiskPath: path}
}

func TestAMarkInTheTextIsAskedAboutToo(t *testing.T) {
	h := newHouse(t)
	lines := slices.Clone(sea)
	lines[3] = "And nobody ever asked [crosstalk 00:00:30] him about the storm."
	h.talk("talk.txt", lines...)
	ids := h.read().Text.Segments
	late := transcript.Ms(40_000)
	for i, want := range []bool{true, true, true, true, false, false} {
		_, err := h.ChangeLine(ctx, "talk", "", ids[i].ID, library.Wish{StartMs: &late})
		if got := library.CodeOf(err) == library.Conflict; got != want {
			t.Errorf("line %d at 40 s, with a mark of 30 s in line 3: %v", i, err)
		}
		if err == nil {
			_, err = h.Undo(ctx, "talk", "", "")
			check(t, err)
		}
	}
	r, err := h.ChangeLine(ctx, "talk", "", ids[2].ID, library.Wish{StartMs: &late, Believe: true})
	check(t, err)
	if s := r.Text.Segments; s[3].StartMs < late || len(s[3].Anchors) != 1 {
		t.Errorf("the mark stays in the text and is not used: %+v", s[3])
	}
}

func TestNoEndIsServedBeforeItsStart(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	end := transcript.Ms(10_000)
	_, err := h.ChangeLine(ctx, "talk", "", h.read().Text.Segments[2].ID, library.Wish{EndMs: &end})
	check(t, err)
	for i, s := range h.set(1, 20_000).Text.Segments {
		if s.EndMs.Known() && s.EndMs <= s.StartMs {
			t.Errorf("line %d: %+v", i, s)
		}
	}
}

func TestWordsStayInTheirLine(t *testing.T) {
	vtt := "WEBVTT\n\n00:00.000 --> 00:05.000\nOne <00:01.000>two <00:03.000>three <00:04.000>four\n\n00:05.000 --> 00:06.000\nFive\n"
	for _, ms := range []transcript.Ms{2500, 4500, 7500} {
		h := newHouse(t)
		h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.vtt", vtt)}})
		for i, s := range h.set(1, ms).Text.Segments {
			for _, w := range s.Words {
				if w.StartMs.Known() && (w.StartMs < s.StartMs || w.StartMs >= s.EndMs) || w.EndMs > s.EndMs {
					t.Errorf("line 1 at %d: word %+v of line %d, %d to %d", ms, w, i, s.StartMs, s.EndMs)
				}
			}
		}
	}
}

func TestASoundCanBeGivenBack(t *testing.T) {
	h := newHouse(t)
	about := text("talk.yaml", "audio: https://example.org/a.mp3\n")
	item := library.Item{ID: "talk", Title: "Talk", About: &about, Texts: []library.Source{text("talk.srt", srt(sea...))}}
	h.put(item)
	other, none := "https://soundcloud.com/ann/harbour", ""
	for range 2 {
		_, err := h.ChangeEpisode(ctx, "talk", library.EpisodeWish{Audio: &other})
		check(t, err)
		ep, err := h.ChangeEpisode(ctx, "talk", library.EpisodeWish{Audio: &none})
		check(t, err)
		if ep.Audio == nil || ep.Audio.URL != "https://example.org/a.mp3" {
			t.Errorf("given back: %+v", ep.Audio)
		}
	}
	if out := h.put(item); out.Episode.Audio == nil || out.Episode.Audio.Kind != library.SoundURL {
		t.Errorf("after an import: %+v", out.Episode.Audio)
	}
}
