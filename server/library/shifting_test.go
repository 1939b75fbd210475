package library_test

import (
	"slices"
	"strings"
	"testing"

	"hearsay/server/codec"
	"hearsay/server/library"
	"hearsay/server/transcript"
)

func (h house) shift(points ...transcript.ShiftPoint) library.Reading {
	h.t.Helper()
	s := transcript.Shift(points)
	r, err := h.ChangeText(ctx, "talk", "", library.TextWish{Shift: &s})
	check(h.t, err)
	return r
}

func starts(t transcript.Transcript) (ms []transcript.Ms) {
	for _, s := range t.Segments {
		ms = append(ms, s.StartMs)
	}
	return ms
}

func (h house) captions() {
	h.t.Helper()
	h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.srt", srt(sea...))}})
}

func TestAShiftIsHeardEverywhere(t *testing.T) {
	h := newHouse(t)
	about := text("talk.yaml", "chapters:\n  - start: 0\n    title: Out\n  - start: 16\n    title: In\n")
	h.put(library.Item{ID: "talk", Title: "Talk", About: &about, Texts: []library.Source{text("talk.srt", srt(sea...))}})
	before := h.read()
	want := []transcript.Ms{0, 4000, 68_000, 72_000, 76_000, 80_000}
	r := h.shift(transcript.ShiftPoint{AtMs: 8000, ByMs: 60_000})
	if got := starts(r.Heard()); !slices.Equal(got, want) || !slices.Equal(starts(r.Text), starts(before.Text)) || r.Version() == before.Version() {
		t.Errorf("heard %v, its own %v", got, starts(r.Text))
	}
	if s := r.Heard().Segments; s[1].EndMs != 8000 || s[2].EndMs != 72_000 {
		t.Errorf("ends: %+v", s)
	}
	again := h.read()
	if c := again.Heard().Chapters; !slices.Equal(starts(again.Heard()), want) || len(c) != 2 || c[0].StartMs != 0 || c[1].StartMs != 76_000 {
		t.Errorf("read: %v, %+v", starts(again.Heard()), c)
	}
	hits, err := h.Search(ctx, library.Search{Text: "kept the light"})
	check(t, err)
	if hits[0].StartMs != 68_000 || hits[0].AtMs != 68_000 {
		t.Errorf("the search says %+v", hits[0])
	}
	ep, err := h.Store.FindEpisode(ctx, "talk")
	check(t, err)
	for _, format := range []string{"vtt", "srt", "podcast-json", "json"} {
		out, _, err := h.Export(ctx, ep, "", format)
		check(t, err)
		back, err := codec.Decode(out, codec.Hint{Format: format})
		check(t, err)
		if got := starts(back); !slices.Equal(got, want) {
			t.Errorf("%s: %v", format, got)
		}
	}
	h.captions() // another file, the same words
	if r := h.read(); !slices.Equal(starts(r.Heard()), want) {
		t.Errorf("after an import: %v", starts(r.Heard()))
	}
	if r = h.shift(); r.Shift != nil || !slices.Equal(starts(r.Heard()), starts(before.Text)) {
		t.Errorf("taken off: %+v", r.Shift)
	}
	h.unchanged(func() { h.shift() })
	r, err = h.Undo(ctx, "talk", "", "")
	check(t, err)
	if !slices.Equal(starts(r.Heard()), want) {
		t.Errorf("undone: %v", starts(r.Heard()))
	}
}

func TestTimesAreSetAsTheyAreHeard(t *testing.T) {
	h := newHouse(t)
	h.captions()
	h.shift(transcript.ShiftPoint{AtMs: 8000, ByMs: 60_000})
	r := h.set(3, 73_500)
	if s := r.Text.Segments[3]; s.StartMs != 13_500 || r.Heard().Segments[3].StartMs != 73_500 {
		t.Errorf("got %+v", s)
	}
	end := transcript.Ms(75_000)
	r, err := h.ChangeLine(ctx, "talk", "", r.Text.Segments[3].ID, library.Wish{EndMs: &end})
	check(t, err)
	if s := r.Heard().Segments[3]; s.EndMs != 75_000 || !slices.Equal(r.Ends, []int{3}) {
		t.Errorf("ended: %+v", s)
	}
	for _, ms := range []transcript.Ms{77_000, 20_000} { // beyond its neighbours; in what was put in, far before them
		_, err := h.ChangeLine(ctx, "talk", "", r.Text.Segments[3].ID, library.Wish{StartMs: &ms})
		if ms == 20_000 && err == nil {
			continue // as early as can be: where the line before begins too
		}
		if library.CodeOf(err) != library.Conflict || !strings.Contains(err.Error(), "00:01:17") || !strings.Contains(err.Error(), "00:01:16") {
			t.Errorf("%d: %v", ms, err)
		}
	}
	if s := h.read().Heard().Segments[3]; s.StartMs != 68_000 {
		t.Errorf("set inside what was put in: %+v", s)
	}
}

func TestAnEstimateKnowsOfTheShift(t *testing.T) {
	h := newHouse(t)
	sound := h.sound("talk.wav") // a minute
	h.put(library.Item{ID: "talk", Title: "Talk", Audio: &sound, Texts: []library.Source{text("talk.txt", "Ann: "+strings.Join(sea, "\n\nBen: "))}})
	h.set(0, 0)
	r := h.shift(transcript.ShiftPoint{AtMs: 0, ByMs: 40_000})
	s := r.Text.Segments[5]
	if s.Timing != transcript.Estimated || s.EndMs != 20_000 { // the end of the sound, which such a text fills
		t.Errorf("with 20 s left for the text: %+v", s)
	}
	if heard := r.Heard().Segments[5]; heard.StartMs != s.StartMs+40_000 || heard.PlusMinusMs != s.PlusMinusMs {
		t.Errorf("heard: %+v", heard)
	}
}

func TestWhatIsCutOutHasNoTime(t *testing.T) {
	h := newHouse(t)
	h.captions()
	r := h.shift(transcript.ShiftPoint{AtMs: 16_000, ByMs: -8000})
	want := []transcript.Ms{0, 4000, transcript.Unknown, transcript.Unknown, 8000, 12_000}
	if s := r.Heard().Segments; !slices.Equal(starts(r.Heard()), want) || s[2].Timing != transcript.None || !s[2].Unspoken || r.Text.Segments[2].Unspoken {
		t.Errorf("got %+v", s)
	}
	hits, err := h.Search(ctx, library.Search{Text: "kept the light"})
	check(t, err)
	if hits[0].StartMs.Known() {
		t.Errorf("the search says %+v", hits[0])
	}
	ep, err := h.Store.FindEpisode(ctx, "talk")
	check(t, err)
	for _, format := range []string{"vtt", "srt", "podcast-json"} {
		out, _, err := h.Export(ctx, ep, "", format)
		check(t, err)
		back, err := codec.Decode(out, codec.Hint{Format: format})
		check(t, err)
		if !slices.Equal(starts(back), want) || !back.Segments[2].Unspoken {
			t.Errorf("%s: %s", format, out)
		}
	}
}

func TestAnOfferIsMadeAsItIsHeardAndTaken(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.set(4, 20_000)
	h.shift(transcript.ShiftPoint{AtMs: 0, ByMs: 5000})
	rewritten := slices.Clone(sea)
	rewritten[4] = "He wrote it all down in a little book that we still have."
	h.talk("talk.txt", rewritten...)
	r := h.read()
	r.Propose()
	if len(r.Offers) != 1 || r.Offers[0].StartMs != 25_000 || r.Offers[0].Line != 4 {
		t.Fatalf("offered: %+v", r.Offers)
	}
	r, err := h.ChangeLine(ctx, "talk", "", r.Text.Segments[4].ID, library.Wish{StartMs: &r.Offers[0].StartMs, From: r.Offers[0].Segment})
	check(t, err)
	if s := r.Text.Segments[4]; s.StartMs != 20_000 || len(r.Offers) != 0 {
		t.Errorf("taken: %+v, %+v", s, r.Offers)
	}
}

func TestAShiftThatCannotBe(t *testing.T) {
	h := newHouse(t)
	h.captions()
	h.unchanged(func() {
		wrong := transcript.Shift{{AtMs: 0, ByMs: 1000}, {AtMs: 5000, ByMs: -6000}}
		if _, err := h.ChangeText(ctx, "talk", "", library.TextWish{Shift: &wrong}); library.CodeOf(err) != library.Invalid || !strings.HasPrefix(err.Error(), "shift: point 2: byMs") {
			t.Errorf("got %v", err)
		}
		for _, w := range []library.TextWish{{}, {Shift: &transcript.Shift{}, Speakers: map[string]string{"s1": "Ann"}}} {
			if _, err := h.ChangeText(ctx, "talk", "", w); library.CodeOf(err) != library.Invalid {
				t.Errorf("%+v: %v", w, err)
			}
		}
		if _, err := h.ChangeText(ctx, "talk", "zz", library.TextWish{Shift: &wrong}); library.CodeOf(err) != library.NotFound {
			t.Errorf("in a language that is not there: %v", err)
		}
	})
}
