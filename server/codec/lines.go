package codec

import "hearsay/server/transcript"

// lines is text without any turns, one segment a line; a time at the head of a
// line, or on the line above, is its start. Any text could be that, so it is
// read only when asked for.
var lines = Format{
	Name:   "lines",
	Sniff:  func(string) bool { return false },
	Decode: decodeLines,
}

func decodeLines(src string) (transcript.Transcript, error) {
	w := scriptWriter{}
	source := splitLines(src)
	timed := areTimed(source)
	for i, line := range source {
		b := block{line: i + 1, text: trimSpace(line)}
		mark, n := stampAt(b.text)
		if n > 0 && !timed && !isBracket(b.text) && goesOn(mark, b.text[n:]) {
			mark, n = stamp{}, 0
		}
		if n > 0 {
			n = skip(b.text, n, "-–—|:：")
		}
		switch text := b.text[n:]; {
		case text != "":
			w.pieces = append(w.pieces, piece{line: b.line, start: w.take(mark), parts: []part{{line: b.line, text: text}}})
		case n > 0:
			w.wait(b.line, mark)
		}
	}
	w.drop()
	var t transcript.Transcript
	if w.fill(&t); len(t.Segments) == 0 {
		return transcript.Transcript{}, &Error{Format: "lines", Text: "there is no line with text in it: give one line for each segment"}
	}
	return t, nil
}

// areTimed reports whether a fair part of the lines begin with a time.
func areTimed(source []string) bool {
	timed, said := 0, 0
	for _, line := range source {
		if line = trimSpace(line); line == "" {
			continue
		}
		said++
		if _, n := stampAt(line); n > 0 {
			timed++
		}
	}
	return timed > 1 && 5*timed >= said
}
