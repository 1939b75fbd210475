package codec

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/server/transcript"
)

// Three habits of caption tools hide lines: a cue for each word, cues that
// repeat the line before, and cues that repeat a sentence to underline the word
// that is spoken. The functions here fold them back into lines with words.

const (
	lineLength = 80                  // characters; a folded line that is longer ends
	lineGapMs  = transcript.Ms(1000) // silence that ends a folded line
)

// foldHighlights makes one cue of a run of cues that differ only in the word
// that is underlined.
func foldHighlights(cues []cue) []cue {
	out := cues[:0]
	for i := 0; i < len(cues); {
		n, lit := highlightRun(cues[i:])
		if run := cues[i : i+n]; lit > 1 {
			out = append(out, underlinedWords(run))
		} else {
			out = append(out, run...)
		}
		i += n
	}
	return out
}

// highlightRun returns how many cues from the first on have the same text, with
// the highlight moving on, and how many of these have a highlight.
func highlightRun(cues []cue) (n, lit int) {
	at := 0
	for n < len(cues) && cues[n].text == cues[0].text && cues[n].speaker == cues[0].speaker {
		if h := cues[n].highlight; h.to > h.from {
			if h.from < at {
				break
			}
			at = h.to
			lit++
		}
		n++
	}
	return n, lit
}

// underlinedWords makes one cue of a run, with the times of its words.
func underlinedWords(run []cue) cue {
	c := run[0]
	c.endMs = run[len(run)-1].endMs
	c.marks = nil
	for _, u := range run {
		if h := u.highlight; h.to > h.from && u.startMs.Known() {
			c.marks = append(c.marks, mark{h.from, u.startMs}, mark{h.to, u.endMs})
		}
	}
	c.marks, _ = ascending(c.marks, c.startMs, c.endMs)
	return c
}

// foldRolling takes out the lines that cues repeat from the cue before, if the
// file does that as a rule, and joins what is left.
func foldRolling(cues []cue) []cue {
	if !isRolling(cues) {
		return cues
	}
	var out []cue
	var shown []string // the last lines of the cue before
	for _, c := range cues {
		lines := strings.SplitN(c.text, "\n", maxRolled+2)
		repeated := overlap(shown, lines)
		n := 0
		for _, line := range lines[:repeated] {
			n += len(line) + 1
		}
		shown = lines[max(0, len(lines)-maxRolled):]
		if repeated < len(lines) {
			out = append(out, c.takePart(n, len(c.text)))
		}
	}
	return foldLines(out)
}

// maxRolled is how many lines a caption rolls up at most.
const maxRolled = 4

// isRolling reports whether a good part of the cues, and at least two, begin
// with the last line of the one before and go on.
func isRolling(cues []cue) bool {
	n, last := 0, ""
	for i := range cues {
		text := cues[i].text
		first, _, more := strings.Cut(text, "\n")
		if more && first == last {
			n++
		}
		last = text[strings.LastIndexByte(text, '\n')+1:]
	}
	return n >= 2 && n*4 >= len(cues)
}

// overlap returns how many lines at the end of a stand at the beginning of b.
func overlap(a, b []string) int {
	for n := min(len(a), len(b), maxRolled); n > 0; n-- {
		if slices.Equal(a[len(a)-n:], b[:n]) {
			return n
		}
	}
	return 0
}

// foldWords joins the cues of a file in which nearly each is one word.
func foldWords(cues []cue) []cue {
	n := 0
	for i := range cues {
		if isWord(cues[i].text) {
			n++
		}
	}
	if n < 4 || n*5 < len(cues)*4 {
		return cues
	}
	return foldLines(cues)
}

// isWord reports whether a text is one word. Scripts without blanks have short
// ones.
func isWord(text string) bool {
	if strings.IndexFunc(text, unicode.IsSpace) >= 0 {
		return false
	}
	if last, _ := utf8.DecodeLastRuneInString(text); joinsWithoutBlank(last) {
		return utf8.RuneCountInString(text) <= 4
	}
	return len(text) <= 40
}

// foldLines joins cues into lines. A line ends with its sentence, its paragraph
// or its speaker, before a silence, and when it is long enough; inside a cue, it
// can end only where a time is known.
func foldLines(cues []cue) []cue {
	var f folder
	for i := range cues {
		c := &cues[i]
		from, start := 0, c.startMs
		for _, m := range c.marks {
			if m.offset > from {
				f.add(c, c.text[from:m.offset], from > 0, start, m.ms)
				from = m.offset
			}
			start = m.ms
		}
		f.add(c, c.text[from:], from > 0, start, c.endMs)
		f.ended = c.paragraph
	}
	f.end()
	return f.lines
}

// folder joins pieces of text into lines.
type folder struct {
	lines []cue
	line  cue
	text  strings.Builder
	chars int  // length of text in characters
	ended bool // nothing more belongs to the line
}

// add adds a piece of a cue, which may be the rest of the one before.
func (f *folder) add(c *cue, text string, sameCue bool, start, end transcript.Ms) {
	if strings.TrimSpace(text) == "" {
		return
	}
	if f.chars > 0 && f.endsBefore(c, start) {
		f.end()
	}
	if f.chars == 0 {
		f.line = *c
		f.line.startMs, f.line.marks, f.line.highlight = start, nil, extent{}
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
	} else {
		f.line.headings = append(f.line.headings, c.headings...)
		if !sameCue && needsBlank(f.text.String(), text) {
			f.text.WriteByte(' ')
		}
	}
	f.line.marks = append(f.line.marks, mark{f.text.Len(), start})
	f.text.WriteString(text)
	f.chars += utf8.RuneCountInString(text)
	spoken := len(strings.TrimRightFunc(f.text.String(), unicode.IsSpace))
	f.line.marks = append(f.line.marks, mark{spoken, end})
	f.line.endMs = end
}

// endsBefore reports whether the line ends before a piece that begins at start.
func (f *folder) endsBefore(next *cue, start transcript.Ms) bool {
	if !start.Known() {
		return false
	}
	return f.ended || f.line.speaker != next.speaker || f.chars >= lineLength ||
		f.line.endMs.Known() && start-f.line.endMs >= lineGapMs || start < f.line.startMs || sentenceEnds(f.text.String())
}

// end keeps the line.
func (f *folder) end() {
	if f.chars == 0 {
		return
	}
	f.line.text = strings.TrimSpace(f.text.String())
	f.line.marks, _ = ascending(f.line.marks, f.line.startMs, f.line.endMs)
	f.lines = append(f.lines, f.line)
	f.text.Reset()
	f.chars, f.ended = 0, false
}

// sentenceEnds reports whether a text ends with the end of a sentence, which the
// dot of an initial or a title is not.
func sentenceEnds(text string) bool {
	text = strings.TrimRight(text, "\"'”’»)] \n\u00a0\u202f")
	last, size := utf8.DecodeLastRuneInString(text)
	if last != '.' {
		return strings.ContainsRune("?!…。？！؟।", last) && size > 0
	}
	word := text[strings.LastIndexAny(text, " \n")+1:]
	return utf8.RuneCountInString(word) > 2 && !titles[word]
}

// titles end in a dot that ends no sentence.
var titles = set("Dr. Mr. Mrs. Ms. St. Mme. Prof. Hr. Fr. Sr. Sra. Jr. vs. z.B. e.g. i.e.")

// needsBlank reports whether a blank belongs between two pieces of text.
func needsBlank(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	return !unicode.IsSpace(last) && !unicode.IsSpace(first) &&
		!(joinsWithoutBlank(last) && joinsWithoutBlank(first))
}

// joinsWithoutBlank reports whether r is of a script that has no blanks.
func joinsWithoutBlank(r rune) bool {
	return r >= 0x2e80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff65) || unicode.Is(unicode.Thai, r)
}
