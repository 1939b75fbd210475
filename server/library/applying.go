package library

import (
	"cmp"
	"slices"

	"hearsay/server/quote"
	"hearsay/server/timing"
	"hearsay/server/transcript"
)

// Offer is a start that a person set and that cannot stand as it is: its line
// is not in the text any more, or the text has another order now. It is kept
// until somebody says what becomes of it.
type Offer struct {
	Segment string // id of the line that it was set for
	Text    string // of that line, then
	StartMs transcript.Ms
	Line    int // the line that it may be now, from 0; -1 where there is none like it
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
			forgetTimes(s)
		case st.hasStart:
			wanted = append(wanted, samePair{a: int(st.start), b: i})
		}
	}
	a.offerLost(t.Segments, stands, here)
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
	return a
}

// forgetTimes makes a line one that has to be timed anew, or is not spoken.
func forgetTimes(s *transcript.Segment) {
	s.StartMs, s.EndMs, s.Timing, s.PlusMinusMs, s.Words = transcript.Unknown, transcript.Unknown, transcript.None, 0, nil
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
			forgetTimes(s)
		}
	}
}

// moveTo gives a line a start. Its words and its end move along; the line
// before, where it did not go on beyond the old start, does not go on beyond
// the new one.
func moveTo(segments []transcript.Segment, i int, start transcript.Ms) {
	s := &segments[i]
	old := s.StartMs
	known := old.Known() && s.Timing != transcript.Estimated
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
			p.EndMs = start
		}
	}
	if i+1 < len(segments) {
		n := segments[i+1]
		if s.EndMs > n.StartMs && n.StartMs > start && n.Timing == transcript.Exact && s.EndMs-(start-old) <= n.StartMs {
			s.EndMs = n.StartMs
		}
	}
}

func shifted(ms, by transcript.Ms) transcript.Ms {
	if !ms.Known() {
		return ms
	}
	return max(0, ms+by)
}

// setEnds gives lines the ends that people set, as far as the starts around
// them allow.
func (a *applied) setEnds(segments []transcript.Segment, stands map[string]*stand) {
	next := transcript.Unknown
	for i := len(segments) - 1; i >= 0; i-- {
		s := &segments[i]
		known := s.StartMs.Known() && s.Timing != transcript.Estimated
		if st := stands[s.ID]; st != nil && st.end.Known() && !s.Unspoken && (!known || st.end > s.StartMs) {
			s.EndMs = st.end
			if next.Known() {
				s.EndMs = min(st.end, next)
			}
			a.ends[i] = true
		}
		if known {
			next = s.StartMs
		}
	}
}

// alike is the least share of words that two lines have in common if one may be
// what became of the other.
const alike = 0.5

// offerLost offers the starts of lines that are not in the text any more to the
// lines most like them.
func (a *applied) offerLost(segments []transcript.Segment, stands map[string]*stand, here map[string]bool) {
	for id, st := range stands {
		if said := st.unspoken == nil || !*st.unspoken; !here[id] && said && st.hasStart && st.start.Known() {
			a.offers = append(a.offers, Offer{Segment: id, Text: st.text, StartMs: st.start, Line: -1})
		}
	}
	if len(a.offers) == 0 {
		return
	}
	slices.SortFunc(a.offers, func(x, y Offer) int {
		return cmp.Or(cmp.Compare(x.StartMs, y.StartMs), cmp.Compare(x.Segment, y.Segment))
	})
	words := make([]map[string]int, len(segments))
	for i, s := range segments {
		if st := stands[s.ID]; st == nil || !st.hasStart {
			words[i] = countWords(s.Text)
		}
	}
	for n := range a.offers {
		best, mine := alike, countWords(a.offers[n].Text)
		for i, theirs := range words {
			if share := inCommon(mine, theirs); share > best || share == best && a.offers[n].Line < 0 {
				best, a.offers[n].Line = share, i
			}
		}
	}
}

func countWords(text string) map[string]int {
	count := make(map[string]int)
	for _, t := range quote.Tokens(text) {
		count[t.Text]++
	}
	return count
}

// inCommon is the share of words that two texts have in common (Dice).
func inCommon(a, b map[string]int) float64 {
	both, all := 0, 0
	for w, n := range a {
		both += min(n, b[w])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(both) / float64(all)
}
