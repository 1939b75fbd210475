package transcript

import "strings"

// WordOffsets returns where in the segment's text each of its words begins, in
// UTF-16 units. Words cover the text in order, so each is looked for behind the
// one before.
func WordOffsets(s Segment) []int {
	offsets := make([]int, len(s.Words))
	rest, unit := s.Text, 0
	for i, w := range s.Words {
		if at := strings.Index(rest, w.Text); at >= 0 {
			unit, rest = unit+UTF16Len(rest[:at]), rest[at:]
		}
		offsets[i] = unit
		n := min(len(w.Text), len(rest))
		unit, rest = unit+UTF16Len(rest[:n]), rest[n:]
	}
	return offsets
}

// AnchorBytes returns where in the segment's text each of its anchors begins
// and ends, in bytes, in one pass. Anchors stand in order.
func AnchorBytes(s Segment) [][2]int {
	spans := make([][2]int, len(s.Anchors))
	at, unit := 0, 0
	for i, a := range s.Anchors {
		for j, to := range [2]int{a.From, a.To} {
			n := ByteOffset(s.Text[at:], max(0, to-unit))
			at, unit = at+n, max(unit, to)
			spans[i][j] = at
		}
	}
	return spans
}
