package timing

import (
	"math"
	"sort"
)

// How an estimate goes wrong, measured on some hundred timed interviews in ten
// languages (see docs/benchmarks.md): between two known times the error grows
// with the square root of the distance, as that of a random walk does; outside
// them it grows in proportion, because the rate itself is off.
const (
	leastError   = 800.0 // ms, of any estimate
	walk         = 48.0  // ms of error a √ms of distance
	measuredSlip = 0.22  // of the distance, at a rate measured in this text
	assumedSlip  = 0.33  // of the distance, at the usual rate
	softSlip     = 0.08  // of the distance, where only the audio's end holds the other side
)

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
		ms, plusMinus = between(r.points[i-1], r.points[i], place)
	}
	return ms, plusMinus, true
}

// between reads a time between two points.
func between(a, b point, place float64) (ms, plusMinus float64) {
	share := (place - a.at) / (b.at - a.at)
	length := b.ms - a.ms
	distance := length * share * (1 - share)
	// Where the text is far too short for the time there is a silence, music or
	// words that were not written down, and nobody knows where.
	idle := math.Max(0, length-(b.at-a.at)/slowestRate*1000)
	plusMinus = leastError + walk*math.Sqrt(distance) + idle*math.Min(share, 1-share)
	plusMinus += a.soft*(1-share) + b.soft*share + softSlip*slack(a, b, share*length, length)
	return a.ms + share*length, math.Min(plusMinus, math.Max(share, 1-share)*length+leastError)
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
	slip := assumedSlip
	if r.measured {
		slip = measuredSlip
	}
	distance := (place - p.at) / r.rate * 1000
	ms = p.ms + distance
	if place < p.at {
		// The text before the first time must fit before it.
		ms = math.Max(ms, p.ms*place/p.at)
	}
	ms = math.Min(ms, r.duration)
	distance = math.Abs(distance)
	return ms, leastError + walk*math.Sqrt(distance) + slip*distance + p.soft
}
