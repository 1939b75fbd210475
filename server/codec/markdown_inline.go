package codec

import (
	"html"
	"regexp"
	"strings"
)

// htmlTag matches the tags that writers of Markdown use.
var htmlTag = regexp.MustCompile(`^<(/?)(u|b|i|strong|em|cite|span|time|sup|p|br)\b[^<>]{0,200}>`)

// inlineReader takes the notation out of a line of Markdown. Everything lands
// in out first; what turns out to be notation is dropped at the end.
type inlineReader struct {
	out       []byte
	drop      []span   // of out
	spans     []span   // of out, set apart
	brackets  []int    // where in out a [ stands that is still open
	open      []opened // emphasis and tags that are still open
	unclosed  [4]bool  // no closing mark of this kind follows any more
	linkBytes int
}

// opened is a mark that sets text apart until its like closes it.
type opened struct {
	mark string
	at   int // in out, behind the mark
}

// emphases are the marks of emphasis, the longer first. One star or dash sets
// nothing apart for our purposes: names in italics are titles of works.
var emphases = [4]string{"**", "__", "*", "_"}

// read reads a line.
func (r *inlineReader) read(s string) {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && isASCIIPunct(s[i+1]):
			r.out = append(r.out, s[i+1])
			i += 2
		case c == '[':
			r.brackets = append(r.brackets, len(r.out))
			r.out = append(r.out, c)
			i++
		case c == ']' && len(r.brackets) > 0:
			i += r.closeBracket(s[i:])
		case c == '<':
			i += r.tag(s[i:])
		case c == '*' || c == '_':
			i += r.emphasis(s, i)
		default:
			r.out = append(r.out, c)
			i++
		}
	}
}

// closeBracket reads a ], which ends a link if an address follows.
func (r *inlineReader) closeBracket(s string) int {
	start := r.brackets[len(r.brackets)-1]
	r.brackets = r.brackets[:len(r.brackets)-1]
	if strings.HasPrefix(s, "](") {
		if end := strings.IndexByte(s[:min(len(s), 2048)], ')'); end > 0 {
			r.linkBytes += len(r.out) - start - 1
			if start > 0 && r.out[start-1] == '!' {
				r.drop = append(r.drop, span{from: start - 1, to: start})
			}
			r.drop = append(r.drop, span{from: start, to: start + 1})
			return end + 1
		}
	}
	r.out = append(r.out, ']')
	return 1
}

// tag reads a < and what belongs to it: an HTML tag, which is left out, or an
// address in angle brackets.
func (r *inlineReader) tag(s string) int {
	m := htmlTag.FindStringSubmatch(s[:min(len(s), 256)])
	switch {
	case m == nil:
		r.out = append(r.out, '<')
		return 1
	case m[2] == "br" || m[2] == "p":
		r.out = append(r.out, ' ')
	case m[1] == "/":
		r.close("<" + m[2] + ">")
	default:
		r.open = append(r.open, opened{"<" + m[2] + ">", len(r.out)})
	}
	return len(m[0])
}

// emphasis reads the run of stars or dashes at i.
func (r *inlineReader) emphasis(s string, i int) int {
	for kind, mark := range emphases {
		if !strings.HasPrefix(s[i:], mark) {
			continue
		}
		isOpen := r.isOpen(mark)
		switch {
		case isOpen && closes(s, i, mark):
			r.mark(mark)
			r.close(mark)
		case !isOpen && !r.unclosed[kind] && opens(s, i, mark):
			if !closedLater(s, i+len(mark), mark) {
				r.unclosed[kind] = true
				continue
			}
			r.mark(mark)
			r.open = append(r.open, opened{mark, len(r.out)})
		default:
			continue
		}
		return len(mark)
	}
	r.out = append(r.out, s[i])
	return 1
}

// mark writes a mark that is to be dropped.
func (r *inlineReader) mark(mark string) {
	r.drop = append(r.drop, span{from: len(r.out), to: len(r.out) + len(mark)})
	r.out = append(r.out, mark...)
}

func (r *inlineReader) isOpen(mark string) bool {
	for _, o := range r.open[max(0, len(r.open)-8):] {
		if o.mark == mark {
			return true
		}
	}
	return false
}

// close closes the last mark of this kind, if one is open.
func (r *inlineReader) close(mark string) {
	for i := len(r.open) - 1; i >= max(0, len(r.open)-8); i-- {
		o := r.open[i]
		if o.mark != mark {
			continue
		}
		r.open = append(r.open[:i], r.open[i+1:]...)
		if mark != "*" && mark != "_" && mark != "<i>" && mark != "<em>" {
			r.set(span{from: o.at, to: len(r.out), cite: mark == "<cite>"})
		}
		return
	}
}

// set notes what is set apart; only the beginning of a block matters.
func (r *inlineReader) set(s span) {
	if s.from < maxHead && len(r.spans) < 8 {
		r.spans = append(r.spans, s)
	}
}

func opens(s string, i int, mark string) bool {
	after := i + len(mark)
	return after < len(s) && s[after] != ' ' && s[after] != '\t' &&
		(mark[0] == '*' || i == 0 || !isWordByte(s[i-1]))
}

func closes(s string, i int, mark string) bool {
	after := i + len(mark)
	return i > 0 && s[i-1] != ' ' && (mark[0] == '*' || after >= len(s) || !isWordByte(s[after]))
}

// closedLater reports whether a mark that closes stands in s from i.
func closedLater(s string, i int, mark string) bool {
	for {
		n := strings.Index(s[i:], mark)
		if n < 0 {
			return false
		}
		if i += n; closes(s, i, mark) && n > 0 {
			return true
		}
		i += len(mark)
	}
}

func isWordByte(c byte) bool {
	return c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

func isASCIIPunct(c byte) bool {
	return '!' <= c && c <= '~' && !isWordByte(c)
}

// result returns the line without its notation, and the spans in it.
func (r *inlineReader) result() (string, []span) {
	dropped := make([]bool, len(r.out))
	for _, d := range r.drop {
		for i := d.from; i < d.to; i++ {
			dropped[i] = true
		}
	}
	text := make([]byte, 0, len(r.out))
	place := make([]int, len(r.out)+1) // of each byte of out in text
	for i, c := range r.out {
		if place[i] = len(text); !dropped[i] {
			text = append(text, c)
		}
	}
	place[len(r.out)] = len(text)
	for i, s := range r.spans {
		r.spans[i].from, r.spans[i].to = place[s.from], place[s.to]
	}
	return decodeEntities(string(text), r.spans)
}

// decodeEntities replaces &amp; and its like, and moves the spans along.
func decodeEntities(s string, spans []span) (string, []span) {
	if !strings.Contains(s, "&") {
		return s, spans
	}
	for i := range spans {
		spans[i].to = len(html.UnescapeString(s[:spans[i].to]))
		spans[i].from = len(html.UnescapeString(s[:spans[i].from]))
	}
	return html.UnescapeString(s), spans
}
