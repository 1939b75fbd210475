// Package quote matches remembered words with spoken words. Both go through the
// same [Tokens], so what does not matter to a memory (accents, capitals,
// apostrophes, ligatures, punctuation) does not matter to a search.
//
// Compared before writing: SQLite's unicode61 tokenizer folds accents, but finds
// no word in Chinese or Japanese, takes œ and oe for different letters and
// l'eau for one or two words depending on the apostrophe; its trigram tokenizer
// finds nothing under three characters.
package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Version changes whenever Tokens does: an index made by another version has to
// be made anew.
const Version = 1

// Token is a word as it is searched for, and where it stands in the text, in
// bytes.
type Token struct {
	Text     string
	From, To int
}

// letters that no decomposition takes apart.
var letters = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ŋ': "n", 'ħ': "h",
}

// Tokens splits text into folded words. A word is a run of letters and digits;
// each character of a script that sets no blanks is a word of its own. An
// apostrophe between letters parts words (l'eau: l eau), unless an English
// ending follows (don't: dont). Between digits a comma vanishes (20,000: 20000).
func Tokens(text string) []Token {
	var tokens []Token
	var word strings.Builder
	from := 0
	flush := func(to int) {
		if word.Len() > 0 {
			tokens = append(tokens, Token{word.String(), from, to})
			word.Reset()
		}
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case wordless(r):
			flush(i)
			tokens = append(tokens, Token{fold(text[i : i+size]), i, i + size})
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsNumber(r):
			if word.Len() == 0 {
				from = i
			}
			if r < utf8.RuneSelf {
				word.WriteByte(lower(byte(r)))
			} else {
				word.WriteString(fold(text[i : i+size]))
			}
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r): // belongs to the letter before it
		case word.Len() > 0 && joins(r, text[:i], text[i+size:]):
		default:
			flush(i)
		}
		i += size
	}
	flush(len(text))
	return tokens
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// fold drops accents and capitals and spells ligatures out.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		r = unicode.ToLower(r)
		if plain, ok := letters[r]; ok {
			b.WriteString(plain)
		} else if unicode.IsLetter(r) || unicode.IsNumber(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// wordless reports whether r is of a script that sets no blanks between words.
func wordless(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// endings are what an English apostrophe is followed by without beginning a
// new word.
var endings = map[string]bool{"s": true, "t": true, "d": true, "m": true, "ll": true, "re": true, "ve": true}

// joins reports whether the mark r vanishes between what stands before and
// after it, in place of parting them.
func joins(r rune, before, after string) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ':
		end := strings.IndexFunc(after, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			end = len(after)
		}
		return end <= 2 && endings[strings.ToLower(after[:end])]
	case ',':
		return isDigit(before[len(before)-1]) && len(after) >= 3 && isDigit(after[0]) && isDigit(after[1]) && isDigit(after[2])
	}
	return false
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
