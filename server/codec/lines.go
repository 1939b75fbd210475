package codec

import (
	"regexp"
	"strings"

	"hearsay/server/transcript"
)

// lines is text without any turns, one segment a line; a time at the head of a
// line is its start. Any text could be that, so it is read only when asked for.
var lines = Format{
	Name:   "lines",
	Sniff:  func(string) bool { return false },
	Decode: decodeLines,
}

// leadingTime is a time at the head of a line: [00:02:11], (2:11), 02:11.5 -
var leadingTime = regexp.MustCompile(`^[\[(]?(\d{1,3}(?::\d{1,2}){1,2}(?:[.,]\d{1,9})?)(?:[\])]|\s|$)\s*(?:[-–—]\s+)?`)

func decodeLines(src string) (transcript.Transcript, error) {
	var t transcript.Transcript
	for line := range strings.SplitSeq(src, "\n") {
		s := transcript.Segment{StartMs: transcript.Unknown, EndMs: transcript.Unknown, Text: strings.TrimSpace(line)}
		if m := leadingTime.FindStringSubmatch(s.Text); m != nil {
			if ms, ok := parseClock(m[1]); ok {
				s.StartMs, s.Text = ms, s.Text[len(m[0]):]
			}
		}
		if s.Text != "" {
			t.Segments = append(t.Segments, s)
		}
	}
	if len(t.Segments) == 0 {
		return transcript.Transcript{}, &Error{Format: "lines", Text: "there is no line with text in it: give one line for each segment"}
	}
	return t, nil
}
