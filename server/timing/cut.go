// Package timing knows where in the audio a line of text belongs: it cuts long
// turns into lines, and works out the times that a source leaves open.
//
// Everything here is pure. Compared before writing: forced aligners such as
// aeneas or WhisperX need a model and the audio; subtitle editors spread text
// evenly and call the result a time. This package spreads text too, and says
// how far off it may be.
package timing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/server/transcript"
)

// MaxLine is the length in characters above which a segment is cut at its
// sentence ends.
const MaxLine = 200

// Cut returns the segments with those of more than MaxLine characters cut at
// every sentence end. The first piece keeps the id. A piece begins when its
// first word does, where that is known; else its start is Unknown, to be
// estimated.
func Cut(segments []transcript.Segment) []transcript.Segment {
	out := make([]transcript.Segment, 0, len(segments))
	for _, s := range segments {
		if utf8.RuneCountInString(s.Text) <= MaxLine {
			out = append(out, s)
			continue
		}
		out = append(out, cutSegment(s)...)
	}
	transcript.AssignIDs(out)
	return out
}

// cutSegment cuts one segment at its sentence ends, never inside an anchor. All
// offsets move forward only, so that a very long turn costs no more a character
// than a short one.
func cutSegment(s transcript.Segment) []transcript.Segment {
	var pieces []transcript.Segment
	starts := append(sentences(s.Text), len(s.Text))
	words, anchors := s.Words, s.Anchors
	from, unit := 0, 0 // where the piece begins, in bytes and in UTF-16 units
	for _, to := range starts[1:] {
		next := unit + transcript.UTF16Len(s.Text[from:to])
		if len(anchors) > 0 && anchors[0].From < next && next < anchors[0].To {
			continue // the cut would part an anchor
		}
		p := transcript.Segment{
			StartMs: transcript.Unknown, EndMs: transcript.Unknown,
			Speaker: s.Speaker, Text: strings.TrimFunc(s.Text[from:to], unicode.IsSpace), Timing: transcript.None,
		}
		p.Words, words = takeWords(words, p.Text)
		if n := len(p.Words); n > 0 && p.Words[0].StartMs.Known() {
			p.StartMs, p.EndMs, p.Timing = p.Words[0].StartMs, p.Words[n-1].EndMs, s.Timing
		}
		blank := len(s.Text[from:to]) - len(strings.TrimLeftFunc(s.Text[from:to], unicode.IsSpace))
		shift := unit + transcript.UTF16Len(s.Text[from:from+blank])
		for len(anchors) > 0 && anchors[0].To <= next {
			a := anchors[0]
			a.From, a.To, anchors = a.From-shift, a.To-shift, anchors[1:]
			p.Anchors = append(p.Anchors, a)
		}
		pieces = append(pieces, p)
		from, unit = to, next
	}
	first, last := &pieces[0], &pieces[len(pieces)-1]
	first.ID, first.StartMs, first.Timing, first.PlusMinusMs = s.ID, s.StartMs, s.Timing, s.PlusMinusMs
	last.EndMs = s.EndMs
	return pieces
}

// takeWords takes from the front of words those that make up text.
func takeWords(words []transcript.Word, text string) (taken, rest []transcript.Word) {
	n := 0
	for n < len(words) {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
		after, ok := strings.CutPrefix(text, words[n].Text)
		if !ok || text == "" {
			break
		}
		text = after
		n++
	}
	return words[:n:n], words[n:]
}
