package transcript

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// pair is two times, null where unknown.
type pair [2]*Ms

func (p pair) times() (a, b Ms) { return OrUnknown(p[0]), OrUnknown(p[1]) }

type shiftVectors struct {
	Cases []struct {
		Name                  string
		Points                [][2]Ms
		Starts, Ends, Inverse []pair
		Lines, Heard          []pair
	}
	Refused []struct {
		Why    string
		Points [][2]Ms
		Point  int
	}
}

func points(raw [][2]Ms) (s Shift) {
	for _, p := range raw {
		s = append(s, ShiftPoint{p[0], p[1]})
	}
	return s
}

// readVectors reads what the page is held to as well.
func readVectors(t *testing.T) (v shiftVectors) {
	t.Helper()
	b, err := os.ReadFile("../../static/test/core/shift.json")
	if err == nil {
		err = json.Unmarshal(b, &v)
	}
	if err != nil || len(v.Cases) < 5 {
		t.Fatalf("%d cases: %v", len(v.Cases), err)
	}
	return v
}

func TestAShiftMovesTimes(t *testing.T) {
	for _, c := range readVectors(t).Cases {
		s := points(c.Points)
		if err := s.Check(); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
		for _, f := range []struct {
			name  string
			pairs []pair
			move  func(Ms) Ms
		}{{"start", c.Starts, s.Heard}, {"end", c.Ends, s.HeardEnd}, {"heard", c.Inverse, s.Own}} {
			for _, p := range f.pairs {
				from, want := p.times()
				if got := f.move(from); got != want {
					t.Errorf("%s: %s %d becomes %d, want %d", c.Name, f.name, from, got, want)
				}
			}
		}
		var text Transcript
		for _, p := range c.Lines {
			start, end := p.times()
			text.Segments = append(text.Segments, Segment{StartMs: start, EndMs: end, Timing: Exact,
				Words: []Word{{StartMs: start, EndMs: end}}})
		}
		for i, l := range s.Apply(text).Segments {
			start, end := c.Heard[i].times()
			timing := Exact
			if !start.Known() {
				timing = None
			}
			if l.StartMs != start || l.EndMs != end || l.Timing != timing || l.Unspoken != (timing == None) || start.Known() != (len(l.Words) == 1 && l.Words[0].StartMs == start) {
				t.Errorf("%s: line %d is heard %+v, want %d to %d", c.Name, i, l, start, end)
			}
		}
	}
}

func TestWhatIsHeardComesBack(t *testing.T) {
	for _, c := range readVectors(t).Cases {
		s := points(c.Points)
		last := Unknown
		for own := Ms(0); own < 120_000; own += 250 {
			h := s.Heard(own)
			if !h.Known() {
				if p := s.Place(own); p < last || !p.Known() {
					t.Fatalf("%s: %d is not in the sound, and stands at %d behind %d", c.Name, own, p, last)
				}
				continue
			}
			if h <= last || s.Own(h) != own {
				t.Fatalf("%s: %d is heard at %d, behind %d, and that is %d", c.Name, own, h, last, s.Own(h))
			}
			last = h
		}
	}
}

func TestAShiftThatCannotBe(t *testing.T) {
	for _, c := range readVectors(t).Refused {
		err := points(c.Points).Check()
		if err == nil || !strings.Contains(err.Error(), "point "+string(rune('0'+c.Point))+": ") {
			t.Errorf("%s: %v", c.Why, err)
		}
	}
	if err := make(Shift, maxShiftPoints+1).Check(); err == nil || !strings.Contains(err.Error(), "101 points") {
		t.Errorf("too many: %v", err)
	}
}

func TestAShiftLeavesTheTextAsItIs(t *testing.T) {
	own := Transcript{
		Chapters: []Chapter{{StartMs: 5000}, {StartMs: 25_000}, {StartMs: Unknown, Segment: "a"}},
		Segments: []Segment{
			{ID: "a", StartMs: 0, EndMs: 30_000, Timing: Exact, Words: []Word{{0, 20_000, "One"}, {22_000, 24_000, "two"}, {30_000, 31_000, "three"}, {Unknown, Unknown, "four"}},
				Anchors: []Anchor{{AtMs: 25_000}}},
			{ID: "b", StartMs: Unknown, EndMs: Unknown, Timing: None, Unspoken: true},
		},
	}
	got := Shift{{30_000, -10_000}}.Apply(own)
	if c := got.Chapters; c[0].StartMs != 5000 || c[1].StartMs != 20_000 || c[2].StartMs != Unknown {
		t.Errorf("chapters: %+v", c)
	}
	w := got.Segments[0].Words
	if w[0] != (Word{0, 20_000, "One"}) || w[1] != (Word{Unknown, Unknown, "two"}) || w[2] != (Word{20_000, 21_000, "three"}) || w[3].StartMs != Unknown {
		t.Errorf("words: %+v", w)
	}
	if l := got.Segments[1]; l.StartMs != Unknown || l.EndMs != Unknown || got.Segments[0].Anchors[0].AtMs != 20_000 {
		t.Errorf("lines: %+v", got.Segments)
	}
	if s := own.Segments[0]; s.EndMs != 30_000 || s.Words[2].StartMs != 30_000 || s.Anchors[0].AtMs != 25_000 || own.Chapters[1].StartMs != 25_000 {
		t.Errorf("what was shifted has changed: %+v", own)
	}
}
