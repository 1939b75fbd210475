package codec

import (
	"regexp"
	"strings"
)

// Markdown as CommonMark has it (https://spec.commonmark.org), as far as
// transcripts use it: front matter, headings, emphasis, links, quotes, lists,
// escapes and a little inline HTML. What is not understood stays as it is.

var (
	// markdownSign matches what plain text does not contain.
	markdownSign = regexp.MustCompile(`(?m)^#{1,6} \S|\*\*\S|__\S|\]\(\S|\\\[|</?(?:u|b|strong|cite)>|^> |^<(?:iframe|audio)\b`)
	hashHeading  = regexp.MustCompile(`^(#{1,6})[ \t]+(.*?)[ \t#]*$`)
	quoteMark    = regexp.MustCompile(`^(?:> ?){1,8}`)
	bulletMark   = regexp.MustCompile(`^[*+-][ \t]+`)
)

func looksLikeMarkdown(src string) bool {
	yaml, _ := cutFrontMatter(src)
	return yaml != "" || markdownSign.MatchString(src[:min(len(src), 1<<18)])
}

// cutFrontMatter parts the YAML between two lines of dashes at the very start
// from the body, which keeps an empty line for each line cut. Without front
// matter yaml is "".
func cutFrontMatter(src string) (yaml, body string) {
	lines := splitLines(src)
	if strings.TrimRight(lines[0], " \t") != "---" {
		return "", src
	}
	for i, line := range lines[1:min(len(lines), 1000)] {
		if end := strings.TrimRight(line, " \t"); end == "---" || end == "..." {
			yaml = strings.Join(lines[1:i+1], "\n")
			if !strings.Contains(yaml, ":") {
				return "", src
			}
			return yaml, strings.Repeat("\n", i+2) + strings.Join(lines[i+2:], "\n")
		}
	}
	return "", src
}

// readMarkdown reads Markdown: a block for each line, joined as paragraphs are.
func readMarkdown(src string) document {
	yaml, src := cutFrontMatter(src)
	var doc document
	if yaml != "" {
		doc.readFrontMatter(yaml)
	}
	previous, joinable := "", false
	var sounds soundNames
	for i, line := range splitLines(src) {
		hardBreak := strings.HasSuffix(line, "  ") || strings.HasSuffix(line, `\`)
		line = quoteMark.ReplaceAllString(trimSpace(line), "")
		switch {
		case trimSpace(line) == "", mediaTag.MatchString(line) && !sounds.readPiece(line):
			joinable = false
		case ruled(line):
			doc.addRule(i+1, line, previous)
			joinable = false
		default:
			b := markdownBlock(strings.TrimSuffix(line, `\`))
			b.line = i + 1
			b.joined = joinable && b.kind == paragraph && !bulletMark.MatchString(line)
			joinable = b.kind == paragraph && !hardBreak
			if b.text != "" {
				doc.blocks = append(doc.blocks, b)
			}
		}
		previous = line
	}
	if doc.about.Title == "" {
		doc.about.Title = doc.firstHeading()
	}
	doc.about.Found = sounds.found(doc.about.Source)
	return doc
}

// readFrontMatter fills in what the front matter says about the episode.
func (doc *document) readFrontMatter(yaml string) {
	about, problems, err := DecodeAbout([]byte(yaml))
	if err != nil {
		doc.report.add(1, "front matter cannot be read and is left out: "+err.Error())
		return
	}
	doc.about, doc.date, doc.language = about, about.Date, about.Language
	for _, p := range problems {
		doc.report.add(p.Line+1, p.Text) // one for the line of dashes
	}
}

// firstHeading returns the first heading of the first level, "" if there is none.
func (doc *document) firstHeading() string {
	for _, b := range doc.blocks {
		if b.kind == heading && b.level == 1 {
			return b.text
		}
	}
	return ""
}

// markdownBlock reads one line.
func markdownBlock(line string) block {
	var b block
	if m := hashHeading.FindStringSubmatch(line); m != nil {
		b.kind, b.level, line = heading, len(m[1]), m[2]
	}
	line = bulletMark.ReplaceAllString(line, "")
	var inline inlineReader
	inline.read(line)
	b.text, b.spans = inline.result()
	b.linked = isAddress(b.text) || 5*inline.linkBytes > 4*len(b.text)
	return b
}
