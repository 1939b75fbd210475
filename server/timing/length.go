package timing

import (
	"unicode"

	"hearsay/server/transcript"
)

// How long a text takes to say, in characters: most take one, these take more.
//
// Fitted to a part of 265 talks and recordings in more than twenty languages,
// see docs/benchmarks.md. Against plain characters with a rest of 3, the median
// error between starts known every 30 s falls by 15 to 34 % in speech that is
// timed to the hundredth; in interviews whose times leave no rests it grows by
// 4 %. Of the gain in the fit, digits gave half and the longer rest a quarter.
// Left out, for they gave a hundredth or less: groups of vowels, letters without
// blanks, a rest of their own for question, dash, ellipsis and change of
// speaker, and a curve through the known times. The rest is where texts differ
// most: see restOf.
const (
	pause     = 8.0 // the usual rest at the end of a line
	breath    = 3.0 // the rest at a comma or a full stop inside a line
	ideograph = 3.0 // Han, Hangul
	kana      = 2.0
	digit     = 6.0 // 7 is said "seven"
	zero      = 2.0 // 20 is hardly longer than 2
	sign      = 7.0 // %, &, +, €
	capital   = 3.0 // it begins a name, or is said letter by letter
)

// wide is the first of the marks that need no blank behind them: 、 and 。
const wide = 0x2E80

// spoken is the length of text in characters. It knows no language.
func spoken(text string) float64 {
	n, capitals, small := 0.0, 0.0, false
	mark := rune(0) // the mark before r at which the voice may rest
	for _, r := range text {
		terminal := unicode.Is(unicode.Terminal_Punctuation, r)
		switch {
		case terminal:
			mark = r
		case mark != 0 && !isClosing(r):
			if mark >= wide || unicode.IsSpace(r) {
				n += breath
			}
			mark = 0
		}
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLower(r):
			small = true
		}
		n += weight(r)
	}
	if small { // else it is shouted
		n += (capital - 1) * capitals
	}
	return n
}

func weight(r rune) float64 {
	switch {
	case unicode.In(r, unicode.Han, unicode.Hangul):
		return ideograph
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return kana
	case r == '0':
		return zero
	case unicode.IsDigit(r):
		return digit
	case unicode.IsSymbol(r), r == '%', r == '&', r == '@', r == '#':
		return sign
	case unicode.Is(unicode.Mn, r):
		return 0
	}
	return 1
}

// length is that of what the voice says of a segment, in characters, and the
// places of the anchors in it. The marks themselves are not said.
func length(s transcript.Segment) (total float64, anchors []float64) {
	if s.Unspoken {
		return 0, make([]float64, len(s.Anchors))
	}
	from := 0
	for _, span := range transcript.AnchorBytes(s) {
		total += spoken(s.Text[from:span[0]])
		anchors, from = append(anchors, total), span[1]
	}
	return total + spoken(s.Text[from:]), anchors
}
