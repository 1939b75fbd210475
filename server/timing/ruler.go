package timing

import (
	"math"
	"sort"

	"hearsay/server/transcript"
)

// Speaking rates in characters a second, the rests included. Talks run at 14 to
// 21; outside the plausible range a text does not belong to that stretch of
// audio as a whole.
const (
	usualRate   = 17.0
	slowestRate = 11.0
	fastestRate = 25.0
)

// How an estimate goes wrong, measured on some three hundred timed talks (see
// docs/benchmarks.md): between two known times the error grows with the square
// root of the distance, as that of a random walk does; outside them it grows in
// proportion, because the rate itself is off. How far it walks differs by a
// factor of five from a practised reader to people who interrupt each other, so
// it is measured between the known times of this very text.
const (
	leastError  = 250.0  // ms, of any estimate: a hand on a key
	wholeSecond = 1000.0 // ms, where all known times are whole seconds
	usualWalk   = 44.0   // ms of error a √ms of distance
	drift       = 0.03   // of the distance, on top: a rate that is off stays off for a while
	walkSpread  = 1.6    // of the spread of the stretches, for nine lines of ten
	walkWeight  = 4.0    // stretches that the usual walk counts for
	walkMost    = 2.0    // of the usual walk: more is music, not speech
	assumedSlip = 0.37   // of the distance, at the usual rate
	leastSlip   = 0.05   // of the distance, at any rate measured in this text
	softSlip    = 0.08   // of the distance, where only the audio's end holds the other side
)

// How far the first and the last word may lie from the audio's ends: jingles,
// titles, thanks.
const (
	softShare = 0.04
	maxSoft   = 90_000 // ms
)

// ruler reads times off the text.
type ruler struct {
	points   []point
	rate     float64 // characters a second outside the points
	measured bool    // rate was measured, not assumed
	slip     float64 // how far off the rate may be, as a share
	walk     float64 // ms a √ms
	least    float64 // ms
	duration float64 // ms; +Inf if unknown
}

func newRuler(points []point, total float64, duration transcript.Ms) ruler {
	r := ruler{points: points, rate: usualRate, slip: assumedSlip, walk: usualWalk, least: wholeSecond, duration: math.Inf(1)}
	r.measure()
	if duration.Known() {
		r.duration = float64(duration)
		r.points = r.withEnds(total)
	}
	return r
}

// measure takes the rate and how much it wanders from the stretches between the
// points, as far as they hold text.
func (r *ruler) measure() {
	chars, ms := 0.0, 0.0
	r.stretches(func(c, m float64) { chars, ms = chars+c, ms+m })
	for _, p := range r.points {
		if math.Mod(p.ms, 1000) != 0 {
			r.least = leastError
		}
	}
	rate := chars / ms * 1000
	if ms == 0 || rate < slowestRate/3 || rate > fastestRate {
		return
	}
	most := walkMost * usualWalk
	n, squares := walkWeight, walkWeight*usualWalk*usualWalk
	r.stretches(func(c, m float64) {
		off := math.Min(most, walkSpread*math.Abs(m-c/rate*1000)/math.Sqrt(m))
		n, squares = n+1, squares+off*off
	})
	r.rate, r.measured, r.walk = rate, true, math.Sqrt(squares/n)
	r.slip = math.Min(assumedSlip, leastSlip+2*r.walk/math.Sqrt(ms))
}

// stretches calls yield with the characters and the ms between each two points
// with text and time between them.
func (r *ruler) stretches(yield func(chars, ms float64)) {
	for i := 1; i < len(r.points); i++ {
		a, b := r.points[i-1], r.points[i]
		if b.at-a.at > pause && b.ms > a.ms {
			yield(b.at-a.at, b.ms-a.ms)
		}
	}
}

// withEnds returns the points, and the audio's ends as soft ones where the text
// that lies towards them fits.
func (r *ruler) withEnds(total float64) []point {
	points := r.points
	soft := math.Min(softShare*r.duration, maxSoft)
	first, last := point{soft: soft}, point{at: total, ms: r.duration, soft: soft}
	if len(points) == 0 {
		if fits(first, last) {
			return []point{first, last}
		}
		return points
	}
	if rate := total / r.duration * 1000; rate < slowestRate || rate > fastestRate {
		return points
	}
	if p := points[0]; fits(first, p) && r.agrees(p, &first) {
		points = append([]point{first}, points...)
	}
	if p := points[len(points)-1]; fits(p, last) && r.agrees(p, &last) {
		points = append(points, last)
	}
	return points
}

// agrees reports whether an end of the audio lies where the rate measured puts
// it, seen from p, and takes it for no surer than that rate.
func (r *ruler) agrees(p point, end *point) bool {
	if !r.measured {
		return true
	}
	ms, plusMinus := r.outside(p, end.at)
	end.soft = math.Min(end.soft, plusMinus)
	return math.Abs(ms-end.ms) <= plusMinus
}

func fits(a, b point) bool {
	rate := (b.at - a.at) / (b.ms - a.ms) * 1000
	return b.at > a.at && rate >= slowestRate && rate <= fastestRate
}

// at returns the time of a place in the text and its ±, both in ms.
func (r ruler) at(place float64) (ms, plusMinus float64, ok bool) {
	n := len(r.points)
	if n == 0 {
		return 0, 0, false
	}
	i := sort.Search(n, func(i int) bool { return r.points[i].at > place })
	switch {
	case i == 0:
		ms, plusMinus = r.outside(r.points[0], place)
	case i == n:
		ms, plusMinus = r.outside(r.points[n-1], place)
	default:
		ms, plusMinus = r.between(r.points[i-1], r.points[i], place)
	}
	return ms, plusMinus, true
}

// between reads a time between two points.
func (r ruler) between(a, b point, place float64) (ms, plusMinus float64) {
	share := (place - a.at) / (b.at - a.at)
	length := b.ms - a.ms
	distance := length * share * (1 - share)
	// Where the text is far too short for the time there is a silence, music or
	// words that were not written down, and nobody knows where.
	idle := math.Max(0, length-(b.at-a.at)/slowestRate*1000)
	plusMinus = r.least + r.walk*math.Sqrt(distance) + drift*distance + idle*math.Min(share, 1-share)
	plusMinus += a.soft*(1-share) + b.soft*share + softSlip*slack(a, b, share*length, length)
	// It cannot be further off than the points are.
	return a.ms + share*length, math.Min(plusMinus, math.Max(share, 1-share)*length+r.least+a.soft+b.soft)
}

// slack is the distance over which a stretch with a soft end may run at another
// rate than its whole: from the known end, else from the nearer one.
func slack(a, b point, done, length float64) float64 {
	switch {
	case a.soft > 0 && b.soft > 0:
		return math.Min(done, length-done)
	case b.soft > 0:
		return done
	case a.soft > 0:
		return length - done
	}
	return 0
}

// outside reads a time before the first point or after the last. It stays
// inside the audio.
func (r ruler) outside(p point, place float64) (ms, plusMinus float64) {
	distance := (place - p.at) / r.rate * 1000
	ms = p.ms + distance
	if place < p.at {
		// The text before the first time must fit before it.
		ms = math.Max(ms, p.ms*place/p.at)
	}
	ms = math.Min(ms, math.Max(p.ms, r.duration))
	distance = math.Abs(distance)
	return ms, r.least + r.walk*math.Sqrt(distance) + r.slip*distance + p.soft
}
