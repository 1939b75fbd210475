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
	for at := 0; at < len(c.text); {
		line, _, _ := strings.Cut(c.text[at:], "\n")
		if label, speech, ok := labelOf(line); ok {
			name = label
			at = skipSpace(c.text, at+speech)
			if speech == len(line) {
				continue
			}
		}
		end := nextLabel(c.text, at)
		part := c.takePart(at, end)
		if name != "" {
			part.speaker, part.named = name, true
		}
		out, at, name = append(out, part), end, ""
	}
	return out, name
}

// nextLabel returns where the first line behind that at i begins that has a
// label, and the length of the text where none does.
func nextLabel(text string, i int) int {
	for {
		n := strings.IndexByte(text[i:], '\n')
		if n < 0 {
			return len(text)
		}
		i += n + 1
		line, _, _ := strings.Cut(text[i:], "\n")
		if _, _, ok := labelOf(line); ok {
			return i
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

// takePart returns a cue of the same times with a range of the text, and takes
// the marks up to its end away from c.
func (c *cue) takePart(from, to int) cue {
	part := *c
	part.text = strings.TrimRightFunc(c.text[from:to], unicode.IsSpace)
	n := 0
	for n < len(c.marks) && (c.marks[n].offset < to || to == len(c.text)) {
		c.marks[n].offset = max(0, c.marks[n].offset-from)
		n++
	}
	part.marks, c.marks, c.headings = c.marks[:n], c.marks[n:], nil
	part.highlight.from = max(0, c.highlight.from-from)
	part.highlight.to = min(max(0, c.highlight.to-from), len(part.text))
	return part
}
