package timing

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

// said makes a line of n letters that starts at ms, exactly where that is known.
func said(ms transcript.Ms, n int) transcript.Segment {
	s := transcript.Segment{StartMs: ms, EndMs: transcript.Unknown, Timing: transcript.Exact, Text: strings.Repeat("a", n)}
	if !ms.Known() {
		s.Timing = transcript.None
	}
	return s
}

func near(t *testing.T, what string, got, want transcript.Ms) {
	t.Helper()
	if d := got - want; d < -100 || d > 100 {
		t.Errorf("%s is %d, want %d", what, got, want)
	}
}

func TestAStartWinsOverAMarkThatContradictsIt(t *testing.T) {
	for name, at := range map[string]transcript.Ms{"late": 90_000, "early": 1000} {
		in := []transcript.Segment{said(10_000, 162), said(-1, 162), said(30_000, 162), said(-1, 162), said(50_000, 162)}
		in[1].Anchors = []transcript.Anchor{{AtMs: at, From: 80, To: 80}}
		in[0].EndMs = 9000
		got := Estimate(in, transcript.Unknown)
		near(t, name+" mark: the second start", got[1].StartMs, 20_000)
		near(t, name+" mark: the fourth start", got[3].StartMs, 40_000)
	}
}

func TestAMarkBetweenStartsHolds(t *testing.T) {
	in := []transcript.Segment{said(0, 162), said(-1, 162), said(-1, 162), said(40_000, 162)}
	in[1].Anchors = []transcript.Anchor{{AtMs: 10_000, From: 0, To: 0}, {AtMs: 5000, From: 90, To: 90}}
	got := Estimate(in, transcript.Unknown)
	near(t, "the start at the mark", got[1].StartMs, 10_000)
	near(t, "the start behind", got[2].StartMs, 25_000)
}

func TestAMarkItselfIsNotSaid(t *testing.T) {
	mark := "[crosstalk 00:00:15]"
	in := []transcript.Segment{said(0, 0), said(-1, 162), said(30_000, 162)}
	in[0].Text = strings.Repeat("a", 162) + mark + strings.Repeat("a", 170)
	in[0].Anchors = []transcript.Anchor{{AtMs: -1, From: 162, To: 162 + len(mark)}}
	near(t, "the start behind", Estimate(in, transcript.Unknown)[1].StartMs, 20_000)
}

func TestLinesThatAreNotSpokenTakeNoTime(t *testing.T) {
	heading := said(70_000, 400)
	heading.EndMs, heading.Unspoken = 75_000, true
	got := Estimate([]transcript.Segment{said(0, 162), said(-1, 162), heading, said(-1, 162), said(30_000, 162), said(-1, 162), heading}, transcript.Unknown)
	near(t, "the second start", got[1].StartMs, 10_000)
	near(t, "the fourth start", got[3].StartMs, 20_000)
	near(t, "the end of the last that is spoken", got[5].EndMs, 50_000)
	for _, i := range []int{2, 6} {
		if s := got[i]; s.StartMs.Known() || s.EndMs.Known() || s.Timing != transcript.None || s.PlusMinusMs != 0 {
			t.Errorf("line %d is not spoken and stands at %d–%d %s ± %d", i, s.StartMs, s.EndMs, s.Timing, s.PlusMinusMs)
		}
	}
}

func TestBehindAKnownEndThereIsNoText(t *testing.T) {
	for name, after := range map[string]transcript.Ms{"a start": 300_000, "the end of the audio": -1} {
		in := []transcript.Segment{said(0, 162), said(10_000, 162), said(-1, 162)}
		in[2].EndMs = 40_000 // said at half the pace
		duration := transcript.Ms(40_000)
		if after.Known() {
			in, duration = append(in, said(after, 162), said(-1, 162)), 2*after
		}
		got := Estimate(in, duration)
		near(t, name+": the start of the line with an end", got[2].StartMs, 25_366)
		if got[2].EndMs != 40_000 {
			t.Errorf("%s: the end that was set is %d", name, got[2].EndMs)
		}
		if after.Known() { // the music is no speech, and no measure of its rate
			near(t, "the line behind the music", got[4].StartMs, 313_545)
		}
	}
}

// random makes a text with some starts, ends, marks and lines that nobody
// speaks, in order but for the marks.
func random(r *rand.Rand) (segments []transcript.Segment, duration transcript.Ms) {
	at := transcript.Ms(r.IntN(20_000))
	for range 2 + r.IntN(40) {
		s := said(-1, r.IntN(300))
		switch r.IntN(6) {
		case 0, 1:
			s.StartMs, s.Timing = at, transcript.Exact
		case 2:
			s.EndMs = at + transcript.Ms(r.IntN(5000))
		case 3:
			s.Anchors = []transcript.Anchor{{AtMs: transcript.Ms(r.IntN(200_000)), From: len(s.Text) / 2, To: len(s.Text) / 2}}
		case 4:
			s.Unspoken = r.IntN(3) == 0
		}
		segments = append(segments, s)
		at += 5000 + transcript.Ms(r.IntN(30_000))
	}
	if s := lastSpoken(segments); s != nil {
		s.EndMs = transcript.Unknown
	}
	if r.IntN(2) == 0 {
		return segments, at + transcript.Ms(r.IntN(100_000))
	}
	return segments, transcript.Unknown
}

// tap sets the start of a line that has none to a time between its neighbours.
func tap(segments []transcript.Segment, i int) []transcript.Segment {
	before, after := around(segments, i)
	out := append([]transcript.Segment(nil), segments...)
	out[i].StartMs, out[i].EndMs, out[i].Timing, out[i].PlusMinusMs = (before+2*after)/3, transcript.Unknown, transcript.Exact, 0
	return out
}

// around returns the known starts on both sides of line i, after being a minute
// behind where there is none.
func around(segments []transcript.Segment, i int) (before, after transcript.Ms) {
	for k := i - 1; k >= 0 && before == 0; k-- {
		if isKnown(segments[k]) {
			before = segments[k].StartMs
		}
	}
	for _, s := range segments[i+1:] {
		if isKnown(s) {
			return before, s.StartMs
		}
	}
	return before, before + 60_000
}

func TestStartsStayBetweenWhatIsKnown(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 500 {
		in, duration := random(r)
		got := Estimate(in, duration)
		last := transcript.Ms(0)
		for i, s := range got {
			if s.PlusMinusMs < 0 || s.Timing == transcript.Estimated && s.PlusMinusMs == 0 {
				t.Fatalf("line %d is a guess ± %d: %+v", i, s.PlusMinusMs, in)
			}
			if !s.StartMs.Known() {
				continue
			}
			before, after := around(in, i)
			if s.StartMs < last || s.StartMs < before || s.StartMs > after && after != before+60_000 {
				t.Fatalf("line %d starts at %d, the one before at %d, between %d and %d: %+v", i, s.StartMs, last, before, after, in)
			}
			last = s.StartMs
		}
	}
}

// A tap tells of the lines between the known starts around it. It also says a
// little about how the voice rests, but that moves no line that stands between
// other known starts by half of what was said of it.
func TestATapHardlyMovesTheLinesFarFromIt(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	moved := 0
	for range 500 {
		in, duration := random(r)
		i := r.IntN(len(in))
		if isKnown(in[i]) || in[i].Unspoken {
			continue
		}
		before, after := Estimate(in, duration), Estimate(tap(in, i), duration)
		for k := range in {
			if before[k].StartMs == after[k].StartMs {
				continue
			}
			moved++
			by := max(before[k].StartMs-after[k].StartMs, after[k].StartMs-before[k].StartMs)
			if low, high := neighbours(in, k); low >= 0 && high >= 0 && (i <= low || i >= high) && 2*by > before[k].PlusMinusMs {
				t.Fatalf("a tap on line %d moved line %d from %d to %d, ± %d", i, k, before[k].StartMs, after[k].StartMs, before[k].PlusMinusMs)
			}
		}
	}
	if moved == 0 {
		t.Error("no tap moved anything")
	}
}

// neighbours returns the lines with a known start next to line i, −1 where none.
func neighbours(segments []transcript.Segment, i int) (low, high int) {
	low, high = -1, -1
	for k, s := range segments {
		switch {
		case !isKnown(s):
		case k < i:
			low = k
		case k > i && high < 0:
			high = k
		}
	}
	return low, high
}

func TestEstimatingAgainChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 500 {
		in, duration := random(r)
		once := Estimate(in, duration)
		again := append([]transcript.Segment(nil), once...)
		Reopen(again)
		if twice := Estimate(again, duration); !reflect.DeepEqual(once, twice) {
			t.Fatalf("estimated once\n%+v\nand twice\n%+v", once, twice)
		}
		i := r.IntN(len(in))
		if in[i].Unspoken {
			continue
		}
		if got, want := Estimate(tap(again, i), duration), Estimate(tap(in, i), duration); !reflect.DeepEqual(got, want) {
			t.Fatalf("a tap on line %d gives\n%+v\nand from scratch\n%+v", i, got, want)
		}
	}
}
