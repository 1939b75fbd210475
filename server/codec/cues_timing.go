package codec

import (
	"strconv"
	"strings"

	"hearsay/server/transcript"
)

// comments are what Encode writes where no player shows it, and Decode reads
// back, about a cue: into the comment before it, or behind its times.
type comments struct {
	timing      transcript.Timing
	plusMinusMs transcript.Ms
	endUnknown  bool
	nobody      bool
	notSpoken   bool
	headings    []string
}

// moveTo hands what was said to the cue that it was said about.
func (c *comments) moveTo(to *cue) {
	to.timing, to.plusMinusMs, to.headings = c.timing, c.plusMinusMs, c.headings
	to.named, to.unspoken = c.nobody, c.notSpoken
	if c.endUnknown {
		to.endMs = transcript.Unknown
	}
	*c = comments{}
}

// The words of a comment, besides those for a guess.
const (
	endUnknown = "end unknown"
	nobody     = "nobody"
	notSpoken  = "not spoken"
)

// read takes in what stands in a comment: "estimated ± 1500 ms", "aligned",
// "end unknown", "nobody", "not spoken", or several with commas. A comment with anything else
// in it is none of ours.
func (c *comments) read(comment string) {
	said := *c
	for clause := range strings.SplitSeq(comment, ", ") {
		switch {
		case clause == endUnknown:
			said.endUnknown = true
		case clause == nobody:
			said.nobody = true
		case clause == notSpoken:
			said.notSpoken = true
		case clause == string(transcript.Aligned):
			said.timing = transcript.Aligned
		default:
			ms, ok := parseEstimate(clause)
			if !ok {
				return
			}
			said.timing, said.plusMinusMs = transcript.Estimated, ms
		}
	}
	*c = said
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

// cueClauses writes what comments.read reads about a segment whose end is
// written as end, nothing where its times are facts.
func cueClauses(s transcript.Segment, end transcript.Ms) []string {
	if s.Unspoken {
		return []string{notSpoken}
	}
	var clauses []string
	switch {
	case s.Timing == transcript.Aligned:
		clauses = append(clauses, string(transcript.Aligned))
	case s.Timing == transcript.Estimated && s.PlusMinusMs > 0:
		clauses = append(clauses, "estimated ± "+strconv.FormatInt(int64(s.PlusMinusMs), 10)+" ms")
	case s.Timing == transcript.Estimated:
		clauses = append(clauses, string(transcript.Estimated))
	}
	if s.EndMs != end {
		clauses = append(clauses, endUnknown)
	}
	return clauses
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

// cueTimes are what is written for a segment in a format that needs a start and
// an end for each.
type cueTimes struct{ startMs, endMs transcript.Ms }

// cueTimesOf returns the times to write. An end is the known one, else the next
// start, else one made up, and stands behind the times of the words. What is not
// spoken takes a millisecond where the line before it ends, and never stands
// behind the next start.
func cueTimesOf(segments []transcript.Segment) []cueTimes {
	times := make([]cueTimes, len(segments))
	follower := transcript.Unknown // the start of the next segment that is spoken
	next := transcript.Unknown     // the first start behind that of segment i
	for i := len(segments) - 1; i >= 0; i-- {
		s := segments[i]
		if s.Unspoken {
			times[i].startMs = follower
			continue
		}
		if follower > s.StartMs {
			next = follower
		}
		times[i] = cueTimes{s.StartMs, endOf(s, next)}
		follower = s.StartMs
	}
	ended := transcript.Unknown // the end of the line before
	for i, s := range segments {
		if !s.Unspoken {
			ended = times[i].endMs
			continue
		}
		at := times[i].startMs
		if !at.Known() || ended.Known() && ended < at {
			at = max(ended, 0)
		}
		times[i] = cueTimes{at, at + 1}
	}
	return times
}

// endOf returns the end to write of a segment that is spoken; next is the first
// start behind its own.
func endOf(s transcript.Segment, next transcript.Ms) transcript.Ms {
	if s.EndMs > s.StartMs {
		return s.EndMs
	}
	end := next
	if !next.Known() {
		end = s.StartMs + lastLineMs
	}
	for _, w := range s.Words {
		end = max(end, w.StartMs+1, w.EndMs+1)
	}
	return end
}
