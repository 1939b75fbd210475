package library_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hearsay/server/codec"
	"hearsay/server/library"
)

// cast lists the speakers, and who says each line.
func cast(r library.Reading) string {
	var b strings.Builder
	for _, p := range r.Text.Speakers {
		fmt.Fprintf(&b, "%s=%s ", p.ID, p.Name)
	}
	b.WriteString("|")
	for _, s := range r.Text.Segments {
		b.WriteString(" " + s.Speaker)
	}
	return b.String()
}

func (h house) rename(names map[string]string) library.Reading {
	h.t.Helper()
	r, err := h.ChangeText(ctx, "talk", "", library.TextWish{Speakers: names})
	check(h.t, err)
	return r
}

func (h house) give(line int, who string) library.Reading {
	h.t.Helper()
	r, err := h.ChangeLine(ctx, "talk", "", h.read().Text.Segments[line].ID, library.Wish{Speaker: &who})
	check(h.t, err)
	return r
}

func (h house) same(r library.Reading, want string) {
	h.t.Helper()
	if got := cast(r); got != want {
		h.t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := cast(h.read()); got != want {
		h.t.Errorf("what is read is not what was answered: %s", got)
	}
}

func TestPeopleAreCalledByOtherNames(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.set(0, 0)
	r := h.rename(map[string]string{"s1": " Ann\u00a0  Archer\n"})
	h.same(r, "s1=Ann Archer s2=Ben | s1 s2 s1 s2 s1 s2")
	hits, err := h.Search(ctx, library.Search{Text: "kept the light", Speaker: "Ann Archer"})
	check(t, err)
	if len(hits) != 1 || hits[0].Speaker != "Ann Archer" {
		t.Errorf("the search says %+v", hits)
	}
	ep, err := h.Store.FindEpisode(ctx, "talk")
	check(t, err)
	out, _, err := h.Export(ctx, ep, "", "vtt")
	check(t, err)
	back, err := codec.Decode(out, codec.Hint{Format: "vtt"})
	check(t, err)
	if back.Speakers[0].Name != "Ann Archer" {
		t.Errorf("exported: %s", out)
	}
	h.same(h.rename(map[string]string{"s1": "Ben", "s2": "Ann Archer"}), "s1=Ben s2=Ann Archer | s1 s2 s1 s2 s1 s2")
	h.same(h.rename(map[string]string{"s1": "Ann Archer"}), "s1=Ann Archer | s1 s1 s1 s1 s1 s1")
	r, err = h.Undo(ctx, "talk", "", "")
	check(t, err)
	h.same(r, "s1=Ben s2=Ann Archer | s1 s2 s1 s2 s1 s2")
	h.unchanged(func() { h.rename(map[string]string{"s1": "Ben"}) })
}

func TestALineIsGivenToSomebodyElse(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.same(h.give(1, "s1"), "s1=Ann s2=Ben | s1 s1 s1 s2 s1 s2")
	h.same(h.give(3, "Cleo"), "s1=Ann s2=Ben s4=Cleo | s1 s1 s1 s4 s1 s2")
	h.same(h.give(5, "Ann"), "s1=Ann s4=Cleo | s1 s1 s1 s4 s1 s1")
	h.same(h.give(4, ""), "s1=Ann s4=Cleo | s1 s1 s1 s4  s1")
	h.same(h.rename(map[string]string{"s4": "Dora"}), "s1=Ann s4=Dora | s1 s1 s1 s4  s1")
	h.same(h.give(0, "Cleo"), "s1=Ann s4=Dora s5=Cleo | s5 s1 s1 s4  s1")
	h.unchanged(func() { h.give(0, "s5") })
	for range 6 {
		_, err := h.Undo(ctx, "talk", "", "")
		check(t, err)
	}
	h.same(h.read(), "s1=Ann s2=Ben | s1 s2 s1 s2 s1 s2")
}

// A name belongs to who had it when it was given, not to who gets it later.
func TestANewNameDoesNotReachBack(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.rename(map[string]string{"s1": "Cleo"})
	h.same(h.give(1, "Ann"), "s1=Cleo s2=Ben s3=Ann | s1 s3 s1 s2 s1 s2")
	h.same(h.rename(map[string]string{"s3": "Dora"}), "s1=Cleo s2=Ben s3=Dora | s1 s3 s1 s2 s1 s2")
}

func TestNamesOutliveAnotherImport(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	h.rename(map[string]string{"s2": "Ben Boyle"})
	h.give(2, "s2")
	// Somebody else speaks first now, so everybody has another id.
	var b strings.Builder
	b.WriteString("Host: Good morning to both of you.\n\n")
	for i, l := range sea {
		fmt.Fprintf(&b, "%s: %s\n\n", []string{"Ann", "Ben"}[i%2], l)
	}
	h.put(library.Item{ID: "talk", Title: "Talk", Texts: []library.Source{text("talk.txt", b.String())}})
	h.same(h.read(), "s1=Host s2=Ann s3=Ben Boyle | s1 s2 s3 s3 s3 s2 s3")
	hits, err := h.Search(ctx, library.Search{Text: "kept the light"})
	check(t, err)
	if hits[0].Speaker != "Ben Boyle" {
		t.Errorf("the search says %+v", hits[0])
	}
}

func TestNamesThatCannotBe(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	id := h.read().Text.Segments[0].ID
	h.unchanged(func() {
		for _, c := range []struct {
			id, name, says string
			code           library.Code
		}{
			{"s9", "Ann", `"s9"`, library.NotFound},
			{"s1", " \t ", "s1 is empty", library.Invalid},
			{"s1", strings.Repeat("é", 101), "101 characters", library.Invalid},
			{"s1", "A\x00b", "no text", library.Invalid},
		} {
			_, err := h.ChangeText(ctx, "talk", "", library.TextWish{Speakers: map[string]string{c.id: c.name}})
			if library.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%q for %s: %v", c.name, c.id, err)
			}
		}
		for _, name := range []string{strings.Repeat("é", 101), "A\x00b"} {
			if _, err := h.ChangeLine(ctx, "talk", "", id, library.Wish{Speaker: &name}); library.CodeOf(err) != library.Invalid {
				t.Errorf("%q for a line: %v", name, err)
			}
		}
	})
}

func TestANameSentTwiceCountsOnce(t *testing.T) {
	h := newHouse(t)
	h.talk("talk.txt", sea...)
	w := library.TextWish{Speakers: map[string]string{"s1": "Ben", "s2": "Ann"}, Nonce: "a"}
	first, err := h.ChangeText(ctx, "talk", "", w)
	check(t, err)
	h.unchanged(func() {
		again, err := h.ChangeText(ctx, "talk", "", w)
		check(t, err)
		if again.Version() != first.Version() || !slices.Equal(again.Text.Speakers, first.Text.Speakers) {
			t.Errorf("%s, and then %s", cast(first), cast(again))
		}
	})
}
