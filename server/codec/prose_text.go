package codec

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text whose longest line has this many columns may have been wrapped by hand.
// In a text with longer or only shorter lines each line is a paragraph.
const (
	narrowest = 40
	widest    = 100
)

// isRule matches a line of dashes, stars and the like.
var isRule = regexp.MustCompile(`^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=[ \t]*){3,}|(?:~[ \t]*){3,}|(?:—[ \t]*){2,}|(?:#[ \t]*){3,})$`)

// readText reads plain text: a block for each line that is not blank.
func readText(src string) document {
	lines := splitLines(src)
	width := widthOf(lines)
	var doc document
	previous := ""
	for i, line := range lines {
		line = trimSpace(line)
		switch {
		case line == "":
		case ruled(line):
			doc.addRule(i+1, line, previous)
		default:
			doc.blocks = append(doc.blocks, block{
				line:   i + 1,
				text:   line,
				joined: previous != "" && !ruled(previous) && wraps(previous, line, width),
				linked: isAddress(line),
			})
		}
		previous = line
	}
	return doc
}

// splitLines cuts at all three line ends.
func splitLines(src string) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(src), "\n")
}

func ruled(line string) bool {
	return len(line) <= 200 && strings.IndexByte("-*_=~#\xe2", line[0]) >= 0 && isRule.MatchString(line)
}

// addRule adds a rule; but equal signs make the line just above a heading.
func (doc *document) addRule(number int, line, previous string) {
	if n := len(doc.blocks); line[0] == '=' && previous != "" && n > 0 {
		doc.blocks[n-1].kind, doc.blocks[n-1].level = heading, 1
		return
	}
	doc.blocks = append(doc.blocks, block{kind: rule, line: number, text: line})
}

// widthOf returns the width to which a text was wrapped by hand, 0 if it was
// not: its lines are short, and blank lines part its paragraphs.
func widthOf(lines []string) int {
	width, blank := 0, false
	for i, line := range lines {
		width = max(width, columns(line))
		inside := i > 0 && i < len(lines)-1
		blank = blank || inside && strings.TrimSpace(line) == ""
	}
	if !blank || width < narrowest || width > widest {
		return 0
	}
	return width
}

// wraps reports whether line b goes on in the paragraph of line a, just above.
// It does where a was nearly full, or where a sentence goes on in lower case.
func wraps(a, b string, width int) bool {
	first, _ := utf8.DecodeRuneInString(b)
	if unicode.IsLower(first) && !endsSentence(a) {
		return true
	}
	word, _, _ := strings.Cut(b, " ")
	return width > 0 && 3*(columns(a)+columns(word)) > 2*width
}

// columns returns the width of a line: characters, those of scripts without
// blanks counted twice.
func columns(line string) int {
	n := 0
	for _, r := range line {
		if n++; writesNoBlanks(r) {
			n++
		}
	}
	return n
}

// endsSentence reports whether the text ends as a sentence does, quotes and
// brackets aside.
func endsSentence(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"'”’»)]`, r) || isDirection(r)
	})
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？؟۔।", last)
}

// isAddress reports whether a line is nothing but a web or mail address.
func isAddress(line string) bool {
	return !strings.ContainsAny(line, " \t") && (strings.Contains(line, "://") ||
		strings.HasPrefix(line, "www.") || strings.Contains(line, "@") && strings.Contains(line, "."))
}

// isDirection reports whether r is an invisible mark of writing direction or a
// byte order mark.
func isDirection(r rune) bool {
	return r == 0x200E || r == 0x200F || r == 0x061C || r == 0xFEFF ||
		0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069
}

// trimSpace trims blanks and direction marks.
func trimSpace(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isDirection(r) })
}
