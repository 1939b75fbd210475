package codec

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/server/transcript"
)

// maxHead is how far into a block its head may reach, in bytes.
const maxHead = 200

// form is how a label is written, which tells how far to trust it.
type form int

const (
	plainLabel  form = iota // Anna: text
	apartLabel              // **Anna:** text, <cite>Anna</cite>
	timedLabel              // Anna (00:01:02): text, Anna  1:09
	aheadLabel              // 00:01:02 Anna: text
	letterLabel             // Q. text
	weakLabel               // 00:01:02 Anna, Anna 1:09, **Anna**: a line without a colon
)

// stamp is a time, or a time to another, as it is written. The zero value is none.
type stamp struct {
	atMs  transcript.Ms
	endMs transcript.Ms // Unknown of a single time
	raw   string        // "" if there is none
}

func (s stamp) stated() bool { return s.raw != "" }

// head is what a block may begin with: a time, a label, or both.
type head struct {
	before stamp // ahead of the label
	bare   bool  // before has no brackets
	amid   bool  // before may well be said: 10:30 is late, 10:30: the bell
	behind int   // where the text behind the leading time begins
	name   string
	form   form
	after  stamp // behind the name, or first in the speech
	speech int   // where the text behind the label begins
	beside bool  // the name stands above a line with its time

	// Decided over the whole file:
	speaker string // "" if the label is none
	remark  string // in brackets behind the name, not part of the speaker's: "(laughing)"
	section bool   // a name and a time with nothing said behind them
}

// labelled reports whether the head names somebody who may be a speaker.
func (h head) labelled() bool { return h.name != "" }

// opens reports whether the block begins a piece of speech.
func (h head) opens() bool { return h.speaker != "" || h.before.stated() }

// alone reports whether nothing stands behind the head.
func (h head) alone(b block) bool {
	return h.labelled() && h.speech == len(b.text) || !h.labelled() && h.before.stated() && h.behind == len(b.text)
}

// clocked reports whether a time belongs to the name.
func (h head) clocked() bool { return h.after.stated() || h.beside }

// start returns the time at which the speech of the block begins.
func (h head) start() stamp {
	if h.before.stated() {
		return h.before
	}
	return h.after
}

// text returns what the block says behind its head.
func (h head) text(b block) string {
	if h.speaker == "" {
		return b.text[h.behind:]
	}
	text := b.text[h.speech:]
	if h.before.stated() && h.after.stated() { // one start is enough: the second stays
		text = h.after.raw + " " + text
	}
	if h.remark != "" {
		text = h.remark + " " + text
	}
	return trimSpace(text)
}

// headOf looks for a head at the beginning of a block.
func headOf(b block) head {
	var h head
	if b.kind != paragraph {
		return h
	}
	s := b.text
	at := skip(s, 0, ">•-–—*")
	if mark, n := stampAt(s[at:]); n > 0 {
		h.before, h.bare = mark, !isBracket(s[at:])
		h.amid = h.bare && goesOn(mark, s[at+n:])
		at = skip(s, at+n, ":：-–—|")
		h.behind = at
	}
	if !h.findLabel(b, at) {
		h.findLetter(s, at)
	}
	if h.labelled() && h.before.stated() && h.form != weakLabel && h.form != apartLabel {
		h.form = aheadLabel
	}
	if h.labelled() && !h.after.stated() {
		mark, n := stampAt(s[h.speech:])
		if n > 0 && (isBracket(s[h.speech:]) || !goesOn(mark, s[h.speech+n:])) {
			h.after, h.speech = mark, skip(s, h.speech+n, ":：-–—|")
			if h.form == plainLabel {
				h.form = timedLabel
			}
		}
	}
	return h
}

// goesOn reports whether a sentence goes on in rest, behind a time of minutes
// without brackets.
func goesOn(mark stamp, rest string) bool {
	first, _ := utf8.DecodeRuneInString(trimSpace(rest))
	return strings.Count(mark.raw, ":") == 1 && (unicode.IsLower(first) || first == ':')
}

// findLabel looks for a name at byte i of the block.
func (h *head) findLabel(b block, i int) bool {
	s := b.text
	end := min(len(s), i+maxHead)
	for j := i; j < end; {
		r, size := utf8.DecodeRuneInString(s[j:])
		switch {
		case r == ':' || r == '：':
			if strings.HasPrefix(s[j:], "://") {
				return false
			}
			return h.setLabel(b, i, j, j+size, plainLabel)
		case j > i && isBracket(s[j:]):
			if mark, n := stampAt(s[j:]); n > 0 {
				return h.setTimedLabel(b, i, j, j+n, mark)
			}
		case isDigit(r) && j > i && isBlankBefore(s, j):
			if mark, n := stampAt(s[j:]); n > 0 {
				return h.setTimedLabel(b, i, j, j+n, mark)
			}
		}
		j += size
	}
	return h.wholeLine(b, i)
}

// setLabel takes s[from:to] as a name. Behind byte rest comes what is said.
func (h *head) setLabel(b block, from, to, rest int, f form) bool {
	name := cleanName(b.text[from:to])
	if name == "" || len(name) > maxLabel {
		return false
	}
	h.name, h.form, h.speech = name, f, skip(b.text, rest, "")
	if f != weakLabel && isSetApart(b, from, to) {
		h.form = apartLabel
	}
	return true
}

// setTimedLabel takes s[from:to] as a name and the mark behind it, which ends
// at byte rest, as its time.
func (h *head) setTimedLabel(b block, from, to, rest int, mark stamp) bool {
	s := b.text
	next := skip(s, rest, "")
	colon := strings.HasPrefix(s[next:], ":") || strings.HasPrefix(s[next:], "：")
	tabbed := strings.HasSuffix(s[:to], "\t") && strings.HasPrefix(s[rest:], "\t")
	f := timedLabel
	switch gap := s[:to]; {
	case colon:
		_, size := utf8.DecodeRuneInString(s[next:])
		next += size
	case next < len(s) && !isSetApart(b, from, to) && !isBracket(s[to:]) && !tabbed:
		return false // a time of day, in the middle of a sentence
	case next < len(s):
		f = plainLabel
	case !isSetApart(b, from, to) && !isBracket(s[to:]) && !strings.HasSuffix(gap, "  ") && !strings.HasSuffix(gap, "\t"):
		f = weakLabel
	}
	if h.before.stated() || !h.setLabel(b, from, to, next, f) {
		return false
	}
	h.after = mark
	return true
}

// wholeLine takes a block without a colon as a name if it is set apart, or if a
// time stands before it.
func (h *head) wholeLine(b block, from int) bool {
	s := b.text
	for _, sp := range b.spans {
		if sp.cite && trimSpace(s[from:max(from, sp.from)]) == "" && sp.to > from {
			return h.setLabel(b, from, sp.to, sp.to, plainLabel)
		}
	}
	apart := isSetApart(b, from, len(s))
	if len(s)-from > maxLabel || !h.before.stated() && !apart {
		return false
	}
	if name := s[from:]; !apart && endsSentence(name) && (!nameShaped(name) || !strings.Contains(name, " ")) {
		return false // [00:00:30] Yes.
	}
	return h.setLabel(b, from, len(s), len(s), weakLabel)
}

// besideTimes finds the names that have a line to themselves next to a time
// that has one: name, time, speech, or time, name, speech. Where every other
// line is a time, the lines between are speech.
func besideTimes(blocks []block, heads []head) {
	isTime := func(i int) bool {
		return i >= 0 && i < len(heads) && !heads[i].labelled() && heads[i].alone(blocks[i])
	}
	for i := range heads {
		h, text := &heads[i], blocks[i].text
		if blocks[i].kind != paragraph || h.labelled() || h.before.stated() || !nameShaped(text) || endsSentence(text) {
			continue
		}
		named := i > 0 && heads[i-1].labelled() && heads[i-1].alone(blocks[i-1])
		taken := i > 1 && heads[i-2].beside
		if isTime(i-1) && !isTime(i+1) && !taken ||
			isTime(i+1) && !isTime(i-1) && !named && i+2 < len(heads) && !isTime(i+2) && !isTime(i+3) {
			h.beside = h.setLabel(blocks[i], 0, len(text), len(text), weakLabel) && isTime(i+1)
		}
	}
}

// findLetter finds the Q. and A. of printed interviews.
func (h *head) findLetter(s string, i int) {
	if len(s) > i+2 && strings.IndexByte("QARF", s[i]) >= 0 && s[i+1] == '.' && s[i+2] == ' ' {
		h.name, h.form, h.speech = s[i:i+1], letterLabel, i+3
	}
}

// isSetApart reports whether one span covers the label s[from:to].
func isSetApart(b block, from, to int) bool {
	for _, sp := range b.spans {
		if trimSpace(b.text[from:max(from, min(to, sp.from))]) == "" &&
			cleanName(b.text[max(from, min(to, sp.to)):to]) == "" {
			return true
		}
	}
	return false
}

// cleanName trims what may stand around a name.
func cleanName(s string) string {
	s = strings.TrimFunc(cleanLabel(s), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(":：,|-–—•*_", r)
	})
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		s = s[1 : len(s)-1]
	}
	return strings.Join(strings.Fields(s), " ")
}

// skip returns where in s, from i, something else than blanks, direction marks
// and the given signs begins.
func skip(s string, i int, signs string) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsSpace(r) && !isDirection(r) && !strings.ContainsRune(signs, r) {
			break
		}
		i += size
	}
	return i
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isBlankBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsSpace(r)
}

// clock matches a time with minutes at least; a fourth part counts frames.
var clock = regexp.MustCompile(`^\d{1,3}([:;]\d{1,2}){0,2}[:;]\d{2}([.,]\d{1,3})?`)

// clockAt reads the time that s begins with and returns its length in bytes, 0
// if there is none.
func clockAt(s string) (transcript.Ms, int) {
	if s == "" || !isDigit(rune(s[0])) {
		return 0, 0
	}
	raw := clock.FindString(s[:min(len(s), 24)])
	if raw == "" || len(raw) < len(s) && (isWordByte(s[len(raw)]) || s[len(raw)] == ':' && startsDigit(s[len(raw)+1:])) {
		return 0, 0
	}
	parts := strings.Split(strings.ReplaceAll(raw, ";", ":"), ":")
	ms, ok := parseClock(strings.Join(parts[:min(len(parts), 3)], ":"))
	if !ok {
		return 0, 0
	}
	return ms, len(raw)
}

func startsDigit(s string) bool { return s != "" && isDigit(rune(s[0])) }

var (
	toMark = regexp.MustCompile(`^\s{0,3}(?:-->|->|→|-|–|—)\s{0,3}`)
	// timeOfDay follows the time on a clock on the wall.
	timeOfDay = regexp.MustCompile(`(?i)^\s?(?:[ap]\.?m\b|uhr\b|o['’]clock|heures\b|hrs?\b)`)
)

// rangeAt reads a time, or a time to another behind it, that s begins with and
// returns its length in bytes, 0 if there is none.
func rangeAt(s string) (stamp, int) {
	at, n := clockAt(s)
	if n == 0 {
		return stamp{}, 0
	}
	end := transcript.Unknown
	if to := toMark.FindString(s[n:min(len(s), n+16)]); to != "" {
		if until, m := clockAt(s[n+len(to):]); m > 0 {
			n += len(to) + m
			if until > at {
				end = until
			}
		}
	}
	return stamp{at, end, s[:n]}, n
}

// stampAt reads the bare or bracketed time that s begins with and returns its
// length in bytes, 0 if there is none.
func stampAt(s string) (stamp, int) {
	if !isBracket(s) {
		mark, n := rangeAt(s)
		if n == 0 || timeOfDay.MatchString(s[n:min(len(s), n+16)]) || !blankAt(s[n:]) {
			return stamp{}, 0
		}
		return mark, n
	}
	_, size := utf8.DecodeRuneInString(s)
	from := skip(s[:min(len(s), 40)], size, "")
	mark, n := rangeAt(s[from:])
	if n == 0 {
		return stamp{}, 0
	}
	to := skip(s[:min(len(s), from+n+8)], from+n, "")
	r, size := utf8.DecodeRuneInString(s[to:])
	if !strings.ContainsRune(closers, r) || to == len(s) {
		return stamp{}, 0
	}
	mark.raw = s[:to+size]
	return mark, to + size
}

// blankAt reports whether s is empty or begins with what may follow a bare time.
func blankAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || unicode.IsSpace(r) || isDirection(r) || strings.ContainsRune(":：-–—|", r)
}

const (
	openers = "[(<{［（【"
	closers = "])>}］）】"
)

func isBracket(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune(openers, r)
}
