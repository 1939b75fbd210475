package codec

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Who speaks is decided over the whole file, for a colon alone says nothing: a
// headline has one, and so has "Attention: wet floor".

// labels is what is known about the labels of a file.
type labels struct {
	blocks     []block
	heads      []head
	count      map[string]int // how often a name stands as a label
	paragraphs int
	stamped    int // paragraphs that begin with a time
	ahead      int // … and go on with a name
	letters    map[string]int
	apart      int  // labels set apart
	trusted    bool // such a label needs no repetition
	lines      int  // weak labels that have a time
	clocked    bool // such a label needs no repetition
	bare       bool // speakers stand on lines to themselves, without a time
}

// decideSpeakers sets the speaker of each head whose label is one. Variants of
// a name get the spelling that comes first. Heads that turn out to be ordinary
// text are emptied.
func decideSpeakers(blocks []block, heads []head) {
	l := labels{blocks: blocks, heads: heads, count: make(map[string]int), letters: make(map[string]int)}
	l.survey()
	l.dropTimesOfDay()
	known := l.settled()
	if len(known) == 0 {
		known = l.alternating()
	}
	if len(known) == 0 {
		return
	}
	first, spelling := len(heads), make(map[string]string)
	for i, h := range heads {
		if key := nameKey(h.name); h.labelled() && known[key] && l.fits(i) {
			l.name(i, spelling)
			first = min(first, i)
			l.bare = l.bare || h.form == weakLabel && !h.start().stated() && !h.beside
		}
	}
	l.saidOnce(first, spelling)
	l.markSections()
}

// name makes the label of block i a speaker.
func (l *labels) name(i int, spelling map[string]string) {
	h := &l.heads[i]
	bare, remark := cutRemark(h.name)
	key := nameKey(bare)
	if spelling[key] == "" {
		spelling[key] = h.name
	}
	h.speaker = spelling[key]
	if remark != "" && !strings.EqualFold(h.name, h.speaker) {
		h.remark = remark
	}
}

// cutRemark parts a name from a remark in brackets behind it.
func cutRemark(name string) (bare, remark string) {
	if i := strings.IndexAny(name, "(["); i > 0 && strings.ContainsAny(name[len(name)-1:], ")]") {
		return strings.TrimSpace(name[:i]), name[i:]
	}
	return name, ""
}

// nameKey is equal for names that differ in case, in blanks, or in a remark in
// brackets behind them.
func nameKey(name string) string {
	bare, _ := cutRemark(name)
	return strings.ToLower(bare)
}

// survey counts. Labels set apart are trusted where they open the text, come
// twice, or make up a good part of it: articles have bold words too.
func (l *labels) survey() {
	for i, h := range l.heads {
		if l.blocks[i].kind != paragraph {
			continue
		}
		if h.labelled() || !h.alone(l.blocks[i]) {
			l.paragraphs++
		}
		if h.before.stated() {
			l.stamped++
		}
		switch {
		case !h.labelled() || h.form == weakLabel && !l.followed(i):
		case h.form == letterLabel:
			l.letters[h.name]++
		default:
			l.count[nameKey(h.name)]++
			if h.form == apartLabel {
				l.apart++
				l.trusted = l.trusted || l.paragraphs == 1 || l.count[nameKey(h.name)] > 1
			}
			if h.before.stated() {
				l.ahead++
			}
			if h.form == weakLabel && h.clocked() && nameShaped(h.name) {
				l.lines++
			}
		}
	}
	l.trusted = l.trusted || 3*l.apart >= l.paragraphs
	l.clocked = l.lines > 1 && 4*l.lines >= l.paragraphs
}

// followed reports whether text without a head follows block i.
func (l *labels) followed(i int) bool {
	if l.heads[i].beside {
		i++
	}
	if i+1 >= len(l.heads) || l.blocks[i+1].kind != paragraph {
		return false
	}
	next := l.heads[i+1]
	return !next.before.stated() && !(next.labelled() && next.form != plainLabel)
}

// dropTimesOfDay drops times without brackets in a file where few lines begin
// with a time: those that begin a line only because the line before was full,
// and those with which a sentence begins.
func (l *labels) dropTimesOfDay() {
	if l.stamped > 1 && 5*l.stamped >= l.paragraphs {
		return
	}
	for i := range l.heads {
		h := &l.heads[i]
		if h.bare && (l.blocks[i].joined || h.amid) {
			*h = head{}
		}
	}
}

// settled returns the names that are speakers for sure.
func (l *labels) settled() map[string]bool {
	known := make(map[string]bool)
	plainOnly, uses := true, 0
	for i, h := range l.heads {
		key := nameKey(h.name)
		if h.labelled() && !known[key] && l.sure(i, key) {
			known[key] = true
			plainOnly = plainOnly && h.form == plainLabel
			uses += l.count[key]
		}
	}
	if plainOnly && len(known) == 1 && 10*uses < l.paragraphs {
		return nil // the photo credits of an article
	}
	return known
}

// sure reports whether the label of block i makes its name a speaker.
func (l *labels) sure(i int, key string) bool {
	h := l.heads[i]
	count := l.count[key]
	switch h.form {
	case letterLabel:
		return l.letters["Q"] > 0 && l.letters["A"]+l.letters["R"] > 0 ||
			l.letters["F"] > 0 && l.letters["A"] > 0
	case apartLabel:
		return l.trusted && l.nameLike(h.name, count) || 2*l.apart > l.paragraphs && isTitle(h.name)
	case timedLabel:
		return l.nameLike(h.name, count)
	case aheadLabel:
		return l.nameLike(h.name, count) && (count > 1 || 2*l.ahead >= l.stamped)
	case weakLabel:
		return (count > 1 || l.clocked && h.clocked()) && nameShaped(h.name) && l.followed(i)
	default:
		return count > 1 && l.nameLike(h.name, count)
	}
}

// fits reports whether the label of block i, whose name is a speaker, is one
// here too.
func (l *labels) fits(i int) bool {
	return l.heads[i].form != weakLabel || l.followed(i)
}

// nameLike reports whether a label that comes count times could be a name. One
// with lower-case words ("Woman in audience") must come more often.
func (l *labels) nameLike(name string, count int) bool {
	name, _ = cutRemark(name)
	return nameShaped(name) || count > 2 && 20*count >= l.paragraphs && nameShaped(titled(name))
}

// titled writes each word upper-case.
func titled(name string) string {
	words := strings.Fields(name)
	for i, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		words[i] = string(unicode.ToTitle(first)) + word[size:]
	}
	return strings.Join(words, " ")
}

// isTitle reports whether a label set apart could stand for a voice that is no
// person, such as "Clip from episode 7".
func isTitle(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return strings.Contains(name, " ") && unicode.IsUpper(first) && !ordinary[strings.ToLower(name)] &&
		len(strings.Fields(name)) <= 8 && !strings.ContainsAny(name, ".?!;")
}

// alternating returns the names of a text too short for a label to recur: two
// names at least, at the head of neighbouring paragraphs, and nothing much else.
func (l *labels) alternating() map[string]bool {
	known, labelled, neighbours := make(map[string]bool), 0, false
	previous := ""
	for i, h := range l.heads {
		if l.blocks[i].kind != paragraph || l.blocks[i].joined || !h.labelled() && h.alone(l.blocks[i]) {
			continue
		}
		key := ""
		if h.labelled() && nameShaped(h.name) && (h.form == plainLabel || h.form == aheadLabel) {
			key = nameKey(h.name)
			known[key] = true
			labelled++
		}
		neighbours = neighbours || key != "" && previous != "" && key != previous
		previous = key
	}
	if !neighbours || 2*labelled < l.paragraphs {
		return nil
	}
	return known
}

// saidOnce accepts names that stand once, in a file that has speakers: anywhere
// behind the first turn, and before it where whole sentences are said in one
// run of labels that leads up to it.
func (l *labels) saidOnce(first int, spelling map[string]string) {
	candidate := func(i int) bool {
		h := l.heads[i]
		amid := l.blocks[i].joined && !endsSentence(l.blocks[i-1].text)
		sure := h.form != weakLabel || (h.start().stated() || h.beside || l.bare) && l.followed(i)
		name, _ := cutRemark(h.name)
		return h.speaker == "" && !amid && !l.isSpeech(i) && h.labelled() && sure && h.form != letterLabel && nameShaped(name)
	}
	for i := first + 1; i < len(l.heads); i++ {
		if candidate(i) {
			l.name(i, spelling)
		}
	}
	for i := first - 1; i >= 0 && candidate(i) && endsSentence(l.blocks[i].text); i-- {
		l.name(i, spelling)
	}
}

// isSpeech reports whether the block is what the speaker named on the line above,
// or above the time between them, says.
func (l *labels) isSpeech(i int) bool {
	if i > 0 && !l.heads[i-1].labelled() && l.heads[i-1].alone(l.blocks[i-1]) {
		i--
	}
	return i > 0 && l.heads[i-1].speaker != "" && l.heads[i-1].alone(l.blocks[i-1])
}

// markSections finds the labels with a time, or of an ordinary word in bold,
// behind which nobody says anything: the next block begins a turn or a chapter.
// Somebody who speaks elsewhere is no section.
func (l *labels) markSections() {
	silent := func(i int) bool {
		return l.heads[i].alone(l.blocks[i]) &&
			(i+1 == len(l.heads) || l.blocks[i+1].kind != paragraph || l.heads[i+1].opens())
	}
	speaks := make(map[string]bool)
	for i, h := range l.heads {
		if h.speaker != "" && !silent(i) {
			speaks[h.speaker] = true
		}
	}
	for i := range l.heads {
		h := &l.heads[i]
		marked := h.start().stated() || h.form == apartLabel && ordinary[strings.ToLower(h.name)]
		if h.labelled() && marked && silent(i) && !speaks[h.speaker] {
			h.section, h.speaker = true, ""
		}
	}
}
