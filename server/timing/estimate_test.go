package timing

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

// talk makes a conversation as people hold them: every speaker has a rate that
// wanders, sentences end in pauses, now and then somebody thinks. The figures
// are those of real interviews; see docs/benchmarks.md for the same on real ones.
func talk(seed uint64, rate float64) ([]transcript.Segment, transcript.Ms) {
	r := rand.New(rand.NewPCG(seed, 7))
	var out []transcript.Segment
	at := 2000 + r.Float64()*8000
	drift := 0.0
	for len(out) < 400 {
		speaker := "s" + string(rune('1'+len(out)/3%2))
		length := 20 + int(r.ExpFloat64()*60)
		drift = 0.9*drift + 0.07*r.NormFloat64()
		pace := rate * math.Exp(drift+0.12*r.NormFloat64())
		end := at + float64(length)/pace*1000
		out = append(out, transcript.Segment{
			StartMs: transcript.Ms(at), EndMs: transcript.Ms(end), Speaker: speaker, Timing: transcript.Exact, Text: strings.Repeat("a", length)})
		at = end + 100 + r.ExpFloat64()*350
	}
	return out, transcript.Ms(at + 4000)
}

// hide takes all times away but those that keep names.
func hide(truth []transcript.Segment, keep func(i int) bool) []transcript.Segment {
	out := append([]transcript.Segment(nil), truth...)
	for i := range out {
		out[i].EndMs = transcript.Unknown
		if !keep(i) {
			out[i].StartMs, out[i].Timing = transcript.Unknown, transcript.None
		}
	}
	return out
}

func every(truth []transcript.Segment, ms transcript.Ms) func(int) bool {
	kept := make(map[int]bool)
	next := transcript.Ms(0)
	for i, s := range truth {
		if s.StartMs >= next {
			kept[i], next = true, s.StartMs+ms
		}
	}
	return func(i int) bool { return kept[i] }
}

// The ± has to be true for nine lines of ten, in each of ten talks and more.
func TestPlusMinusIsTrue(t *testing.T) {
	for name, keep := range map[string]func([]transcript.Segment) func(int) bool{
		"one time in 120 s": func(s []transcript.Segment) func(int) bool { return every(s, 120_000) },
		"a single mark":     func(s []transcript.Segment) func(int) bool { return func(i int) bool { return i == len(s)/3 } },
		"the first line":    func([]transcript.Segment) func(int) bool { return func(i int) bool { return i == 0 } },
	} {
		for seed := range uint64(12) {
			truth, duration := talk(seed, 15+float64(seed)*0.5)
			for _, d := range []transcript.Ms{transcript.Unknown, duration} {
				got := Estimate(hide(truth, keep(truth)), d)
				inside, all := 0, 0
				for i, s := range got {
					if s.Timing != transcript.Estimated {
						continue
					}
					all++
					if miss := s.StartMs - truth[i].StartMs; miss <= s.PlusMinusMs && -miss <= s.PlusMinusMs {
						inside++
					}
				}
				if share := float64(inside) / float64(all); share < 0.9 {
					t.Errorf("%s, talk %d, duration %d: the true start lies inside ± for %.0f %% of lines", name, seed, d, share*100)
				}
			}
		}
	}
}

func TestPlusMinusGrowsWithTheDistanceFromWhatIsKnown(t *testing.T) {
	truth, _ := talk(1, 14)
	got := Estimate(hide(truth, func(i int) bool { return i == 200 }), transcript.Unknown)
	for i := 202; i < 400; i++ {
		if got[i].PlusMinusMs < got[i-1].PlusMinusMs {
			t.Fatalf("± of line %d is %d, of the line before %d", i, got[i].PlusMinusMs, got[i-1].PlusMinusMs)
		}
	}
}

// Every case lists segments as start/text length, -1 where nothing is known.
func TestEstimate(t *testing.T) {
	for _, c := range []struct {
		name     string
		starts   []transcript.Ms
		chars    int
		duration transcript.Ms
		want     []transcript.Ms // within 100 ms
	}{
		{"between two known times by length", []transcript.Ms{0, -1, -1, -1, 40_000}, 140, transcript.Unknown, []transcript.Ms{0, 10_000, 20_000, 30_000, 40_000}},
		{"after a single time at 17 characters a second", []transcript.Ms{5000, -1, -1}, 162, transcript.Unknown, []transcript.Ms{5000, 15_000, 25_000}},
		{"before a single time, not before the audio", []transcript.Ms{-1, -1, 12_000}, 162, transcript.Unknown, []transcript.Ms{0, 6000, 12_000}},
		{"after the last at the rate measured", []transcript.Ms{0, 12_000, -1}, 140, transcript.Unknown, []transcript.Ms{0, 12_000, 24_000}},
		{"the whole text over the whole audio", []transcript.Ms{-1, -1, -1, -1}, 162, 40_000, []transcript.Ms{0, 10_000, 20_000, 30_000}},
		{"never stretched over audio that it does not fill", []transcript.Ms{0, -1, -1}, 162, 1_800_000, []transcript.Ms{0, 10_000, 20_000}},
		{"nothing known at all", []transcript.Ms{-1, -1}, 162, transcript.Unknown, []transcript.Ms{-1, -1}},
		{"nothing known, and far too little text", []transcript.Ms{-1, -1}, 162, 1_800_000, []transcript.Ms{-1, -1}},
		{"inside the audio", []transcript.Ms{18_000, -1, -1}, 162, 20_000, []transcript.Ms{18_000, 20_000, 20_000}},
	} {
		var in []transcript.Segment
		for _, start := range c.starts {
			s := transcript.Segment{StartMs: start, EndMs: transcript.Unknown, Text: strings.Repeat("a", c.chars), Timing: transcript.Exact}
			if !start.Known() {
				s.Timing = transcript.None
			}
			in = append(in, s)
		}
		for i, s := range Estimate(in, c.duration) {
			if d := s.StartMs - c.want[i]; d > 100 || d < -100 {
				t.Errorf("%s: line %d starts at %d, want %d", c.name, i, s.StartMs, c.want[i])
			}
			switch {
			case c.starts[i].Known() && (s.Timing != transcript.Exact || s.PlusMinusMs != 0):
				t.Errorf("%s: line %d was known and is %s ± %d", c.name, i, s.Timing, s.PlusMinusMs)
			case !c.starts[i].Known() && c.want[i].Known() && (s.Timing != transcript.Estimated || s.PlusMinusMs <= 0):
				t.Errorf("%s: line %d is %s ± %d", c.name, i, s.Timing, s.PlusMinusMs)
			case !c.want[i].Known() && (s.Timing != transcript.None || s.PlusMinusMs != 0):
				t.Errorf("%s: line %d is %s ± %d", c.name, i, s.Timing, s.PlusMinusMs)
			}
		}
	}
}

func TestAnEstimatedLastLineEnds(t *testing.T) {
	got := Estimate([]transcript.Segment{
		{StartMs: 0, EndMs: transcript.Unknown, Text: strings.Repeat("a", 162), Timing: transcript.Exact},
		{StartMs: transcript.Unknown, EndMs: transcript.Unknown, Text: strings.Repeat("a", 162), Timing: transcript.None},
	}, 1_800_000)
	if d := got[1].EndMs - 20_000; d < -100 || d > 100 {
		t.Errorf("the last line ends at %d, want 20000", got[1].EndMs)
	}
	if got[0].EndMs.Known() {
		t.Errorf("the first line ends at %d, and nobody knows when", got[0].EndMs)
	}
}

func TestAnchorsInsideTheTextAreKnownTimes(t *testing.T) {
	text := strings.Repeat("a", 340)
	got := Estimate([]transcript.Segment{
		{StartMs: transcript.Unknown, EndMs: transcript.Unknown, Text: text, Timing: transcript.None, Anchors: []transcript.Anchor{{AtMs: 30_000, From: 170, To: 170}}},
		{StartMs: transcript.Unknown, EndMs: transcript.Unknown, Text: text, Timing: transcript.None},
	}, transcript.Unknown)
	if d := got[0].StartMs - 20_000; d < -100 || d > 100 {
		t.Errorf("the first line starts at %d, want 20000", got[0].StartMs)
	}
	if d := got[1].StartMs - 40_471; d < -100 || d > 100 {
		t.Errorf("the second line starts at %d, want 40471", got[1].StartMs)
	}
}

func TestStartsNeverFall(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 500 {
		var in []transcript.Segment
		at := transcript.Ms(0)
		for range 1 + r.IntN(30) {
			s := transcript.Segment{StartMs: transcript.Unknown, EndMs: transcript.Unknown, Timing: transcript.None, Text: strings.Repeat("a", r.IntN(300))}
			at += transcript.Ms(r.IntN(30_000))
			if r.IntN(3) == 0 {
				s.StartMs, s.Timing = at, transcript.Exact
			}
			in = append(in, s)
		}
		duration := transcript.Unknown
		if r.IntN(2) == 0 {
			duration = at + transcript.Ms(r.IntN(100_000))
		}
		last := transcript.Unknown
		for i, s := range Estimate(in, duration) {
			if s.StartMs.Known() && s.StartMs < last {
				t.Fatalf("line %d starts at %d, the one before at %d: %+v", i, s.StartMs, last, in)
			}
			last = max(last, s.StartMs)
		}
	}
}
