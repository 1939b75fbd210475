package timing

import (
	"math"
	"unicode"

	"hearsay/server/transcript"
)

// Speaking rates in characters a second. Interviews in Latin script run at 12
// to 17; outside the plausible range a text does not belong to that stretch of
// audio as a whole.
const (
	usualRate   = 14.0
	slowestRate = 9.0
	fastestRate = 20.0
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
// time nor a duration that fits the text, the timing is none.
//
// Between two known times the text is spread by its length. Outside them it
// runs at the rate measured between them, else at 14 characters a second. If
// what lies outside would fill the audio to its end at a plausible rate, the end
// serves as a soft point; nothing is stretched beyond that.
func Estimate(segments []transcript.Segment, duration transcript.Ms) []transcript.Segment {
	out := append([]transcript.Segment(nil), segments...)
	starts, total := places(out)
	points := knownPoints(out, starts)
	line := newRuler(points, total, duration)
	for i := range out {
		s := &out[i]
		if s.StartMs.Known() && s.Timing != transcript.Estimated {
			continue
		}
		s.StartMs, s.PlusMinusMs, s.Timing = transcript.Unknown, 0, transcript.None
		if ms, pm, ok := line.at(starts[i]); ok {
			s.StartMs, s.PlusMinusMs, s.Timing = transcript.Ms(ms), transcript.Ms(pm), transcript.Estimated
		}
	}
	closeLast(out, line, total)
	return out
}

// closeLast gives an estimated last line an end, worked out like its start: no
// next line ends it, and it must not seem to last to the end of the audio.
func closeLast(out []transcript.Segment, line ruler, total float64) {
	if len(out) == 0 {
		return
	}
	s := &out[len(out)-1]
	if ms, _, ok := line.at(total); ok && s.Timing == transcript.Estimated && !s.EndMs.Known() {
		s.EndMs = max(s.StartMs, transcript.Ms(ms))
	}
}

// places returns where each segment begins, in characters, and the length of
// the whole.
func places(segments []transcript.Segment) (starts []float64, total float64) {
	starts = make([]float64, len(segments))
	for i, s := range segments {
		starts[i] = total
		total += spoken(s.Text) + pause
		if i+1 < len(segments) && segments[i+1].Speaker != s.Speaker {
			total += turnPause
		}
	}
	return starts, total
}

// A sentence end and a change of speaker take time that no letter stands for.
const (
	pause     = 3.0 // characters
	turnPause = 3.0
)

// spoken is the length of text in characters, where one of a script that writes
// syllables or words counts as the three letters it takes as long as.
func spoken(text string) float64 {
	n := 0.0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hangul):
			n += 3
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			n += 2
		case !unicode.Is(unicode.Mn, r):
			n++
		}
	}
	return n
}

// knownPoints collects the times that the source states: starts, marks inside
// the text, and ends where nothing else says when the next line begins. They
// rise in both place and time; one that does not is left out.
func knownPoints(segments []transcript.Segment, starts []float64) []point {
	var points []point
	add := func(at float64, ms transcript.Ms) {
		if n := len(points); n == 0 || at > points[n-1].at && float64(ms) >= points[n-1].ms {
			points = append(points, point{at: at, ms: float64(ms)})
		}
	}
	for i, s := range segments {
		known := s.StartMs.Known() && s.Timing != transcript.Estimated
		if known {
			add(starts[i], s.StartMs)
		}
		place, from := starts[i], 0
		for j, span := range transcript.AnchorBytes(s) {
			place, from = place+spoken(s.Text[from:span[0]]), span[0]
			add(place, s.Anchors[j].AtMs)
		}
		open := i+1 < len(segments) && !segments[i+1].StartMs.Known()
		if s.EndMs.Known() && open {
			add(starts[i]+spoken(s.Text), s.EndMs)
		}
	}
	return points
}

// ruler reads times off the text.
type ruler struct {
	points   []point
	rate     float64 // characters a second outside the points
	measured bool    // rate was measured, not assumed
	duration float64 // ms; +Inf if unknown
}

func newRuler(points []point, total float64, duration transcript.Ms) ruler {
	r := ruler{points: points, rate: usualRate, duration: math.Inf(1)}
	if n := len(points); n > 1 {
		chars, ms := points[n-1].at-points[0].at, points[n-1].ms-points[0].ms
		if rate := chars / ms * 1000; ms > 0 && rate >= slowestRate/3 && rate <= fastestRate {
			r.rate, r.measured = rate, true
		}
	}
	if duration.Known() {
		r.duration = float64(duration)
		r.points = withEnds(points, total, r.duration)
	}
	return r
}

// withEnds adds the audio's ends as soft points where the text that lies
// towards them fits at a plausible rate.
func withEnds(points []point, total, duration float64) []point {
	first, last := point{at: 0, ms: 0}, point{at: total, ms: duration}
	first.soft = math.Min(softShare*duration, maxSoft)
	last.soft = first.soft
	if len(points) == 0 {
		if fits(first, last) {
			return []point{first, last}
		}
		return points
	}
	if total/duration*1000 < slowestRate || total/duration*1000 > fastestRate {
		return points
	}
	if fits(first, points[0]) {
		points = append([]point{first}, points...)
	}
	if fits(points[len(points)-1], last) {
		points = append(points, last)
	}
	return points
}

// How far the first and the last word may lie from the audio's ends: jingles,
// titles, thanks.
const (
	softShare = 0.04
	maxSoft   = 90_000 // ms
)

func fits(a, b point) bool {
	rate := (b.at - a.at) / (b.ms - a.ms) * 1000
	return b.at > a.at && rate >= slowestRate && rate <= fastestRate
}
