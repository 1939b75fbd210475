package timing

import (
	"hearsay/server/transcript"
)

// MaxLit is the ± above which nothing may be lit.
const MaxLit transcript.Ms = 30_000

// point ties a place in the text to a time.
type point struct {
	at   float64 // characters from the start of the text
	ms   float64
	soft float64 // how far off it may itself be, in ms; 0 for a known time
}

// Estimate returns the segments with a start worked out for each that has
// none, Timing estimated and PlusMinusMs true for at least 90 % of such lines.
// duration is that of the audio, or Unknown. Where there is neither a known
// time nor a duration that fits the text, the timing is none; so it is for
// lines that are not spoken.
//
// Between two known times the text is spread by its length. Outside them it
// runs at the rate measured between them, else at 17 characters a second. If
// what lies outside would fill the audio to its end at a plausible rate, the end
// serves as a soft point; nothing is stretched beyond that.
//
// A start that an earlier call worked out is worked out anew, so that starts
// may be set and Estimate called again. An end is taken for a fact: call
// [Reopen] first if an earlier call gave the last line its end.
func Estimate(segments []transcript.Segment, duration transcript.Ms) []transcript.Segment {
	out := append([]transcript.Segment(nil), segments...)
	starts, total := places(out, restOf(out))
	line := newRuler(knownPoints(out, starts), total, duration)
	for i := range out {
		s := &out[i]
		if isKnown(*s) {
			continue
		}
		s.StartMs, s.PlusMinusMs, s.Timing = transcript.Unknown, 0, transcript.None
		if s.Unspoken {
			s.EndMs = transcript.Unknown
		} else if ms, pm, ok := line.at(starts[i]); ok {
			s.StartMs, s.PlusMinusMs, s.Timing = transcript.Ms(ms), transcript.Ms(pm), transcript.Estimated
		}
	}
	closeLast(out, line, total)
	return out
}

// closeLast gives an estimated last line an end, worked out like its start,
// unless its end is known: no next line ends it, and it must not seem to last to
// the end of the audio.
func closeLast(out []transcript.Segment, line ruler, total float64) {
	s := lastSpoken(out)
	if s == nil || s.Timing != transcript.Estimated || s.EndMs.Known() {
		return
	}
	if ms, _, ok := line.at(total); ok {
		s.EndMs = max(s.StartMs, transcript.Ms(ms))
	}
}

// Reopen takes away the end of an estimated last line, which Estimate worked
// out. Ends that a person set are to be put in place behind it.
func Reopen(segments []transcript.Segment) {
	if s := lastSpoken(segments); s != nil && s.Timing == transcript.Estimated {
		s.EndMs = transcript.Unknown
	}
}

func lastSpoken(segments []transcript.Segment) *transcript.Segment {
	for i := len(segments) - 1; i >= 0; i-- {
		if !segments[i].Unspoken {
			return &segments[i]
		}
	}
	return nil
}

// places returns where each segment begins, in characters, and the length of
// the whole, with a rest behind each line. A line that is not spoken takes no
// room.
func places(segments []transcript.Segment, rest float64) (starts []float64, total float64) {
	starts = make([]float64, len(segments))
	for i, s := range segments {
		starts[i] = total
		if !s.Unspoken {
			n, _ := length(s)
			total += n + rest
		}
	}
	return starts, total
}

// knownPoints collects the times that are known, rising in both place and time.
// Starts come first. A mark inside the text, or an end, that contradicts them
// or the mark before it is left out.
func knownPoints(segments []transcript.Segment, starts []float64) []point {
	sure := knownStarts(segments, starts)
	points := make([]point, 0, len(sure))
	for _, m := range knownMarks(segments, starts) {
		for len(sure) > 0 && sure[0].at <= m.at {
			points, sure = append(points, sure[0]), sure[1:]
		}
		behind := len(points) == 0 || m.at > points[len(points)-1].at && m.ms >= points[len(points)-1].ms
		if behind && (len(sure) == 0 || m.ms <= sure[0].ms) {
			points = append(points, m)
		}
	}
	return append(points, sure...)
}

// knownStarts are the starts that the source states or a person set. One before
// the start of the line before it is left out.
func knownStarts(segments []transcript.Segment, starts []float64) []point {
	var points []point
	for i, s := range segments {
		if n := len(points); isKnown(s) && (n == 0 || float64(s.StartMs) >= points[n-1].ms) {
			points = append(points, point{at: starts[i], ms: float64(s.StartMs)})
		}
	}
	return points
}

// knownMarks are the times inside the lines, and at their ends where a guess
// meets them, in order of place. Between a known end and the known start behind
// it there is no text: music, an ad.
func knownMarks(segments []transcript.Segment, starts []float64) []point {
	var points []point
	for i, s := range segments {
		if s.Unspoken {
			continue
		}
		n, anchors := length(s)
		for k, place := range anchors {
			points = append(points, point{at: starts[i] + place, ms: float64(s.Anchors[k].AtMs)})
		}
		bounded := isKnown(s) && i+1 < len(segments) && isKnown(segments[i+1])
		if s.EndMs.Known() && !bounded {
			points = append(points, point{at: starts[i] + n, ms: float64(s.EndMs)})
		}
	}
	return points
}

// isKnown reports whether a segment's start is known, not worked out before.
func isKnown(s transcript.Segment) bool {
	return s.IsSure() && !s.Unspoken
}
