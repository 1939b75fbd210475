package library

import "hearsay/server/transcript"

// keepIDs gives the lines of next the ids that the same lines have in old, so
// that links and changes outlive a new import. Lines are the same where their
// text is and their order holds: first those whose text stands once on either
// side, then whatever borders on lines already paired.
func keepIDs(old []transcript.Segment, next *transcript.Transcript) {
	to := pair(old, next.Segments)
	place := make(map[string]int, len(to)) // of the line that had an id so far
	taken := make(map[string]bool)
	for i, j := range to {
		place[next.Segments[i].ID] = i
		if j >= 0 {
			taken[old[j].ID] = true
		}
	}
	for i, j := range to {
		s := &next.Segments[i]
		if j >= 0 {
			s.ID = old[j].ID
		} else if taken[s.ID] {
			s.ID = "" // its own id now names another line
		}
	}
	transcript.AssignIDs(next.Segments)
	for i := range next.Chapters {
		c := &next.Chapters[i]
		if at, ok := place[c.Segment]; ok && c.Segment != "" {
			c.Segment = next.Segments[at].ID
		}
	}
}

// pair returns for each line of b the index of the same line in a, or -1. The
// indices rise.
func pair(a, b []transcript.Segment) []int {
	to := make([]int, len(b))
	for i := range to {
		to[i] = -1
	}
	for _, p := range rising(uniquePairs(a, b)) {
		to[p.b] = p.a
	}
	limit := make([]int, len(b)) // what the next paired line below has
	for i, next := len(b)-1, len(a); i >= 0; i-- {
		if limit[i] = next; to[i] >= 0 {
			next = to[i]
		}
	}
	for i := range b { // forwards from the top and from every pair
		j := 0
		if i > 0 {
			j = to[i-1] + 1
		}
		if to[i] < 0 && (i == 0 || j > 0) && j < limit[i] && a[j].Text == b[i].Text {
			to[i] = j
		}
	}
	last := make([]int, len(b)) // what the last paired line above has
	for i, before := 0, -1; i < len(b); i++ {
		if last[i] = before; to[i] >= 0 {
			before = to[i]
		}
	}
	for i := len(b) - 2; i >= 0; i-- { // and backwards
		if j := to[i+1] - 1; to[i] < 0 && j > last[i] && a[j].Text == b[i].Text {
			to[i] = j
		}
	}
	return to
}

type samePair struct{ a, b int }

// uniquePairs lists the lines whose text stands once in a and once in b, in b's
// order.
func uniquePairs(a, b []transcript.Segment) []samePair {
	type seen struct{ count, at int }
	inA, inB := make(map[string]seen), make(map[string]int)
	for i, s := range a {
		inA[s.Text] = seen{inA[s.Text].count + 1, i}
	}
	for _, s := range b {
		inB[s.Text]++
	}
	var pairs []samePair
	for i, s := range b {
		if p := inA[s.Text]; p.count == 1 && inB[s.Text] == 1 {
			pairs = append(pairs, samePair{p.at, i})
		}
	}
	return pairs
}

// rising returns the longest run of pairs whose a rises (patience sorting).
func rising(pairs []samePair) []samePair {
	var tops []int // index into pairs of the last pair of the best run of each length
	before := make([]int, len(pairs))
	for i, p := range pairs {
		lo, hi := 0, len(tops)
		for lo < hi {
			if mid := (lo + hi) / 2; pairs[tops[mid]].a < p.a {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		before[i] = -1
		if lo > 0 {
			before[i] = tops[lo-1]
		}
		if lo == len(tops) {
			tops = append(tops, i)
		} else {
			tops[lo] = i
		}
	}
	run := make([]samePair, len(tops))
	if len(tops) > 0 {
		for i, k := tops[len(tops)-1], len(tops)-1; k >= 0; i, k = before[i], k-1 {
			run[k] = pairs[i]
		}
	}
	return run
}
