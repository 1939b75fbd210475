package codec

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// findLabels finds who speaks in files that say so in the text: "Ann: hello",
// [SPEAKER_00]: hello, "Ann:" on a line of its own. Whether labels are names is
// decided on the whole file. A label in the middle of a cue begins another, of
// the same times. Where the source itself names speakers, nothing is looked for.
func findLabels(cues []cue) []cue {
	for i := range cues {
		if cues[i].speaker != "" {
			return cues
		}
	}
	if !labelsAreNames(cues) {
		return cues
	}
	out := make([]cue, 0, len(cues))
	pending := "" // a name without speech, for what follows
	for _, c := range cues {
		out, pending = splitAtLabels(out, c, pending)
	}
	return out
}

// labelsAreNames reports whether what looks like labels does name speakers: one
// recurs or stands in brackets, or different ones stand in at least a quarter of
// the cues.
func labelsAreNames(cues []cue) bool {
	counts := make(map[string]int)
	total := 0
	for i := range cues {
		for line := range strings.SplitSeq(cues[i].text, "\n") {
			if label, _, ok := labelOf(line); ok {
				if counts[label]++; counts[label] > 1 || line[signOfTurn(line)] == '[' {
					return true
				}
				total++
			}
		}
	}
	return total > 1 && total*4 >= len(cues)
}

// labelOf reads the label at the head of a line, behind the sign of a new
// speaker where there is one, and returns where the speech begins.
func labelOf(line string) (label string, speech int, ok bool) {
	if strings.IndexByte(line, ':') < 0 && !strings.Contains(line, "：") {
		return "", 0, false
	}
	label, rest, ok := splitLabel(line[signOfTurn(line):])
	return label, len(line) - len(rest), ok
}

// signOfTurn returns the length of the sign that somebody else begins to speak,
// ">>" or a dash and a blank, 0 where there is none.
func signOfTurn(line string) int {
	rest := strings.TrimLeft(line, ">")
	if n := len(line) - len(rest); n >= 2 {
		return len(line) - len(strings.TrimSpace(rest))
	}
	for _, dash := range []string{"- ", "– ", "— "} {
		if strings.HasPrefix(line, dash) {
			return len(dash)
		}
	}
	return 0
}

// splitAtLabels appends a cue, cut where labels stand. It returns the name that
// is still without speech.
func splitAtLabels(out []cue, c cue, name string) ([]cue, string) {
	for c.text != "" {
		line, _, _ := strings.Cut(c.text, "\n")
		if label, speech, ok := labelOf(line); ok {
			name = label
			c.dropFront(speech)
			if speech == len(line) {
				continue
			}
		}
		head, rest := c.splitAt(nextLabel(c.text))
		if name != "" {
			head.speaker, head.named = name, true
		}
		out, c, name = append(out, head), rest, ""
	}
	return out, name
}

// nextLabel returns where the first line behind the first begins that has a
// label, and the length of the text where none does.
func nextLabel(text string) int {
	at := 0
	for {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return len(text)
		}
		at += i + 1
		line, _, _ := strings.Cut(text[at:], "\n")
		if _, _, ok := labelOf(line); ok {
			return at
		}
	}
}

// carrySpeakers lets a speaker go on through the cues that name nobody, if the
// source names speakers only where they change: then nearly no name follows
// itself. The sign of a new turn ends it, and a mere sound is nobody's.
func carrySpeakers(cues []cue) {
	named, repeated := 0, 0
	for i := range cues {
		if cues[i].named {
			named++
			if i > 0 && cues[i-1].named && cues[i-1].speaker == cues[i].speaker {
				repeated++
			}
		}
	}
	if named == len(cues) || repeated*10 > named {
		return
	}
	speaker := ""
	for i := range cues {
		c := &cues[i]
		switch {
		case c.named:
			speaker = c.speaker
		case signOfTurn(c.text) > 0:
			speaker = ""
		case !isSound(c.text):
			c.speaker = speaker
		}
	}
}

// isSound reports whether a text is no speech: [applause], (laughs), ♪ la la ♪.
func isSound(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return first == '[' && last == ']' || first == '(' && last == ')' || first == '♪' || first == '♫'
}

// dropFront takes the first n bytes off the text, and the blanks behind them.
func (c *cue) dropFront(n int) {
	n = skipSpace(c.text, n)
	c.text = c.text[n:]
	for i := range c.marks {
		c.marks[i].offset = max(0, c.marks[i].offset-n)
	}
	c.highlight = extent{max(0, c.highlight.from-n), max(0, c.highlight.to-n)}
}

// splitAt cuts a cue into two of the same times, each with the marks inside it.
func (c *cue) splitAt(n int) (head, rest cue) {
	head, rest = *c, *c
	head.text = strings.TrimRightFunc(c.text[:n], unicode.IsSpace)
	i := 0
	for i < len(c.marks) && c.marks[i].offset < n {
		i++
	}
	head.marks, rest.marks = c.marks[:i:i], c.marks[i:]
	head.highlight.to = min(head.highlight.to, len(head.text))
	rest.headings = nil
	rest.dropFront(n)
	return head, rest
}
