package codec

import (
	"slices"
	"strings"
)

// cueReader reads a file of cues line by line. It is led by the timing lines:
// whatever stands between two of them is the text of the first, so that a slip
// costs only itself.
type cueReader struct {
	cues []cue
	report
	number int      // of the line, from 1
	open   bool     // a cue has begun
	cue    cue      // the one that is open
	body   []string // lines since its times, without blanks at their ends
	index  int64    // number of the last cue, where they are numbered

	vtt    bool // there are blocks that are no cues, and names of cues
	blocks vttBlocks
}

// read reads a whole source.
func (r *cueReader) read(src string) {
	blank := true
	for line := range strings.SplitSeq(src, "\n") {
		r.number++
		line = strings.TrimSpace(line)
		r.readLine(line, blank)
		blank = line == ""
	}
	r.blocks.end()
	r.endCue(r.body)
}

func (r *cueReader) readLine(line string, afterBlank bool) {
	if t, ok := parseTimingLine(line); ok {
		r.blocks.end()
		r.endCue(r.withoutID())
		r.begin(t)
		return
	}
	switch {
	case line == "":
		r.blocks.end()
		r.body = append(r.body, line)
	case r.blocks.kind != "":
		r.blocks.add(line)
	case r.vtt && afterBlank && r.blocks.begin(line):
	default:
		r.body = append(r.body, line)
	}
}

// begin opens a cue.
func (r *cueReader) begin(t timingLine) {
	if t.problem != "" {
		r.add(r.number, t.problem)
	}
	r.open = true
	r.cue = cue{line: r.number, startMs: t.startMs, endMs: t.endMs}
	r.blocks.comments.read(t.rest)
	r.blocks.comments.moveTo(&r.cue)
}

// withoutID returns the lines of the open cue without the one that names the
// next: a number behind a blank line, or the number that comes next; in WebVTT
// any line between a blank one and the times.
func (r *cueReader) withoutID() []string {
	n := len(r.body)
	if n == 0 || r.body[n-1] == "" {
		return r.body
	}
	afterBlank := n == 1 && !r.open || n > 1 && r.body[n-2] == ""
	index, isNumber := digits(r.body[n-1], 9)
	if isNumber && (afterBlank || index == r.index+1) {
		r.index = index
		return r.body[:n-1]
	}
	if r.vtt && afterBlank {
		return r.body[:n-1]
	}
	return r.body
}

// endCue keeps the open cue, one for each voice in it.
func (r *cueReader) endCue(body []string) {
	defer func() { r.body, r.open = r.body[:0], false }()
	text := r.join(body)
	if !r.open {
		if text != "" {
			r.add(1, "text before the first time: left out")
		}
		return
	}
	before := len(r.cues)
	r.cues = appendCues(r.cues, r.cue, text, &r.report)
	if len(r.cues) == before {
		r.add(r.cue.line, "no text: left out")
	}
}

// join returns the lines that are not blank as one text, and reports blank ones
// between them.
func (r *cueReader) join(body []string) string {
	for len(body) > 0 && body[len(body)-1] == "" {
		body = body[:len(body)-1]
	}
	for len(body) > 0 && body[0] == "" {
		body = body[1:]
	}
	switch len(body) {
	case 0:
		return ""
	case 1:
		return body[0]
	}
	if r.open && slices.Contains(body, "") {
		r.add(r.cue.line, "blank line inside the text: read on")
	}
	return strings.Join(slices.DeleteFunc(body, func(s string) bool { return s == "" }), "\n")
}
