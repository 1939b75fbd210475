package timing

import (
	"strings"
	"testing"

	"hearsay/server/transcript"
)

func TestCutLeavesShortSegmentsAlone(t *testing.T) {
	s := transcript.Segment{ID: "a", StartMs: 5, EndMs: 9, Text: "One. Two.", Timing: transcript.Exact}
	got := Cut([]transcript.Segment{s})
	if len(got) != 1 || got[0].Text != s.Text || got[0].ID != "a" {
		t.Fatalf("got %+v", got)
	}
}

func TestCutAtSentenceEnds(t *testing.T) {
	first, second := strings.Repeat("word ", 25)+"end.", "Then "+strings.Repeat("more ", 25)+"and out."
	got := Cut([]transcript.Segment{{
		ID: "a", StartMs: 1000, EndMs: 9000, Speaker: "s1", Text: first + " " + second, Timing: transcript.Exact,
	}})
	if len(got) != 2 || got[0].Text != first || got[1].Text != second {
		t.Fatalf("got %+v", got)
	}
	if got[0].ID != "a" || got[0].StartMs != 1000 || got[0].EndMs.Known() || got[0].Timing != transcript.Exact {
		t.Errorf("first piece %+v", got[0])
	}
	if got[1].ID == "" || got[1].StartMs.Known() || got[1].EndMs != 9000 || got[1].Timing != transcript.None || got[1].Speaker != "s1" {
		t.Errorf("second piece %+v", got[1])
	}
}

func TestCutByWordTimes(t *testing.T) {
	var s transcript.Segment
	for i := range 60 {
		w := transcript.Word{StartMs: transcript.Ms(i) * 100, EndMs: transcript.Ms(i)*100 + 80, Text: "Words"}
		if i%20 == 19 {
			w.Text = "end."
		}
		s.Words = append(s.Words, w)
		s.Text = strings.TrimSpace(s.Text + " " + w.Text)
	}
	s.StartMs, s.EndMs, s.Timing = 0, 6000, transcript.Exact
	got := Cut([]transcript.Segment{s})
	if len(got) != 3 {
		t.Fatalf("got %d pieces", len(got))
	}
	for i, p := range got {
		start, end := transcript.Ms(i)*2000, transcript.Ms(i)*2000+1980
		if i == 2 {
			end = 6000
		}
		if i == 0 {
			end = 1980
		}
		if p.StartMs != start || p.EndMs != end || p.Timing != transcript.Exact || len(p.Words) != 20 {
			t.Errorf("piece %d: %d–%d %s, %d words", i, p.StartMs, p.EndMs, p.Timing, len(p.Words))
		}
	}
}

func TestCutMovesAnchorsAlongAndNeverPartsOne(t *testing.T) {
	lead := strings.Repeat("𝄞 word ", 30) + "end. "
	mark := "[crosstalk. Yes. 00:02:11]"
	text := lead + "Then " + mark + " and so on. Last."
	from := transcript.UTF16Len(lead + "Then ")
	got := Cut([]transcript.Segment{{ID: "a", StartMs: -1, EndMs: -1, Text: text, Anchors: []transcript.Anchor{
		{AtMs: 131_000, From: from, To: from + transcript.UTF16Len(mark)}}}})
	if len(got) != 3 {
		t.Fatalf("got %d pieces: %+v", len(got), got)
	}
	a := got[1].Anchors[0]
	if cut := got[1].Text[transcript.ByteOffset(got[1].Text, a.From):transcript.ByteOffset(got[1].Text, a.To)]; cut != mark {
		t.Fatalf("the anchor spans %q", cut)
	}
}

// Nothing but blanks may be lost, whatever the text.
func FuzzCut(f *testing.F) {
	f.Add("One. Two. " + strings.Repeat("« Quoi ? » dit-il. ", 20))
	f.Add(strings.Repeat("私は読んだ。", 50))
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		var all strings.Builder
		for _, s := range Cut([]transcript.Segment{{StartMs: -1, EndMs: -1, Text: text}}) {
			all.WriteString(s.Text)
		}
		if squash(all.String()) != squash(text) {
			t.Fatalf("%q became %q", text, all.String())
		}
	})
}

func squash(s string) string { return strings.Join(strings.Fields(s), "") }
