package main

import "slices"

// A model of what people do to a text: what was done, in order, and what was
// taken back. It knows lines by their text, which is unique. Its times are the
// text's own.
type model struct {
	done, undone []deed
}

type deed struct {
	kind  string // start, end, unspoken, speaker, rename, shift
	line  string
	ms    int // -1: taken away
	yes   bool
	drop  []string
	name  string // of the speaker, from now on
	old   string // of a rename
	shift shift
}

type said struct {
	start, end int
	unspoken   bool
	speaker    string // "": whom the file names
}

func (m *model) do(d deed) { m.done, m.undone = append(m.done, d), nil }

func (m *model) undo() bool { return move(&m.done, &m.undone) }
func (m *model) redo() bool { return move(&m.undone, &m.done) }

func move(from, to *[]deed) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	*to, *from = append(*to, (*from)[n-1]), (*from)[:n-1]
	return true
}

// state is what should stand, by line.
func (m *model) state() map[string]said {
	all := make(map[string]said)
	change := func(line string, f func(*said)) {
		s, ok := all[line]
		if !ok {
			s = said{start: -1, end: -1}
		}
		f(&s)
		all[line] = s
	}
	for _, d := range m.done {
		switch d.kind {
		case "start":
			for _, other := range d.drop {
				change(other, func(s *said) { s.start = -1 })
			}
			change(d.line, func(s *said) { s.start, s.unspoken = d.ms, s.unspoken && d.ms < 0 })
		case "end":
			change(d.line, func(s *said) { s.end = d.ms })
		case "unspoken":
			change(d.line, func(s *said) { s.unspoken = d.yes })
		case "speaker":
			change(d.line, func(s *said) { s.speaker = d.name })
		case "rename":
			for line, s := range all {
				if s.speaker == d.old {
					change(line, func(s *said) { s.speaker = d.name })
				}
			}
		}
	}
	return all
}

// called returns the name that somebody of the file has now.
func (m *model) called(name string) string {
	for _, d := range m.done {
		if d.kind == "rename" && d.old == name {
			name = d.name
		}
	}
	return name
}

// shift is points of [place in the text, offset from there on].
type shift [][2]int

func (m *model) shift() (s shift) {
	for _, d := range m.done {
		if d.kind == "shift" {
			s = d.shift
		}
	}
	return s
}

// heard returns when that is heard which begins at t, or before t if it is an
// end; else where the sound goes on, and that it is not in it.
func (s shift) heard(t, end int) (ms int, cut bool) {
	by := 0
	for _, p := range s {
		if p[0] > t-end {
			if t+by >= p[0]+p[1] {
				return p[0] + p[1], true
			}
			break
		}
		by = p[1]
	}
	return t + by, false
}

func (s shift) at(t int) int { ms, _ := s.heard(t, 0); return ms }

// own is the place in the text of what is heard at ms.
func (s shift) own(ms int) int {
	by := 0
	for _, p := range s {
		if p[0]+p[1] > ms {
			return min(ms-by, p[0])
		}
		by = p[1]
	}
	return ms - by
}

// people are those that the file names, by turns; cast are all that may be named.
var (
	people = []string{"Ann Archer", "Ben Boyle"}
	cast   = append(people, "Cleo Crane", "Dora Dunn")
)

// rename calls somebody by another name, now and then one that is taken.
func (d *desktop) rename(s served) {
	who, name := s.Speakers[d.rand.Intn(len(s.Speakers))], cast[d.rand.Intn(len(cast))]
	if who.Name != name && d.send("PATCH", "/api/episodes/talk", map[string]any{"speakers": map[string]string{who.ID: name}}) {
		d.model.do(deed{kind: "rename", old: who.Name, name: name})
	}
}

// shift puts something into the sound and takes something out, at a few places.
func (d *desktop) shift() {
	var s shift
	points := []map[string]int{}
	for at := d.rand.Intn(60_000); at < 140_000 && len(s) < 3; at += 1 + d.rand.Intn(60_000) {
		by := d.rand.Intn(40_000) - 12_000
		if n := len(s); at+by < 0 || n > 0 && at+by <= s[n-1][0]+s[n-1][1] {
			continue
		}
		s, points = append(s, [2]int{at, by}), append(points, map[string]int{"atMs": at, "byMs": by})
	}
	if !slices.Equal(s, d.model.shift()) && d.send("PATCH", "/api/episodes/talk", map[string]any{"shift": points}) {
		d.model.do(deed{kind: "shift", shift: s})
	}
}
