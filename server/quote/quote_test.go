package quote_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"hearsay/server/quote"
)

func words(text string) string {
	var out []string
	for _, t := range quote.Tokens(text) {
		out = append(out, t.Text)
	}
	return strings.Join(out, " ")
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"Nobody asked for it.":       "nobody asked for it",
		"L’eau, l'eau":               "l eau l eau",
		"Don’t I'll we've O'Brien":   "dont ill weve o brien",
		"Cœur COEUR ŒUVRE":           "coeur coeur oeuvre",
		"Straße Łódź Ærø":            "strasse lodz aero",
		"e\u0301te\u0301 été":        "ete ete",
		"open-source":                "open source",
		"20,000 ships, 1,5 and 3":    "20000 ships 1 5 and 3",
		"私は本、読む":                     "私 は 本 読 む",
		"한국어 말":                      "한국어 말",
		"Привет, Ёлка":               "привет елка",
		"السَّلام عليكم":             "السلام عليكم",
		"ﬁne ２０":                     "fine 20",
		"zero\u200bwidth\u200f mark": "zerowidth mark",
		"…!?":                        "",
		"":                           "",
	} {
		// Korean decomposes: what matters is that it does so alike.
		if got := words(text); got != want && got != words(want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestTokensKnowTheirPlace(t *testing.T) {
	text := "« L’été », dit-il: 20,000 本。"
	var got []string
	for _, tok := range quote.Tokens(text) {
		got = append(got, text[tok.From:tok.To])
	}
	if want := "L|été|dit|il|20,000|本"; strings.Join(got, "|") != want {
		t.Errorf("got %s, want %s", strings.Join(got, "|"), want)
	}
}

// Marks are shown in brackets.
func TestFind(t *testing.T) {
	for _, c := range []struct {
		typed, text, want string
		exact             bool
	}{
		{"asked for it ", "Nobody asked for it, nobody.", "Nobody [asked for it], nobody.", true},
		{"asked fo", "Nobody asked for it.", "Nobody [asked for] it.", true},
		{"asked fo ", "Nobody asked for it.", "Nobody [asked] for it.", false},
		{"it nobody", "Nobody asked for it.", "[Nobody] asked for [it].", false},
		{"l'ete", "C’était l’été.", "C’était [l’été].", true},
		{"the sea", "The wind and the sea and the rest.", "The wind and [the sea] and the rest.", true},
		{"wind rest", "The wind, the wind and the rest.", "The wind, the [wind] and the [rest].", false},
		{"本読", "私は本を読む。", "私は[本]を[読]む。", false},
		{"zebra", "Nobody asked.", "Nobody asked.", false},
		{"", "Nobody asked.", "Nobody asked.", false},
	} {
		m := quote.Find(quote.Parse(c.typed), quote.Tokens(c.text))
		got, at := "", 0
		for _, mark := range m.Marks {
			got += c.text[at:mark[0]] + "[" + c.text[mark[0]:mark[1]] + "]"
			at = mark[1]
		}
		if got += c.text[at:]; got != c.want || m.Exact != c.exact {
			t.Errorf("%q: got %q, exact %t; want %q, %t", c.typed, got, m.Exact, c.want, c.exact)
		}
		if m.Score < 0 || m.Score > 1 || m.Exact != (m.Score == 1) {
			t.Errorf("%q: score %g, exact %t", c.typed, m.Score, m.Exact)
		}
	}
}

func TestCloserIsBetter(t *testing.T) {
	score := func(text string) float64 {
		return quote.Find(quote.Parse("a lot of ships "), quote.Tokens(text)).Score
	}
	order := []string{"a lot of ships", "a lot of big ships", "ships, a lot of", "a lot of", "ships"}
	for i := 1; i < len(order); i++ {
		if score(order[i]) >= score(order[i-1]) {
			t.Errorf("%q scores %g, %q %g", order[i], score(order[i]), order[i-1], score(order[i-1]))
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("l'ete 20,000", "C’était l’été de 20,000 本。")
	f.Fuzz(func(t *testing.T, typed, text string) {
		tokens := quote.Tokens(text)
		last := 0
		for _, tok := range tokens {
			if tok.From < last || tok.To <= tok.From || tok.To > len(text) || strings.ContainsAny(tok.Text, " \"*") {
				t.Fatalf("token %+v after %d in %q", tok, last, text)
			}
			last = tok.To
		}
		at := 0
		for _, m := range quote.Find(quote.Parse(typed), tokens).Marks {
			if m[0] < at || m[1] <= m[0] || m[1] > len(text) {
				t.Fatalf("mark %v after %d in %q", m, at, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[m[0]:m[1]]) {
				t.Fatalf("mark %v cuts a character of %q", m, text)
			}
			at = m[1]
		}
	})
}
