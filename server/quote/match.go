package quote

import "strings"

// Query is what somebody remembers, ready to be looked for.
type Query struct {
	Words []string
	// Prefix: the last word may be unfinished, because nothing follows it yet.
	Prefix bool
}

// maxWords is how many words of a query are looked at: more add nothing but
// work.
const maxWords = 32

// Parse reads what was typed.
func Parse(typed string) Query {
	tokens := Tokens(typed)
	if len(tokens) > maxWords {
		tokens = tokens[:maxWords]
	}
	q := Query{Words: make([]string, len(tokens))}
	for i, t := range tokens {
		q.Words[i] = t.Text
	}
	if n := len(tokens); n > 0 {
		q.Prefix = tokens[n-1].To == len(typed)
	}
	return q
}

// Match is how well a text holds a query.
type Match struct {
	Marks [][2]int // ranges of the text that match, in bytes, in order, apart from each other
	Exact bool     // every word, in order, with nothing between
	Score float64  // 0 … 1; 1 is exact
}

// Find looks for the query in the tokens of a text. It takes the narrowest
// stretch that holds the most of the query's words.
func Find(q Query, tokens []Token) Match {
	if len(q.Words) == 0 || len(tokens) == 0 {
		return Match{}
	}
	if at := phrase(q, tokens); at >= 0 {
		last := tokens[at+len(q.Words)-1]
		return Match{Marks: [][2]int{{tokens[at].From, last.To}}, Exact: true, Score: 1}
	}
	return narrowest(q, tokens)
}

// is reports whether a spoken token is the i-th word of the query.
func (q Query) is(i int, token string) bool {
	if q.Prefix && i == len(q.Words)-1 {
		return strings.HasPrefix(token, q.Words[i])
	}
	return token == q.Words[i]
}

// phrase returns where the whole query stands in a row, -1 if it does not.
func phrase(q Query, tokens []Token) int {
	for at := 0; at+len(q.Words) <= len(tokens); at++ {
		n := 0
		for n < len(q.Words) && q.is(n, tokens[at+n].Text) {
			n++
		}
		if n == len(q.Words) {
			return at
		}
	}
	return -1
}

// narrowest slides a window over the tokens that are words of the query and
// keeps the one with the most different words, the shortest of those.
func narrowest(q Query, tokens []Token) Match {
	var places []place
	for i, t := range tokens {
		for w := range q.Words {
			if q.is(w, t.Text) {
				places = append(places, place{i, w})
				break
			}
		}
	}
	count, have := make([]int, len(q.Words)), 0
	best, bestHave, bestSpan, left := []place(nil), 0, 0, 0
	for right, p := range places {
		if count[p.word]++; count[p.word] == 1 {
			have++
		}
		for count[places[left].word] > 1 {
			count[places[left].word]--
			left++
		}
		span := p.token - places[left].token + 1
		if have > bestHave || have == bestHave && span < bestSpan {
			best, bestHave, bestSpan = places[left:right+1], have, span
		}
	}
	if bestHave == 0 {
		return Match{}
	}
	m := Match{Score: score(best, len(q.Words), bestHave, bestSpan)}
	for _, p := range best {
		m.Marks = join(m.Marks, tokens[p.token], p.token > 0 && len(m.Marks) > 0 && m.Marks[len(m.Marks)-1][1] == tokens[p.token-1].To)
	}
	return m
}

// place is where a word of the query was said.
type place struct{ token, word int }

// score is the share of the words that were found, less a little for what
// stands between them and for every pair out of order.
func score(found []place, words, have, span int) float64 {
	turned := 0
	for i := 1; i < len(found); i++ {
		if found[i].word < found[i-1].word {
			turned++
		}
	}
	close := float64(have) / float64(span)
	return float64(have) / float64(words) * (0.75 + 0.2*close - 0.2*float64(turned)/float64(len(found)))
}

// join adds a token to the marks, to the last of them if it follows directly.
func join(marks [][2]int, t Token, follows bool) [][2]int {
	if follows {
		marks[len(marks)-1][1] = t.To
		return marks
	}
	return append(marks, [2]int{t.From, t.To})
}
