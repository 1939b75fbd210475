package timing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// abbreviations end in a full stop that ends no sentence. Lower case, without
// the stop.
var abbreviations = wordSet(
	// English
	"mr mrs ms dr prof st sr jr vs gen col capt lt sgt rev hon gov sen rep no vol ed eds inc ltd co corp approx dept est fig al " +
		// French
		"m mm mme mmes mlle mlles me mgr pr ste av bd chap env ex hab " +
		// German
		"hr fr nr str bzw ca evtl ggf inkl usw vgl abs bd jh zb dh ua " +
		// Spanish, Italian, Portuguese
		"sra srta dra ud uds pág tel sig dott ing avv exmo exma",
)

func wordSet(s string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// sentences returns the byte offsets at which the sentences of text begin,
// the first always 0: the sentence rules of Unicode (UAX #29), and on top of
// them what the rules cannot know: abbreviations, initials, and the blank that
// French sets inside its quotation marks.
func sentences(text string) []int {
	// A line break inside a caption is layout; only after the end of a sentence
	// is it the end of a paragraph. One byte for one byte: offsets stay.
	flat := []byte(text)
	for i, b := range flat {
		if b == '\n' && !endsSentence(text[:i]) {
			flat[i] = ' '
		}
	}
	starts := []int{0}
	rest, at, state := string(flat), 0, -1
	for rest != "" {
		var sentence string
		sentence, rest, state = uniseg.FirstSentenceInString(rest, state)
		at += len(sentence)
		end := at + closing(rest)
		if rest == "" || strings.TrimSpace(text[end:]) == "" {
			break
		}
		if !goesOn(text[starts[len(starts)-1]:end], text[end:]) {
			starts = append(starts, end)
		}
	}
	return starts
}

// endsSentence reports whether s ends in a mark that ends sentences, closing
// marks and blanks aside.
func endsSentence(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isClosing(r) })
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.Is(unicode.STerm, r) || r == '.' || r == '…'
}

// closing returns the length of the closing marks, and the blanks round them,
// with which s begins: they belong to the sentence before ("… ? » dit-il").
func closing(s string) int {
	n := 0
	for i, r := range s {
		switch {
		case isClosing(r):
			n = i + utf8.RuneLen(r)
		case !unicode.IsSpace(r):
			if n > 0 {
				return i
			}
			return 0
		}
	}
	return n
}

func isClosing(r rune) bool {
	return r == '"' || r == '»' || r == '”' || unicode.Is(unicode.Pe, r) || r == '’'
}

// goesOn reports whether the sentence that seems to end before does not: an
// abbreviation, an initial, or, behind a closing mark, a small letter.
func goesOn(before, after string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(after, unicode.IsSpace))
	before = strings.TrimRightFunc(before, unicode.IsSpace)
	last, _ := utf8.DecodeLastRuneInString(before)
	if isClosing(last) && (unicode.IsLower(first) || first == ',' || first == ';') {
		return true
	}
	word, stopped := strings.CutSuffix(before[strings.LastIndexFunc(before, notInWord)+1:], ".")
	if !stopped || word == "" {
		return false
	}
	if r, size := utf8.DecodeRuneInString(word); size == len(word) && unicode.IsUpper(r) && r != 'I' {
		return true
	}
	return abbreviations[strings.ToLower(word)]
}

func notInWord(r rune) bool {
	return unicode.IsSpace(r) || r == '(' || r == '«' || r == '“' || r == '"'
}
