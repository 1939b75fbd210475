package transcript

import (
	"fmt"
	"slices"
	"sort"
)

// Shift says how the times of a text and those of its sound differ: in this
// copy of the sound something was put in, or cut out, that the text does not
// know of. From a point on, the text is heard ByMs later; before the first
// point it is heard at its own times.
//
// What begins at a point is heard as from there on, what ends at it as what
// comes just before. Where ByMs falls, the end of what stands before the point
// is not in this sound: starts there are unknown, their lines are not spoken,
// and ends are held to where the sound goes on. The rules as numbers: static/test/core/shift.json, which
// the page's core/shift.js is held to as well.
type Shift []ShiftPoint

// ShiftPoint is a place in the text, in the text's own time, and the whole
// offset from there on.
type ShiftPoint struct {
	AtMs Ms `json:"atMs"`
	ByMs Ms `json:"byMs"`
}

// What a shift may hold.
const (
	maxShiftPoints = 100
	maxShiftMs     = Ms(24 * 60 * 60 * 1000)
)

// Check says which point cannot be, and why.
func (s Shift) Check() error {
	if len(s) > maxShiftPoints {
		return fmt.Errorf("%d points are too many, at most %d are taken", len(s), maxShiftPoints)
	}
	for i, p := range s {
		switch {
		case p.AtMs < 0:
			return fmt.Errorf("point %d: atMs is %d, and no text begins before 0", i+1, p.AtMs)
		case p.ByMs > maxShiftMs || p.ByMs < -maxShiftMs:
			return fmt.Errorf("point %d: byMs is %d, and at most a day, %d, is taken", i+1, p.ByMs, maxShiftMs)
		case p.heard() < 0:
			return fmt.Errorf("point %d: byMs is %d, which puts it before the beginning of the sound", i+1, p.ByMs)
		case i > 0 && p.AtMs <= s[i-1].AtMs:
			return fmt.Errorf("point %d: atMs is %d, and has to be more than that of the point before, %d", i+1, p.AtMs, s[i-1].AtMs)
		case i > 0 && p.heard() <= s[i-1].heard():
			return fmt.Errorf("point %d: byMs is %d, which puts it no later in the sound than the point before", i+1, p.ByMs)
		}
	}
	return nil
}

func (p ShiftPoint) heard() Ms { return p.AtMs + p.ByMs }

// by is the offset behind the first n points.
func (s Shift) by(n int) Ms {
	if n == 0 {
		return 0
	}
	return s[n-1].ByMs
}

// until counts the points at or before t.
func (s Shift) until(t Ms) int {
	return sort.Search(len(s), func(i int) bool { return s[i].AtMs > t })
}

// Heard returns when that is heard which begins at t; Unknown where it is not
// in this sound.
func (s Shift) Heard(t Ms) Ms {
	n := s.until(t)
	h := t + s.by(n)
	if !t.Known() || n < len(s) && h >= s[n].heard() {
		return Unknown
	}
	return h
}

// HeardEnd returns when the end is heard of what ends at t.
func (s Shift) HeardEnd(t Ms) Ms {
	if !t.Known() {
		return Unknown
	}
	n := s.until(t - 1)
	if h := t + s.by(n); n == len(s) || h < s[n].heard() {
		return h
	}
	return s[n].heard()
}

// Place is Heard, or where the sound goes on if that is not in it.
func (s Shift) Place(t Ms) Ms {
	if h := s.Heard(t); h.Known() {
		return h
	}
	return s.HeardEnd(t)
}

// Own returns the text's own time of what is heard at h. Inside what the text
// does not know of it is the point at which that was put in.
func (s Shift) Own(h Ms) Ms {
	if !h.Known() {
		return Unknown
	}
	n := sort.Search(len(s), func(i int) bool { return s[i].heard() > h })
	if t := h - s.by(n); n == len(s) || t < s[n].AtMs {
		return t
	}
	return s[n].AtMs
}

// openEnd is the end of a line that lasts until the next one begins, where
// something was put in between the two; else Unknown. Both starts are the
// text's own.
func (s Shift) openEnd(start, next Ms) Ms {
	n := s.until(next)
	if !next.Known() || n == 0 || s[n-1].AtMs <= start || s.by(n) <= s.by(n-1) {
		return Unknown
	}
	return next + s.by(n-1)
}

// Apply returns a transcript with the times at which it is heard.
func (s Shift) Apply(t Transcript) Transcript {
	if len(s) == 0 {
		return t
	}
	t.Segments = slices.Clone(t.Segments)
	next := Unknown // the known start behind, in the text's own time
	for i := len(t.Segments) - 1; i >= 0; i-- {
		own := t.Segments[i].StartMs
		s.move(&t.Segments[i], next)
		if own.Known() {
			next = own
		}
	}
	t.Chapters, t.About.Chapters = s.chapters(t.Chapters), s.chapters(t.About.Chapters)
	return t
}

func (s Shift) chapters(own []Chapter) []Chapter {
	heard := slices.Clone(own)
	for i := range heard {
		heard[i].StartMs = s.Place(heard[i].StartMs)
	}
	return heard
}

// move gives a line the times at which it is heard; next is when the line
// behind begins.
func (s Shift) move(l *Segment, next Ms) {
	start := s.Heard(l.StartMs)
	l.Anchors = slices.Clone(l.Anchors)
	for i := range l.Anchors {
		l.Anchors[i].AtMs = s.Place(l.Anchors[i].AtMs)
	}
	switch {
	case l.StartMs.Known() && !start.Known():
		l.ForgetTimes()
		l.Unspoken = true
		return
	case l.EndMs.Known():
		l.EndMs = max(start, s.HeardEnd(l.EndMs))
	default:
		l.EndMs = s.openEnd(l.StartMs, next)
	}
	l.StartMs = start
	l.Words = slices.Clone(l.Words)
	for i := range l.Words {
		w := &l.Words[i]
		if w.EndMs, w.StartMs = s.HeardEnd(w.EndMs), s.Heard(w.StartMs); !w.StartMs.Known() {
			w.EndMs = Unknown
		} else if w.EndMs.Known() {
			w.EndMs = max(w.StartMs, w.EndMs)
		}
	}
}
