package codec

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HTML is read token by token, not as a tree: a page of any depth costs its
// length, and half a page reads as well as a whole one.

// maxDepth is how deep containers are told apart.
const maxDepth = 200

// box is an element that holds blocks.
type box struct {
	parent int // an index into document.boxes, -1 for the whole
	depth  int
	tag    atom.Atom
}

// htmlReader goes through a page.
type htmlReader struct {
	doc       document
	furniture bool // keep navigation, headers, footers and the like
	line      int
	stack     []element
	boxAt     int // the innermost box
	skipping  int // open elements whose text does not count
	text      strings.Builder
	current   block
	linkBytes int
	blank     bool // white space is due before the next text
	title     string
	headlines []string // the texts of <h1>
	sounds    soundNames
}

// element is an open element.
type element struct {
	tag   atom.Atom
	box   int // to return to
	skip  bool
	apart bool // its text is set apart
	from  int  // in text, where a span begins
}

// pageStart matches the beginning of a page or of a piece of one. Tags that
// writers of Markdown use at the head of a line are left out.
var pageStart = regexp.MustCompile(`(?i)^<(?:!doctype html|\?xml[^>]{0,200}>\s*<!doctype html|!--|` +
	`(?:html|head|body|meta|title|article|main|section|header|form|div|p|h[1-6]|dl|ul|ol|table|pre|blockquote|cite|time)\b)`)

func looksLikeHTML(src string) bool {
	return pageStart.MatchString(strings.TrimSpace(src[:min(len(src), 4096)]))
}

// readArticle reads a page without its furniture.
func readArticle(src string) document { return readHTML(src, false) }

// readPage reads everything that a page shows.
func readPage(src string) document { return readHTML(src, true) }

func readHTML(src string, furniture bool) document {
	r := &htmlReader{furniture: furniture, line: 1}
	r.doc.boxes = []box{{parent: -1}}
	tokens := html.NewTokenizer(strings.NewReader(src))
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			break
		}
		newlines := bytes.Count(tokens.Raw(), []byte("\n"))
		switch kind {
		case html.TextToken:
			r.addText(string(tokens.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(tokens.Token())
		case html.EndTagToken:
			name, _ := tokens.TagName()
			r.end(atom.Lookup(name))
		}
		if kind != html.TextToken {
			r.line += newlines
		}
	}
	r.finish()
	r.nameEpisode()
	r.doc.about.Found = r.sounds.found(r.doc.about.Source)
	return r.doc
}

// nameEpisode takes the title from the one <h1>, else from <title>.
func (r *htmlReader) nameEpisode() {
	r.doc.about.Title = r.title
	if len(r.headlines) == 1 {
		r.doc.about.Title = strings.Join(strings.Fields(r.headlines[0]), " ")
	}
}

// addText adds text to the current block, white space folded as browsers do.
func (r *htmlReader) addText(s string) {
	switch {
	case r.top() == atom.Noscript: // which the tokenizer takes for text
		r.sounds.readPiece(s)
	case r.top() == atom.Title && r.title == "":
		r.title = strings.Join(strings.Fields(s), " ")
	case len(r.headlines) > 0 && r.inside(atom.H1):
		r.headlines[len(r.headlines)-1] += s
	}
	for _, c := range s {
		if c == '\n' {
			r.line++
			if r.inside(atom.Pre) {
				r.finish()
			}
		}
		if r.skipping > 0 {
			continue
		}
		if unicode.IsSpace(c) && c != '\u00a0' && c != '\u202f' {
			r.blank = true
			continue
		}
		r.addRune(c)
	}
}

func (r *htmlReader) addRune(c rune) {
	if r.text.Len() == 0 {
		r.current.line = r.line
	} else if r.blank {
		r.text.WriteByte(' ')
	}
	r.blank = false
	n, _ := r.text.WriteRune(c)
	if r.inside(atom.A) {
		r.linkBytes += n
	}
}

// top returns the tag of the innermost element.
func (r *htmlReader) top() atom.Atom {
	if len(r.stack) == 0 {
		return 0
	}
	return r.stack[len(r.stack)-1].tag
}

// inside reports whether one of the innermost elements is a tag.
func (r *htmlReader) inside(tag atom.Atom) bool {
	for _, e := range r.stack[max(0, len(r.stack)-3):] {
		if e.tag == tag {
			return true
		}
	}
	return false
}

// finish ends the current block.
func (r *htmlReader) finish() {
	b := r.current
	b.text = trimSpace(r.text.String())
	b.box = r.boxAt
	b.linked = isAddress(b.text) || 5*r.linkBytes > 4*len(b.text)
	if b.text != "" {
		r.doc.blocks = append(r.doc.blocks, b)
	}
	r.text.Reset()
	r.current, r.linkBytes, r.blank = block{line: r.line}, 0, false
	for i := max(0, len(r.stack)-8); i < len(r.stack); i++ {
		r.stack[i].from = 0
	}
}

// start reads a start tag.
func (r *htmlReader) start(t html.Token) {
	r.readMeta(t)
	r.sounds.read(t)
	switch {
	case t.DataAtom == atom.Hr:
		r.finish()
		r.doc.blocks = append(r.doc.blocks, block{kind: rule, line: r.line, text: "---", box: r.boxAt})
		return
	case voids[t.DataAtom]:
		r.lineBreak(t.DataAtom)
		return
	case t.DataAtom == atom.P && r.top() == atom.P, items[t.DataAtom] && items[r.top()]: // the end tag may be missing
		r.end(r.top())
	}
	if breaks[t.DataAtom] {
		r.finish()
	}
	r.blank = r.blank || spaced[t.DataAtom]
	e := element{tag: t.DataAtom, box: r.boxAt, from: r.text.Len()}
	if level := headingLevel(t.DataAtom); level > 0 {
		r.current.kind, r.current.level = heading, level
	}
	if t.DataAtom == atom.H1 {
		r.headlines = append(r.headlines, "")
	}
	e.skip = hidden[t.DataAtom] || !r.furniture && isFurnished(t) || t.DataAtom == atom.Title
	e.apart = strong[t.DataAtom] || namesSpeaker(t)
	if e.skip {
		r.skipping++
	}
	r.openBox(t.DataAtom)
	r.stack = append(r.stack, e)
}

// lineBreak ends the block at a <br>; a heading goes on.
func (r *htmlReader) lineBreak(tag atom.Atom) {
	switch {
	case tag != atom.Br:
	case r.current.kind == heading:
		r.blank = true
	default:
		r.finish()
	}
}

// openBox enters an element that holds blocks.
func (r *htmlReader) openBox(tag atom.Atom) {
	parent := r.doc.boxes[r.boxAt]
	if boxes[tag] && parent.depth < maxDepth {
		r.doc.boxes = append(r.doc.boxes, box{parent: r.boxAt, depth: parent.depth + 1, tag: tag})
		r.boxAt = len(r.doc.boxes) - 1
	}
}

// end closes the innermost open element of this tag and all that stands in it.
// An end tag without a start is ignored.
func (r *htmlReader) end(tag atom.Atom) {
	at := len(r.stack) - 1
	for at >= 0 && r.stack[at].tag != tag {
		if at--; len(r.stack)-at > maxDepth {
			return
		}
	}
	if at < 0 {
		return
	}
	for i := len(r.stack) - 1; i >= at; i-- {
		e := r.stack[i]
		if e.skip {
			r.skipping--
		}
		r.setApart(e)
	}
	if breaks[tag] {
		r.finish()
	}
	r.boxAt = r.stack[at].box
	r.stack = r.stack[:at]
	r.blank = r.blank || spaced[tag]
}

// setApart notes a span that ends here.
func (r *htmlReader) setApart(e element) {
	if e.apart && r.skipping == 0 && e.from < maxHead && len(r.current.spans) < 8 {
		from := min(e.from, r.text.Len())
		r.current.spans = append(r.current.spans, span{from: from, to: r.text.Len(), cite: e.tag == atom.Cite})
	}
}

func headingLevel(tag atom.Atom) int {
	if s := tag.String(); len(s) == 2 && s[0] == 'h' {
		level, _ := strconv.Atoi(s[1:])
		return level
	}
	return 0
}

// readMeta takes what a tag says about the episode.
func (r *htmlReader) readMeta(t html.Token) {
	value := func(key string) string { return attribute(t, key) }
	about := &r.doc.about
	switch t.DataAtom {
	case atom.Html:
		if r.doc.language == "" {
			r.doc.language = value("lang")
		}
	case atom.Link:
		if strings.EqualFold(value("rel"), "canonical") && about.Source == "" {
			about.Source = value("href")
		}
	case atom.Time:
		if date, ok := isoDate(value("datetime")); ok && r.doc.date == "" {
			r.doc.date = date
		}
	case atom.Meta:
		if date, ok := isoDate(value("content")); ok && value("property") == "article:published_time" {
			r.doc.date = date
		}
	}
}
