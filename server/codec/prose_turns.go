package codec

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
)

// script is a document with its speech found: pieces, and what stands around
// and between them.
type script struct {
	introduction, afterword string
	date                    string
	pieces                  []piece
	marks                   []sectionMark
	report                  report
}

// piece is what becomes a segment: a turn, or the part of one that has a time
// of its own or stands behind a heading.
type piece struct {
	line    int
	speaker string
	start   stamp
	parts   []part
}

// part is a stretch of a piece's text.
type part struct {
	line   int
	text   string
	joined bool // by a blank; else it is a new paragraph
}

// sectionMark is a heading, or a label with a time and nothing said.
type sectionMark struct {
	line   int
	title  string
	start  stamp
	before int // the index of the piece that follows
}

// hasSpeech reports whether there are speakers, or times at the head of a fair
// part of the paragraphs: two times in a long article are none.
func hasSpeech(blocks []block, heads []head) bool {
	times, paragraphs := 0, 0
	for i, h := range heads {
		if h.speaker != "" {
			return true
		}
		if h.before.stated() {
			times++
		}
		if blocks[i].kind == paragraph && !blocks[i].joined {
			paragraphs++
		}
	}
	return 10*times >= paragraphs && (times > 1 || times == 1 && paragraphs == 1)
}

// scriptOf parts a document that has speech into introduction, pieces and
// afterword.
func scriptOf(doc document, heads []head) script {
	blocks, heads := doc.article(heads)
	first, last := speechRange(doc, blocks, heads)
	w := scriptWriter{script: script{
		report:       doc.report,
		introduction: textOf(blocks[:first]),
		afterword:    textOf(blocks[last:]),
		date:         cmp.Or(dateNearTop(blocks[:first]), dateNearTop(blocks[last:])),
	}}
	for i := first; i < last; i++ {
		w.add(blocks[i], heads[i])
	}
	w.end()
	return w.script
}

// textOf joins blocks that are no speech: paragraphs by a newline.
func textOf(blocks []block) string {
	var parts []part
	for _, b := range blocks {
		if b.kind != rule {
			parts = append(parts, part{text: b.text, joined: b.joined})
		}
	}
	return joinParts(parts)
}

// joinParts joins lines by a blank, or by nothing in a script that writes none,
// and paragraphs by a newline.
func joinParts(parts []part) string {
	var text strings.Builder
	for i, p := range parts {
		if i > 0 {
			text.WriteString(p.gap(parts[i-1]))
		}
		text.WriteString(p.text)
	}
	return text.String()
}

// scriptWriter goes through the blocks of the speech.
type scriptWriter struct {
	script
	now     *piece // being filled, nil before the first
	waiting stamp  // a time alone on its line belongs to what follows
	at      int    // line of waiting
}

// add adds a block.
func (w *scriptWriter) add(b block, h head) {
	text := h.text(b)
	switch {
	case b.kind == heading:
		w.finish()
		w.marks = append(w.marks, headingMark(b, len(w.pieces)))
	case b.kind == rule:
		w.finish()
	case h.section:
		w.finish()
		w.drop()
		w.marks = append(w.marks, sectionMark{b.line, h.name, h.start(), len(w.pieces)})
	case h.speaker != "":
		w.begin(b.line, h.speaker, w.take(h.start()))
		w.say(b, text)
	case h.before.stated() && text == "":
		w.wait(b.line, h.before)
	case h.before.stated():
		w.drop()
		w.goOn(b.line, h.before)
		w.say(b, text)
	default:
		if w.now == nil || w.waiting.stated() {
			w.goOn(b.line, w.take(stamp{}))
		}
		w.say(b, text)
	}
}

// headingMark reads a heading, which may have a time at either end.
func headingMark(b block, before int) sectionMark {
	b.kind = paragraph
	h := headOf(b)
	m := sectionMark{line: b.line, title: b.text, before: before}
	switch {
	case h.before.stated() && h.behind < len(b.text):
		m.title, m.start = b.text[h.behind:], h.before
	case h.after.stated() && h.alone(b):
		m.title, m.start = h.name, h.after
	}
	return m
}

// begin begins a turn.
func (w *scriptWriter) begin(line int, speaker string, start stamp) {
	w.finish()
	w.pieces = append(w.pieces, piece{line: line, speaker: speaker, start: start})
	w.now = &w.pieces[len(w.pieces)-1]
}

// goOn begins a new piece of the same turn. A turn that has said nothing yet
// and has no time takes this one.
func (w *scriptWriter) goOn(line int, start stamp) {
	if w.now != nil && len(w.now.parts) == 0 && !w.now.start.stated() {
		w.now.start = start
		return
	}
	w.begin(line, w.speaker(), start)
}

// speaker returns who spoke last.
func (w *scriptWriter) speaker() string {
	if len(w.pieces) == 0 {
		return ""
	}
	return w.pieces[len(w.pieces)-1].speaker
}

func (w *scriptWriter) say(b block, text string) {
	if text != "" {
		w.now.parts = append(w.now.parts, part{line: b.line, text: text, joined: b.joined})
	}
}

// wait keeps a time that stands alone on its line for what follows.
func (w *scriptWriter) wait(line int, at stamp) {
	w.drop()
	w.waiting, w.at = at, line
}

// take returns the time of a turn: its own, else the one that waits.
func (w *scriptWriter) take(own stamp) stamp {
	if own.stated() {
		w.drop()
		return own
	}
	own, w.waiting = w.waiting, stamp{}
	return own
}

// drop reports a time that nothing followed.
func (w *scriptWriter) drop() {
	if w.waiting.stated() {
		w.report.add(w.at, w.waiting.raw+" has no speech behind it: left out")
		w.waiting = stamp{}
	}
}

// finish ends the piece being filled. Without a word it is none.
func (w *scriptWriter) finish() {
	if w.now == nil {
		return
	}
	p := *w.now
	w.now = nil
	if hasWords(p.parts) {
		return
	}
	w.pieces = w.pieces[:len(w.pieces)-1]
	if p.speaker == "" {
		w.report.add(p.line, "nothing is said here: skipped")
		return
	}
	w.report.add(p.line, fmt.Sprintf("%s says nothing here: skipped", p.speaker))
}

func (w *scriptWriter) end() {
	w.finish()
	w.drop()
}

// hasWords reports whether there is a letter or a digit.
func hasWords(parts []part) bool {
	for _, p := range parts {
		if strings.ContainsFunc(p.text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			return true
		}
	}
	return false
}
