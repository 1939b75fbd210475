package codec

import (
	"strconv"
	"strings"

	"hearsay/server/transcript"
)

// comments are what Encode writes into comments, and Decode reads back, about
// the cue that comes next.
type comments struct {
	timing      transcript.Timing
	plusMinusMs transcript.Ms
	endUnknown  bool
	headings    []string
}

// moveTo hands what was said to the cue that it was said about.
func (c *comments) moveTo(to *cue) {
	to.timing, to.plusMinusMs, to.headings = c.timing, c.plusMinusMs, c.headings
	if c.endUnknown {
		to.endMs = transcript.Unknown
	}
	*c = comments{}
}

// read takes in what stands in a comment about times: "estimated ± 1500 ms",
// "aligned", "end unknown", or two of them with a comma. It reports whether the
// comment was one of these.
func (c *comments) read(comment string) bool {
	said := *c
	for clause := range strings.SplitSeq(comment, ", ") {
		switch {
		case clause == vttEndUnknown:
			said.endUnknown = true
		case clause == string(transcript.Aligned):
			said.timing = transcript.Aligned
		default:
			ms, ok := parseEstimate(clause)
			if !ok {
				return false
			}
			said.timing, said.plusMinusMs = transcript.Estimated, ms
		}
	}
	*c = said
	return true
}

// parseEstimate reads "estimated" or "estimated ± 1500 ms".
func parseEstimate(s string) (transcript.Ms, bool) {
	rest, ok := strings.CutPrefix(s, string(transcript.Estimated))
	if !ok || rest == "" {
		return 0, ok
	}
	number, ok := strings.CutPrefix(rest, " ± ")
	number, ok2 := strings.CutSuffix(number, " ms")
	ms, ok3 := digits(number, 12)
	return transcript.Ms(ms), ok && ok2 && ok3
}

// timingClauses writes what parseEstimate and comments.read read, nothing for a
// start that is exact.
func timingClauses(s transcript.Segment) []string {
	switch {
	case s.Timing == transcript.Aligned:
		return []string{string(transcript.Aligned)}
	case s.Timing == transcript.Estimated && s.PlusMinusMs > 0:
		return []string{"estimated ± " + strconv.FormatInt(int64(s.PlusMinusMs), 10) + " ms"}
	case s.Timing == transcript.Estimated:
		return []string{string(transcript.Estimated)}
	}
	return nil
}

// nearMs is how far outside its cue a mark in the text may be.
const nearMs = transcript.Ms(2000)

// anchorsOf finds the marks in the text of a cue. One that contradicts the times
// of the cue is reported, and is text like any other.
func anchorsOf(c *cue, r *report) []transcript.Anchor {
	var anchors []transcript.Anchor
	for _, f := range marksIn(c.text) {
		at := f.stamp.atMs
		if c.startMs.Known() && at < c.startMs-nearMs || c.endMs.Known() && at > c.endMs+nearMs {
			r.add(c.line, contradiction(f.stamp))
			continue
		}
		anchors = append(anchors, f.anchor)
	}
	return anchors
}

// lastLineMs is how long the last line is shown where its end is unknown.
const lastLineMs = transcript.Ms(4000)

// endsOf returns the ends to write in a format that needs one behind each
// start: a known one, else the next start, else one made up. An end stands
// behind the times of the words.
func endsOf(segments []transcript.Segment) []transcript.Ms {
	ends := make([]transcript.Ms, len(segments))
	next := transcript.Unknown // the first start behind that of segment i
	for i := len(segments) - 1; i >= 0; i-- {
		s := segments[i]
		if i+1 < len(segments) && segments[i+1].StartMs > s.StartMs {
			next = segments[i+1].StartMs
		}
		switch {
		case s.EndMs > s.StartMs:
			ends[i] = s.EndMs
			continue
		case next.Known():
			ends[i] = next
		default:
			ends[i] = s.StartMs + lastLineMs
		}
		for _, w := range s.Words {
			ends[i] = max(ends[i], w.StartMs+1, w.EndMs+1)
		}
	}
	return ends
}
