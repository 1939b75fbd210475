package codec

import (
	"strings"

	"hearsay/server/transcript"
)

// What the formats made of captions share: a cue, how its lines are found, and
// how cues become segments.

// cue is a caption as its source marks it off.
type cue struct {
	line           int // of its times
	startMs, endMs transcript.Ms
	text           string
	speaker        string // a name, "" if nobody is named
	named          bool   // the source says who speaks, even if that is nobody
	marks          []mark // times inside the text, ascending
	highlight      extent // the bytes of text inside <u>, see foldHighlights
	timing         transcript.Timing
	plusMinusMs    transcript.Ms
	unspoken       bool
	headings       []string // of chapters that begin here
	paragraph      bool     // its source ends a paragraph after it
}

// mark is a time inside a text: what stands from offset (in bytes) on is spoken
// then.
type mark struct {
	offset int
	ms     transcript.Ms
}

// extent is a half-open range of bytes.
type extent struct{ from, to int }

// timingLine is what a line such as 00:01.000 --> 00:02.000 says.
type timingLine struct {
	startMs, endMs transcript.Ms
	rest           string // behind the times
	problem        string
}

// parseTimingLine reads the line before the text of a cue. What follows the
// second time is mostly settings of a place on a screen. A time that
// cannot be read is Unknown; a line with an arrow but nothing that looks like a
// time on either side is text.
func parseTimingLine(line string) (timingLine, bool) {
	left, right, ok := strings.Cut(line, "-->")
	if !ok {
		return timingLine{}, false
	}
	left, rest := strings.TrimSpace(left), strings.TrimSpace(right)
	right = firstField(rest)
	start, startOK := parseCueTime(left)
	end, endOK := parseCueTime(right)
	if !timeShaped(left) && (left != "" || !endOK) {
		return timingLine{}, false
	}
	t := timingLine{startMs: start, endMs: end, rest: strings.TrimSpace(rest[len(right):])}
	switch {
	case !startOK:
		t.startMs, t.problem = transcript.Unknown, "start cannot be read: left open"
	case !endOK:
		t.problem = "end cannot be read: left open"
	case end < start:
		endOK, t.problem = false, "end before start: end dropped"
	case end == start:
		endOK, t.problem = false, "end is start: end dropped"
	}
	if !endOK {
		t.endMs = transcript.Unknown
	}
	return t, true
}

// parseCueTime reads a clock time. A fraction of 1000 is what rounding up
// leaves behind in some tools: a full second.
func parseCueTime(s string) (transcript.Ms, bool) {
	if len(s) > 40 || !strings.Contains(s, ":") {
		return 0, false
	}
	n := len(s)
	if n > 5 && s[n-4:] == "1000" && (s[n-5] == ',' || s[n-5] == '.') {
		ms, ok := parseClock(s[:n-5])
		return ms + 1000, ok
	}
	return parseClock(s)
}

// timeShaped reports whether s is a time, or was meant to be one: 00:00:01.000,
// NaN:NaN:NaN,NaN.
func timeShaped(s string) bool {
	return strings.Contains(s, ":") && strings.Trim(s, "0123456789:.,-+Na") == ""
}

// firstField returns the first word of s.
func firstField(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, " \t\u00a0"); i >= 0 {
		return s[:i]
	}
	return s
}

// hasTimingLine reports whether a timing line stands among the first lines, and
// returns it with the line before it.
func hasTimingLine(src string) (before, line string, ok bool) {
	const look = 200
	n := 0
	for line := range strings.SplitSeq(src, "\n") {
		line = strings.TrimSpace(line)
		if _, ok := parseTimingLine(line); ok {
			return before, line, true
		}
		if n++; n > look {
			break
		}
		before = line
	}
	return "", "", false
}

// transcriptOf makes segments of cues. Unless they are literal, written by this
// package, what captions do to speech is undone first: speakers are found and
// carried on, and repetition is folded into lines with words. Nothing is folded
// in a file that says of a cue that it is not spoken: its cues are lines.
func transcriptOf(cues []cue, literal bool, r *report) transcript.Transcript {
	folded := !literal
	for i := range cues {
		if c := &cues[i]; c.unspoken {
			c.startMs, c.endMs, folded = transcript.Unknown, transcript.Unknown, false
		}
	}
	if !literal {
		cues = findLabels(cues)
	}
	sortByStart(cues, func(c *cue) transcript.Ms { return c.startMs }, r)
	if !literal {
		carrySpeakers(cues)
	}
	if folded {
		cues = foldHighlights(cues)
		cues = foldRolling(cues)
		cues = foldWords(cues)
	}
	t := transcript.Transcript{Segments: make([]transcript.Segment, 0, len(cues))}
	var people cast
	for i := range cues {
		c := &cues[i]
		t.Segments = append(t.Segments, transcript.Segment{
			StartMs: c.startMs, EndMs: c.endMs, Speaker: people.id(c.speaker), Text: c.text,
			Timing: c.timing, PlusMinusMs: c.plusMinusMs, Words: wordsOf(c), Anchors: anchorsOf(c, r), Unspoken: c.unspoken,
		})
	}
	transcript.AssignIDs(t.Segments)
	for i, c := range cues {
		for _, title := range c.headings {
			t.Chapters = append(t.Chapters, transcript.Chapter{
				StartMs: transcript.Unknown, Title: title, Segment: t.Segments[i].ID,
			})
		}
	}
	t.Speakers = people.speakers
	return t
}
