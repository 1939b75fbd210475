package codec

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTag is the longest tag, in bytes; a < without its > that near is text.
const maxTag = 512

// tags are those of WebVTT and of SubRip. Any other < is text, for people talk
// about code.
var tags = map[string]bool{
	"b": true, "c": true, "font": true, "i": true, "lang": true, "rt": true,
	"ruby": true, "s": true, "u": true, "v": true,
}

// textReader reads the text of one cue with its markup.
type textReader struct {
	cues   []cue // those done
	cue    cue   // the one that is being read
	text   []byte
	report *report
}

// appendCues reads the text of a cue, and appends one cue for each voice in it;
// none where there is no text.
func appendCues(cues []cue, c cue, text string, r *report) []cue {
	if !strings.ContainsAny(text, "<&{") {
		if text != "" {
			c.text = text
			cues = append(cues, c)
		}
		return cues
	}
	t := textReader{cues: cues, cue: c, text: make([]byte, 0, len(text)), report: r}
	from := 0 // of what is not written yet
	for i := 0; i < len(text); {
		if end := markupEnd(text, i); end > i {
			t.write(text[from:i])
			t.markup(text[i:end])
			from, i = end, end
		} else {
			i++
		}
	}
	t.write(text[from:])
	t.end()
	return t.cues
}

// plain returns a text as it is read when no voice is asked for.
func plain(text string) string {
	cues := appendCues(nil, cue{}, text, new(report))
	if len(cues) != 1 {
		return ""
	}
	return cues[0].text
}

// markupEnd returns the end of the tag or the {\override} that begins at i, and
// i where none does.
func markupEnd(s string, i int) int {
	closing := byte('>')
	switch {
	case s[i] == '{' && strings.HasPrefix(s[i:], `{\`):
		closing = '}'
	case s[i] != '<':
		return i
	}
	n := strings.IndexByte(s[i:min(len(s), i+maxTag)], closing)
	if n < 0 || closing == '>' && !isTag(s[i+1:i+n]) {
		return i
	}
	return i + n + 1
}

// isTag reports whether what stands between < and > is a tag or a time.
func isTag(s string) bool {
	_, isTime := parseCueTime(s)
	return isTime || tags[tagName(strings.TrimPrefix(s, "/"))]
}

// tagName returns the name that a tag begins with, in lower case.
func tagName(s string) string {
	s = s[:min(len(s), len("font")+1)]
	if i := strings.IndexAny(s, ". \t\n/"); i >= 0 {
		s = s[:i]
	}
	return strings.ToLower(s)
}

// markup takes in one tag or override.
func (t *textReader) markup(s string) {
	if s[0] == '{' { // it says where on a screen the text stands
		return
	}
	s = s[1 : len(s)-1]
	if ms, ok := parseCueTime(s); ok {
		t.cue.marks = append(t.cue.marks, mark{len(t.text), ms})
		return
	}
	switch tagName(s) {
	case "v":
		t.voice(s)
	case "u":
		t.cue.highlight.from = len(t.text)
	}
	if closed, ok := strings.CutPrefix(s, "/"); ok {
		switch tagName(closed) {
		case "v":
			t.voice("")
		case "u":
			t.cue.highlight.to = len(t.text)
		}
	}
}

// voice ends what was read so far, and goes on with another speaker: the name
// behind the first blank of a tag.
func (t *textReader) voice(tag string) {
	t.end()
	name := ""
	if i := strings.IndexAny(tag, " \t\n"); i >= 0 {
		name = strings.Join(strings.Fields(html.UnescapeString(tag[i:])), " ")
	}
	t.cue.speaker, t.cue.named = name, true
}

// write adds text without its blanks at the ends of lines, and without blank
// lines.
func (t *textReader) write(s string) {
	if strings.IndexByte(s, '&') >= 0 {
		s = strings.ReplaceAll(html.UnescapeString(s), "\r", "\n")
	}
	for {
		line, rest, more := strings.Cut(s, "\n")
		if n := len(t.text); n == 0 || t.text[n-1] == '\n' {
			line = strings.TrimLeftFunc(line, unicode.IsSpace)
		}
		t.text = append(t.text, line...)
		if !more {
			return
		}
		if t.trim(); len(t.text) > 0 {
			t.text = append(t.text, '\n')
		}
		s = rest
	}
}

// trim takes blanks off the end.
func (t *textReader) trim() {
	for len(t.text) > 0 {
		r, size := utf8.DecodeLastRune(t.text)
		if !unicode.IsSpace(r) {
			return
		}
		t.text = t.text[:len(t.text)-size]
	}
}

// end keeps what was read as a cue, if there was any text.
func (t *textReader) end() {
	t.trim()
	if len(t.text) == 0 {
		t.cue.marks = t.cue.marks[:0]
		return
	}
	c := t.cue
	c.text = string(t.text)
	for i := range c.marks {
		c.marks[i].offset = min(c.marks[i].offset, len(c.text))
	}
	c.highlight.to = min(c.highlight.to, len(c.text))
	wrong := 0
	if c.marks, wrong = ascending(c.marks, c.startMs, c.endMs); wrong > 0 {
		t.report.add(c.line, "times of words out of order: dropped")
	}
	t.cues = append(t.cues, c)
	t.text = t.text[:0]
	t.cue.marks, t.cue.highlight, t.cue.headings = nil, extent{}, nil
}

// escape writes text so that it is read back as it is.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `{\`, `&#123;\`).Replace

// tidyLines takes the blanks off the ends of lines, and blank lines out.
func tidyLines(s string) string {
	var b strings.Builder
	for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(line); line != "" {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(line)
		}
	}
	return b.String()
}
