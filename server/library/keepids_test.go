package library

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

// read makes a transcript of lines as a decoder would: ids from the text.
func read(texts ...string) transcript.Transcript {
	var t transcript.Transcript
	for _, text := range texts {
		t.Segments = append(t.Segments, transcript.Segment{Text: text})
	}
	transcript.AssignIDs(t.Segments)
	return t
}

// named makes the lines of an earlier import, with ids of their own.
func named(texts ...string) []transcript.Segment {
	segments := read(texts...).Segments
	for i := range segments {
		segments[i].ID = fmt.Sprint("old", i)
	}
	return segments
}

func ids(segments []transcript.Segment) string {
	var list []string
	for _, s := range segments {
		list = append(list, s.ID)
	}
	return strings.Join(list, " ")
}

func TestKeepIDs(t *testing.T) {
	const fresh = "new" // any id that old does not have
	for _, c := range []struct{ name, old, next, want string }{
		{"the same lines keep theirs", "a b c", "a b c", "old0 old1 old2"},
		{"an inserted line gets a new one", "a b", "a x b", "old0 new old1"},
		{"a deleted line takes its own along", "a b c", "a c", "old0 old2"},
		{"a changed line gets a new one", "a b c", "a x c", "old0 new old2"},
		{"equal lines keep theirs in order", "m a m b m", "m a m b m", "old0 old1 old2 old3 old4"},
		{"an equal line is added behind", "m m", "m m m", "old0 old1 new"},
		{"equal lines between known neighbours", "a m m b", "a m b", "old0 old1 old3"},
		{"equal lines below an insertion", "a m m b", "a x m m b", "old0 new old1 old2 old3"},
		{"a moved line leaves the order to the others", "a b c d", "b c d a", "old1 old2 old3 new"},
		{"nothing in common", "a b", "x y", "new new"},
		{"from nothing", "", "a", "new"},
		{"to nothing", "a", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			old, next := named(strings.Fields(c.old)...), read(strings.Fields(c.next)...)
			keepIDs(old, &next)
			for i := range next.Segments {
				if !strings.HasPrefix(next.Segments[i].ID, "old") {
					next.Segments[i].ID = fresh
				}
			}
			if got := ids(next.Segments); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestKeepIDsMovesChaptersAlong(t *testing.T) {
	old := named("a", "b", "c")
	next := read("a", "x", "c")
	old[2].ID = next.Segments[1].ID // the id of the new line stands for another already
	next.Chapters = []transcript.Chapter{
		{Title: "kept", Segment: next.Segments[0].ID},
		{Title: "new", Segment: next.Segments[1].ID},
		{Title: "by time", StartMs: 1000},
	}
	keepIDs(old, &next)
	for i, want := range []string{next.Segments[0].ID, next.Segments[1].ID, ""} {
		if got := next.Chapters[i].Segment; got != want {
			t.Errorf("chapter %q stands before %q, want %q", next.Chapters[i].Title, got, want)
		}
	}
}

func TestKeepIDsUnderRandomEdits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	texts := make([]string, 60)
	for i := range texts {
		texts[i] = fmt.Sprint("line ", r.IntN(40)) // some stand twice
	}
	old := read(texts...).Segments
	for round := range 300 {
		next := read(edit(r, texts)...)
		keepIDs(old, &next)
		check(t, round, old, next.Segments)
		texts = texts[:0:0]
		for _, s := range next.Segments {
			texts = append(texts, s.Text)
		}
		old = next.Segments
	}
}

func edit(r *rand.Rand, texts []string) []string {
	out := slices.Clone(texts)
	for range 1 + r.IntN(6) {
		i := r.IntN(len(out))
		switch r.IntN(4) {
		case 0:
			out = slices.Insert(out, i, fmt.Sprint("line ", r.IntN(80)))
		case 1:
			if len(out) > 20 {
				out = slices.Delete(out, i, i+1)
			}
		case 2:
			out[i] += "!"
		case 3:
			line := out[i]
			out = slices.Delete(out, i, i+1)
			out = slices.Insert(out, r.IntN(len(out)+1), line)
		}
	}
	return out
}

// check tells whether ids are unique and none has gone to another text, and
// whether the unchanged lines at the top kept theirs.
func check(t *testing.T, round int, old, next []transcript.Segment) {
	t.Helper()
	text := make(map[string]string)
	for _, s := range old {
		text[s.ID] = s.Text
	}
	seen := make(map[string]bool)
	for _, s := range next {
		if s.ID == "" || seen[s.ID] {
			t.Fatalf("round %d: the id %q is not one line's", round, s.ID)
		}
		seen[s.ID] = true
		if was, ok := text[s.ID]; ok && was != s.Text {
			t.Fatalf("round %d: the id of %q went to %q", round, was, s.Text)
		}
	}
	for i := range min(len(old), len(next)) { // the unchanged head, up to the first edit
		if old[i].Text != next[i].Text {
			break
		}
		if old[i].ID != next[i].ID {
			t.Fatalf("round %d: line %d, %q, is unchanged and got another id", round, i, next[i].Text)
		}
	}
}

func TestKeepIDsOfAHundredThousandEqualLines(t *testing.T) {
	texts := make([]string, 100_000)
	for i := range texts {
		texts[i] = "mhm"
	}
	old, next := named(texts...), read(texts...)
	keepIDs(old, &next)
	if next.Segments[99_999].ID != "old99999" {
		t.Errorf("got %q", next.Segments[99_999].ID)
	}
}
