package codec

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/server/transcript"
)

// ascending keeps the marks that follow each other between the times of their
// cue, and returns how many do not. One that only repeats a time is neither. It
// filters in place.
func ascending(marks []mark, startMs, endMs transcript.Ms) (kept []mark, wrong int) {
	kept = marks[:0]
	last := startMs
	for _, m := range marks {
		switch {
		case m.ms < last, endMs.Known() && m.ms > endMs:
			wrong++
		case m.ms > last && m.ms != endMs:
			kept = append(kept, m)
			last = m.ms
		}
	}
	return kept, wrong
}

// wordsOf cuts the text of a cue at blanks and marks. Of the marks between two
// words the first ends the one and the last begins the other; the times of the
// cue stand at its ends. A cue without marks has no words. It moves marks.
func wordsOf(c *cue) []transcript.Word {
	if len(c.marks) == 0 {
		return nil
	}
	words := make([]transcript.Word, 0, len(c.marks)+1)
	marks := c.marks
	start := c.startMs
	for i := skipSpace(c.text, 0); i < len(c.text); i = skipSpace(c.text, i) {
		for n := 0; len(marks) > 0 && marks[0].offset <= i; n++ {
			if start = marks[0].ms; n == 0 && len(words) > 0 {
				words[len(words)-1].EndMs = start
			}
			marks = marks[1:]
		}
		end := wordEnd(c.text, i, marks)
		words = append(words, transcript.Word{StartMs: start, EndMs: transcript.Unknown, Text: c.text[i:end]})
		for m := range marks {
			if marks[m].offset >= end {
				break
			}
			marks[m].offset = end // it stood before punctuation
		}
		start, i = transcript.Unknown, end
	}
	if len(words) > 0 {
		last := &words[len(words)-1]
		if last.EndMs = c.endMs; len(marks) > 0 {
			last.EndMs = marks[0].ms
		}
	}
	return words
}

// wordEnd returns where the word that begins at i ends: at a blank, or at a mark
// unless only punctuation stands behind it.
func wordEnd(text string, i int, marks []mark) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			break
		}
		i += size
		for len(marks) > 0 && marks[0].offset < i {
			marks = marks[1:]
		}
		if len(marks) > 0 && marks[0].offset == i && !punctuated(text[i:]) {
			break
		}
	}
	return i
}

// punctuated reports whether a text begins with punctuation that ends a word.
func punctuated(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune(".,;:!?…)]}»”’、。！？，：；）」』؟،।", r)
}

// skipSpace returns where the next word begins.
func skipSpace(text string, i int) int {
	return len(text) - len(strings.TrimLeftFunc(text[i:], unicode.IsSpace))
}

// writeWords writes the text of a segment for a cue, with the times of its words
// in their places: those that stand between start and end, ascending, for that
// is what the format asks for.
func writeWords(b *strings.Builder, s transcript.Segment, endMs transcript.Ms) {
	text := tidyLines(s.Text)
	last := s.StartMs
	stamp := func(ms transcript.Ms) {
		if ms > last && ms < endMs {
			b.WriteString("<" + formatClock(ms, ".") + ">")
			last = ms
		}
	}
	at := 0
	for i, w := range s.Words {
		begin := skipSpace(text, at)
		if i > 0 && w.StartMs.Known() && s.Words[i-1].EndMs < w.StartMs {
			stamp(s.Words[i-1].EndMs)
		}
		b.WriteString(text[at:begin])
		stamp(w.StartMs)
		at = begin + len(w.Text)
		b.WriteString(escape(text[begin:at]))
		if i == len(s.Words)-1 {
			stamp(w.EndMs)
		}
	}
	b.WriteString(escape(text[at:]))
}
