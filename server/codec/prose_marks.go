package codec

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/server/transcript"
)

// gap is what stands between a part and the one before it.
func (p part) gap(before part) string {
	if !p.joined {
		return "\n"
	}
	last, _ := utf8.DecodeLastRuneInString(before.text)
	first, _ := utf8.DecodeRuneInString(p.text)
	if writesNoBlanks(last) && writesNoBlanks(first) {
		return ""
	}
	return " "
}

// writesNoBlanks reports whether r is Han, kana or their punctuation.
func writesNoBlanks(r rune) bool {
	return 0x3000 <= r && r <= 0x30FF || 0x3400 <= r && r <= 0x9FFF || 0xFF00 <= r && r <= 0xFF65
}

// clockMark is a time stated in the source, wherever it stands.
type clockMark struct {
	stamp
	line int
	used bool
}

// segmentDraft is a segment with its marks, before they are judged.
type segmentDraft struct {
	segment transcript.Segment
	start   *clockMark // nil if none is stated
	anchors []*clockMark
}

// fill makes pieces segments, and section marks chapters.
func (s script) fill(t *transcript.Transcript) {
	var marks []*clockMark
	note := func(st stamp, line int) *clockMark {
		if !st.stated() {
			return nil
		}
		marks = append(marks, &clockMark{stamp: st, line: line})
		return marks[len(marks)-1]
	}
	drafts := make([]segmentDraft, len(s.pieces))
	sections := make([]*clockMark, len(s.marks))
	next := 0
	for i := range drafts {
		for ; next < len(s.marks) && s.marks[next].before <= i; next++ {
			sections[next] = note(s.marks[next].start, s.marks[next].line)
		}
		drafts[i].start = note(s.pieces[i].start, s.pieces[i].line)
		drafts[i].compose(s.pieces[i], note)
	}
	for ; next < len(s.marks); next++ {
		sections[next] = note(s.marks[next].start, s.marks[next].line)
	}
	judge(marks, &s.report)
	t.Problems = s.report.problems()
	sort.SliceStable(t.Problems, func(i, j int) bool { return t.Problems[i].Line < t.Problems[j].Line })
	var speakers cast
	for i, d := range drafts {
		d.segment.Speaker = speakers.id(s.pieces[i].speaker)
		t.Segments = append(t.Segments, d.settle())
	}
	t.Speakers = speakers.speakers
	s.addChapters(t, sections)
}

// compose writes the text of a piece and finds the marks inside it.
func (d *segmentDraft) compose(p piece, note func(stamp, int) *clockMark) {
	d.segment = transcript.Segment{StartMs: transcript.Unknown, EndMs: transcript.Unknown, Timing: transcript.None}
	d.segment.Text = joinParts(p.parts)
	offset := 0
	for i, part := range p.parts {
		if i > 0 {
			offset += len(part.gap(p.parts[i-1]))
		}
		for _, f := range marksIn(part.text) {
			d.anchors = append(d.anchors, note(f.stamp, part.line))
			f.anchor.From += offset
			f.anchor.To += offset
			d.segment.Anchors = append(d.segment.Anchors, f.anchor)
		}
		offset += transcript.UTF16Len(part.text)
	}
}

// settle keeps the times that were found good. A start that was not stands in
// the text again.
func (d segmentDraft) settle() transcript.Segment {
	s, shift := d.segment, 0
	switch {
	case d.start == nil:
	case d.start.used:
		s.StartMs, s.EndMs, s.Timing = d.start.atMs, d.start.endMs, transcript.Exact
	default:
		s.Text = d.start.raw + " " + s.Text
		shift = transcript.UTF16Len(d.start.raw) + 1
	}
	anchors := s.Anchors
	s.Anchors = nil
	for i, a := range anchors {
		if d.anchors[i].used {
			a.From += shift
			a.To += shift
			s.Anchors = append(s.Anchors, a)
		}
	}
	return s
}

// addChapters makes the section marks chapters. A heading refers to the segment
// behind it.
func (s script) addChapters(t *transcript.Transcript, marks []*clockMark) {
	if len(s.marks) == 0 {
		return
	}
	transcript.AssignIDs(t.Segments)
	for i, m := range s.marks {
		c := transcript.Chapter{StartMs: transcript.Unknown, Title: m.title}
		switch {
		case marks[i] != nil && marks[i].used:
			c.StartMs = marks[i].atMs
		case m.before < len(t.Segments):
			c.Segment = t.Segments[m.before].ID
		}
		if marks[i] != nil && !marks[i].used {
			c.Title += " " + marks[i].raw
		}
		t.Chapters = append(t.Chapters, c)
	}
}

// judge marks as used the longest chain of times that never goes back, and
// reports the others. Of two chains of one length, it takes the one whose times
// come first: what goes back is wrong.
func judge(marks []*clockMark, report *report) {
	// Patience, from the end: tops[n] is the last mark seen that begins the best
	// chain of n+1 marks; its time is the latest possible. next is the chain.
	var tops []int
	next := make([]int, len(marks))
	for i := len(marks) - 1; i >= 0; i-- {
		n := sort.Search(len(tops), func(n int) bool { return marks[tops[n]].atMs < marks[i].atMs })
		next[i] = -1
		if n > 0 {
			next[i] = tops[n-1]
		}
		if n == len(tops) {
			tops = append(tops, i)
		} else {
			tops[n] = i
		}
	}
	if len(tops) > 0 {
		for i := tops[len(tops)-1]; i >= 0; i = next[i] {
			marks[i].used = true
		}
	}
	for _, m := range marks {
		if !m.used {
			report.add(m.line, contradiction(m.stamp))
		}
	}
}

func contradiction(s stamp) string {
	return "the time " + s.raw + " contradicts those around it: kept in the text, not used"
}

// found is a mark inside a text.
type found struct {
	stamp  stamp
	anchor transcript.Anchor
}

// maxMark is the longest mark inside speech, in bytes.
const maxMark = 100

// marksIn finds the times in brackets inside a text: [00:02:11], [words 00:02:11].
func marksIn(s string) []found {
	var marks []found
	done, units := 0, 0 // s[:done] has this many UTF-16 units
	for i := 0; ; {
		n := strings.IndexAny(s[i:], openers)
		if n < 0 {
			return marks
		}
		i += n
		f, length := markAt(s[i:])
		if length == 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		units += transcript.UTF16Len(s[done:i])
		f.anchor.From = units
		units += transcript.UTF16Len(s[i : i+length])
		f.anchor.To = units
		i += length
		done = i
		marks = append(marks, f)
	}
}

// markAt reads the mark that s, which begins with a bracket, begins with.
func markAt(s string) (found, int) {
	_, open := utf8.DecodeRuneInString(s)
	inner := s[open:min(len(s), maxMark)]
	end := strings.IndexAny(inner, openers+closers)
	if end < 0 {
		return found{}, 0
	}
	closer, size := utf8.DecodeRuneInString(inner[end:])
	if !strings.ContainsRune(closers, closer) {
		return found{}, 0
	}
	at, words, ok := wordsAndTime(trimSpace(inner[:end]))
	length := open + end + size
	if !ok || words != "" && s[0] == '(' && strings.Count(inner[:end], ":") < 2 {
		return found{}, 0 // (we left at 2:30) is speech
	}
	return found{stamp{at, transcript.Unknown, s[:length]}, transcript.Anchor{AtMs: at, Text: words}}, length
}

// wordsAndTime parts a few words from the time before or behind them.
func wordsAndTime(s string) (at transcript.Ms, words string, ok bool) {
	if mark, n := rangeAt(s); n > 0 {
		words = strings.TrimLeft(s[n:], " \t\u00a0\u202f,:@–—-")
		return mark.atMs, words, len(words) == 0 || n < len(s) && words != s[n:] && fewWords(words)
	}
	i := strings.LastIndexAny(s, " \t\u00a0\u202f@")
	if i < 0 {
		return 0, "", false
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	at, n := clockAt(s[i+size:])
	words = strings.TrimRight(s[:i], " \t\u00a0\u202f,:@–—-")
	return at, words, n > 0 && n == len(s)-i-size && fewWords(words)
}

func fewWords(s string) bool {
	return strings.ContainsFunc(s, unicode.IsLetter) && len(strings.Fields(s)) <= 6
}
