package library

import (
	"cmp"
	"slices"

	"hearsay/server/timing"
	"hearsay/server/transcript"
)

// Offer is a start that a person set and that cannot stand as it is: its line
// is not in the text any more, or the text has another order now. It is kept
// until somebody says what becomes of it.
type Offer struct {
	Segment string        // id of the line that it was set for
	Text    string        // of that line, then
	StartMs transcript.Ms // when it would be heard
	Line    int           // the line that it may be now, from 0; -1 where there is none like it
}

// applied says what became of the changes.
type applied struct {
	set    map[int]bool // lines whose start a person set
	ends   map[int]bool // lines whose end a person set
	offers []Offer
}

// apply puts what people have said on top of an import, and works out the other
// times anew. What a person set wins over what the file states.
func apply(t *transcript.Transcript, stands map[string]*stand, duration transcript.Ms) applied {
	t.Segments = slices.Clone(t.Segments)
	a := applied{set: make(map[int]bool), ends: make(map[int]bool)}
	var wanted []samePair // a: when, b: which line
	here := make(map[string]bool, len(t.Segments))
	for i := range t.Segments {
		s := &t.Segments[i]
		here[s.ID] = true
		st := stands[s.ID]
		if st == nil {
			continue
		}
		if st.unspoken != nil {
			s.Unspoken = *st.unspoken
		}
		switch {
		case s.Unspoken || st.hasStart && !st.start.Known():
			s.ForgetTimes()
		case st.hasStart:
			wanted = append(wanted, samePair{a: int(st.start), b: i})
		}
	}
	a.offerLost(stands, here)
	for _, p := range a.inOrder(t.Segments, wanted) {
		a.set[p.b] = true
	}
	disbelieve(t.Segments, stands, a.set)
	for i := range t.Segments {
		if a.set[i] {
			moveTo(t.Segments, i, stands[t.Segments[i].ID].start)
		}
	}
	timing.Reopen(t.Segments) // its end was worked out for other times
	a.setEnds(t.Segments, stands)
	t.Segments = timing.Estimate(t.Segments, duration)
	a.dropEnds(t.Segments)
	return a
}

// inOrder returns the starts that follow each other as their lines do; what
// contradicts the most of them is offered.
func (a *applied) inOrder(segments []transcript.Segment, wanted []samePair) []samePair {
	ranked := make([]samePair, len(wanted)) // starts of equal time count as rising
	for k, p := range wanted {
		ranked[k] = samePair{a: p.a*len(segments) + p.b, b: k}
	}
	kept := make(map[int]bool, len(wanted))
	var run []samePair
	for _, p := range rising(ranked) {
		kept[p.b] = true
		run = append(run, wanted[p.b])
	}
	for k, p := range wanted {
		if s := segments[p.b]; !kept[k] {
			a.offers = append(a.offers, Offer{Segment: s.ID, Text: s.Text, StartMs: transcript.Ms(p.a), Line: p.b})
		}
	}
	return run
}

// disbelieve takes the times off lines that the file states and that contradict
// what a person set.
func disbelieve(segments []transcript.Segment, stands map[string]*stand, set map[int]bool) {
	least := transcript.Unknown // the latest start that was set so far
	before := make([]transcript.Ms, len(segments))
	for i, s := range segments {
		before[i] = least
		if set[i] {
			least = stands[s.ID].start
		}
	}
	next := transcript.Unknown // the first start that was set behind
	for i := len(segments) - 1; i >= 0; i-- {
		s := &segments[i]
		switch {
		case set[i]:
			next = stands[s.ID].start
		case s.StartMs.Known() && (s.StartMs < before[i] || next.Known() && s.StartMs > next):
			s.ForgetTimes()
		}
	}
}

// moveTo gives a line a start. Its words and its end move along; the line
// before, where it did not go on beyond the old start, does not go on beyond
// the new one.
func moveTo(segments []transcript.Segment, i int, start transcript.Ms) {
	s := &segments[i]
	old := s.StartMs
	known := s.IsSure()
	if known {
		s.Words = slices.Clone(s.Words)
		for k := range s.Words {
			w := &s.Words[k]
			w.StartMs, w.EndMs = shifted(w.StartMs, start-old), shifted(w.EndMs, start-old)
		}
		s.EndMs = shifted(s.EndMs, start-old)
	} else {
		s.EndMs, s.Words = transcript.Unknown, nil
	}
	s.StartMs, s.Timing, s.PlusMinusMs = start, transcript.Exact, 0
	if i > 0 {
		if p := &segments[i-1]; p.EndMs > start && (!known || p.EndMs <= old) {
			endAt(p, start)
		}
	}
	if i+1 < len(segments) {
		n := segments[i+1]
		if s.EndMs > n.StartMs && n.StartMs > start && n.Timing == transcript.Exact && s.EndMs-(start-old) <= n.StartMs {
			endAt(s, n.StartMs)
		}
	}
}

// endAt ends a line earlier than it did. Words beyond that have no known time.
func endAt(s *transcript.Segment, end transcript.Ms) {
	s.EndMs = end
	s.Words = slices.Clone(s.Words)
	for k := range s.Words {
		w := &s.Words[k]
		if w.StartMs >= end {
			w.StartMs, w.EndMs = transcript.Unknown, transcript.Unknown
		}
		w.EndMs = min(w.EndMs, end)
	}
}

func shifted(ms, by transcript.Ms) transcript.Ms {
	if !ms.Known() {
		return ms
	}
	return max(0, ms+by)
}

// setEnds gives lines the ends that people set, where they lie behind the known
// starts and ends before them, and before the next known start.
func (a *applied) setEnds(segments []transcript.Segment, stands map[string]*stand) {
	next := make([]transcript.Ms, len(segments)) // the known start behind each line
	for i, n := len(segments)-1, transcript.Unknown; i >= 0; i-- {
		if next[i] = n; segments[i].IsSure() {
			n = segments[i].StartMs
		}
	}
	reached := transcript.Unknown
	for i := range segments {
		s := &segments[i]
		if s.IsSure() {
			reached = max(reached, s.StartMs)
		}
		st := stands[s.ID]
		if st == nil || !st.end.Known() || s.Unspoken || st.end <= reached {
			continue
		}
		end := st.end
		if next[i].Known() {
			end = min(end, next[i])
		}
		endAt(s, end)
		a.ends[i], reached = true, end
	}
}

// dropEnds takes ends away that the times worked out around them leave no room
// for.
func (a *applied) dropEnds(segments []transcript.Segment) {
	for i := range segments {
		if s := &segments[i]; a.ends[i] && s.EndMs <= s.StartMs {
			s.EndMs = transcript.Unknown
			delete(a.ends, i)
		}
	}
}

// offerLost offers the starts of lines that are not in the text any more.
func (a *applied) offerLost(stands map[string]*stand, here map[string]bool) {
	for id, st := range stands {
		if said := st.unspoken == nil || !*st.unspoken; !here[id] && said && st.hasStart && st.start.Known() {
			a.offers = append(a.offers, Offer{Segment: id, Text: st.text, StartMs: st.start, Line: -1})
		}
	}
	slices.SortFunc(a.offers, func(x, y Offer) int {
		return cmp.Or(cmp.Compare(x.StartMs, y.StartMs), cmp.Compare(x.Segment, y.Segment))
	})
}
