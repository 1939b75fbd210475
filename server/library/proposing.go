package library

import (
	"slices"

	"hearsay/server/quote"
)

const (
	// alike is the least share of words that two lines have in common if one may
	// be what became of the other.
	alike = 0.5
	// fewOffers is for how many offers a line is looked for: people are asked one
	// by one, and looking is work.
	fewOffers = 10
)

// Propose names, for the first offers, the lines most like those that they were
// made for.
func (r *Reading) Propose() {
	var words []map[string]int
	for n := range r.Offers[:min(len(r.Offers), fewOffers)] {
		o := &r.Offers[n]
		if o.Line >= 0 {
			continue // it is there, and contradicts others
		}
		if words == nil {
			words = r.freeWords()
		}
		best, mine := alike, countWords(o.Text)
		for i, theirs := range words {
			if share := inCommon(mine, theirs); share > best || share == best && o.Line < 0 {
				best, o.Line = share, i
			}
		}
	}
}

// freeWords counts the words of the lines whose start nobody set.
func (r *Reading) freeWords() []map[string]int {
	words := make([]map[string]int, len(r.Text.Segments))
	for i, s := range r.Text.Segments {
		if _, set := slices.BinarySearch(r.Set, i); !set {
			words[i] = countWords(s.Text)
		}
	}
	return words
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
