package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

// said makes a transcript of lines "speaker: text", a second each.
func said(lines ...string) transcript.Transcript {
	var t transcript.Transcript
	for i, l := range lines {
		name, text, ok := strings.Cut(l, ": ")
		if !ok {
			name, text = "", l
		}
		start := transcript.Ms(1000 * i)
		t.Segments = append(t.Segments, transcript.Segment{
			ID: fmt.Sprint("id", i), Speaker: name, Text: text, StartMs: start, EndMs: start + 1000, Timing: transcript.Exact})
		if name != "" && t.SpeakerName(name) == "" {
			t.Speakers = append(t.Speakers, transcript.Speaker{ID: name, Name: "Name of " + name})
		}
	}
	return t
}

// sketch writes what is shown: # chapters, speakers, + for a turn that goes on,
// the numbers of lines; sections part with |.
func sketch(v linesView) string {
	var out []string
	for i, section := range v.Sections {
		if i > 0 {
			out = append(out, "|")
		}
		for _, b := range section.Blocks {
			if b.Chapter != nil {
				out = append(out, "#"+b.Chapter.Title)
			}
			if b.Turn == nil {
				continue
			}
			if out = append(out, b.Turn.Speaker.ID); b.Turn.Continued {
				out[len(out)-1] += "+"
			}
			for _, l := range b.Turn.Lines {
				out = append(out, fmt.Sprint(l.Index))
			}
		}
	}
	return strings.Join(out, " ")
}

func TestLayLines(t *testing.T) {
	at := func(ms transcript.Ms) transcript.Chapter { return transcript.Chapter{StartMs: ms, Title: "C"} }
	before := func(id string) transcript.Chapter {
		return transcript.Chapter{StartMs: transcript.Unknown, Title: "C", Segment: id}
	}
	ab := []string{"a: One.", "a: Two.", "b: Three."}
	for _, c := range []struct {
		name     string
		lines    []string
		chapters []transcript.Chapter
		want     string
	}{
		{"nothing", nil, nil, ""},
		{"nothing but a chapter", nil, []transcript.Chapter{at(0)}, "#C"},
		{"nobody is named", []string{"One.", "Two."}, nil, " 0 1"},
		{"one speaker", []string{"a: One.", "a: Two."}, nil, "a 0 1"},
		{"two speakers", ab, nil, "a 0 1 b 2"},
		{"a speaker and nobody", []string{"a: One.", "Two.", "a: Three."}, nil, "a 0  1 a 2"},
		{"a chapter at the very start", ab, []transcript.Chapter{at(0)}, "#C a 0 1 b 2"},
		{"a chapter in the middle of a turn", ab, []transcript.Chapter{before("id1")}, "a 0 #C a 1 b 2"},
		{"a chapter between two starts", ab, []transcript.Chapter{at(500)}, "a 0 #C a 1 b 2"},
		{"a chapter behind the end", ab, []transcript.Chapter{at(99_000)}, "a 0 1 b 2 #C"},
		{"a chapter before no line", ab, []transcript.Chapter{before("gone")}, "#C a 0 1 b 2"},
		{"two chapters at one place", ab, []transcript.Chapter{at(2000), before("id2")}, "a 0 1 #C #C b 2"},
		{"chapters out of order", ab, []transcript.Chapter{at(2000), at(0)}, "#C a 0 1 #C b 2"},
	} {
		tr := said(c.lines...)
		tr.Chapters = c.chapters
		if got := sketch(layLines(tr)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestChaptersAmongLinesWithoutTimes(t *testing.T) {
	tr := said("a: One.", "a: Two.", "a: Three.")
	tr.Segments[1].StartMs, tr.Segments[1].Timing = transcript.Unknown, transcript.None
	tr.Chapters = []transcript.Chapter{{StartMs: 2000, Title: "C"}}
	if got := sketch(layLines(tr)); got != "a 0 1 #C a 2" {
		t.Errorf("got %q", got)
	}
}

func TestAPauseOrALongTurnBeginsAParagraph(t *testing.T) {
	tr := said("a: One.", "a: Two.", "a: "+strings.Repeat("word ", 150)+"end.", "a: Four.")
	for i := 1; i < 4; i++ {
		tr.Segments[i].StartMs += 3000
		tr.Segments[i].EndMs += 3000
	}
	if got := sketch(layLines(tr)); got != "a 0 a+ 1 2 a+ 3" {
		t.Errorf("got %q", got)
	}
}

func TestHuesAreOneToSix(t *testing.T) {
	tr := said("a: 1", "b: 2", "c: 3", "d: 4", "e: 5", "f: 6", "g: 7")
	var hues []int
	for _, b := range layLines(tr).Sections[0].Blocks {
		hues = append(hues, b.Turn.Speaker.Hue)
	}
	if !slices.Equal(hues, []int{1, 2, 3, 4, 5, 6, 1}) {
		t.Errorf("got %v", hues)
	}
}

func TestAnchorsPartALine(t *testing.T) {
	for _, c := range []struct {
		text    string
		anchors [][2]int // UTF-16
		want    string
	}{
		{"plain", nil, "plain"},
		{"🎙a [x 1:00] 🌊b [y]", [][2]int{{4, 12}, {17, 20}}, "🎙a <[x 1:00]> 🌊b <[y]>"},
		{"[x]", [][2]int{{0, 3}}, "<[x]>"},
		{"[x][y]", [][2]int{{0, 3}, {3, 6}}, "<[x]><[y]>"},
		{"a[x]b", [][2]int{{1, 4}, {2, 3}, {0, 2}}, "a<[x]>b"},
		{"ab", [][2]int{{1, 1}}, "a<>b"},
	} {
		s := transcript.Segment{Text: c.text}
		for _, a := range c.anchors {
			s.Anchors = append(s.Anchors, transcript.Anchor{From: a[0], To: a[1]})
		}
		var got, whole string
		for _, p := range lineOf(0, s).Parts {
			if whole += p.Text; p.Anchor {
				p.Text = "<" + p.Text + ">"
			}
			got += p.Text
		}
		if got != c.want || whole != c.text {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestManyLinesChaptersAndAnchors(t *testing.T) {
	const n = 100_000
	var tr transcript.Transcript
	for i := range n {
		start := transcript.Ms(i)
		tr.Segments = append(tr.Segments, transcript.Segment{ID: fmt.Sprint(i), StartMs: start, EndMs: start + 1, Text: "x.", Timing: transcript.Exact})
		tr.Chapters = append(tr.Chapters, transcript.Chapter{StartMs: n - start, Title: "C"})
	}
	long := &tr.Segments[0]
	long.Text = strings.Repeat("[x]", n)
	for i := range n {
		long.Anchors = append(long.Anchors, transcript.Anchor{From: 3 * i, To: 3*i + 3})
	}
	v := layLines(tr)
	next := 0
	for _, s := range v.Sections {
		for _, b := range s.Blocks {
			if b.Turn == nil {
				continue
			}
			for _, l := range b.Turn.Lines {
				if l.Index != next {
					t.Fatalf("line %d where %d should be", l.Index, next)
				}
				next++
			}
		}
	}
	if parts := v.Sections[0].Blocks[0].Turn.Lines[0].Parts; next != n || len(parts) != n {
		t.Errorf("%d lines, %d parts", next, len(parts))
	}
}
