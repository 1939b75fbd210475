package codec

import "hearsay/server/transcript"

// prose reads an interview written for the eye: plain text, Markdown, the HTML
// of an article, or the HTML transcripts of Podcasting 2.0 (<cite>, <time>,
// <p>; https://github.com/Podcastindex-org/podcast-namespace, transcripts.md).
// There is no specification for the rest; what it looks like was learnt from
// public archives.
//
// Reading takes five steps, a file each: a source becomes blocks (prose_text.go,
// markdown.go, html.go), every block may have a head, a time or a name
// (prose_head.go), the whole file decides which names are speakers
// (prose_cast.go), blocks become pieces of speech (prose_turns.go), and times
// that contradict their neighbours are sorted out (prose_marks.go).
var prose = Format{
	Name:       "prose",
	Extensions: []string{".txt", ".md", ".markdown", ".html", ".htm"},
	MediaType:  "text/plain",
	Sniff:      func(string) bool { return true },
	Decode:     decodeProse,
	Keeps:      Keeps{Times: true, Speakers: true, Chapters: true},
}

// blockKind is what a block is.
type blockKind int

const (
	paragraph blockKind = iota
	heading
	rule
)

// block is a line of a text or a paragraph of a page, without its markup.
type block struct {
	kind   blockKind
	level  int  // of a heading, 1–6
	line   int  // in the source, from 1
	joined bool // goes on in the paragraph of the block before
	linked bool // little else than links
	text   string
	spans  []span // what is set apart near its beginning
	box    int    // the HTML container it stands in, an index into document.boxes
}

// span is a stretch of a block's text in bold, underlined or in <cite>.
type span struct {
	from, to int // bytes
	cite     bool
}

// document is a source without its notation.
type document struct {
	about    transcript.About
	language string
	date     string // YYYY-MM-DD, as the source's own fields state it
	blocks   []block
	boxes    []box  // boxes[0] is the whole
	report   report // what was repaired while reading
}

// decodeProse reads text, Markdown or HTML. Text with neither speakers nor
// times is refused.
func decodeProse(src string) (transcript.Transcript, error) {
	for _, read := range readersOf(src) {
		doc := read(src)
		heads := make([]head, len(doc.blocks))
		for i, b := range doc.blocks {
			heads[i] = headOf(b)
		}
		besideTimes(doc.blocks, heads)
		dropPageTail(doc.blocks, heads)
		decideSpeakers(doc.blocks, heads)
		if !hasSpeech(doc.blocks, heads) {
			continue
		}
		if t := doc.transcript(heads); len(t.Segments) > 0 {
			return t, nil
		}
	}
	return transcript.Transcript{}, &Error{Format: "prose", Text: `neither speakers nor times were found: ` +
		`begin each turn with "Name:" or with a time such as [00:02:11], or read the text as lines`}
}

// readersOf returns the ways to read a source, best first. A page is read
// without its furniture; if that leaves no speech, with it, since there are
// pages that keep everything inside a form or a header.
func readersOf(src string) []func(string) document {
	switch {
	case looksLikeHTML(src):
		return []func(string) document{readArticle, readPage}
	case looksLikeMarkdown(src):
		return []func(string) document{readMarkdown}
	default:
		return []func(string) document{readText}
	}
}

// transcript makes the document's speech a transcript. The heads are those of
// its blocks, with speakers decided.
func (doc document) transcript(heads []head) transcript.Transcript {
	script := scriptOf(doc, heads)
	t := transcript.Transcript{
		Format:       "prose",
		Language:     doc.language,
		Date:         doc.date,
		Introduction: script.introduction,
		Afterword:    script.afterword,
		About:        doc.about,
	}
	if t.Language == "" {
		t.Language = doc.about.Language
	}
	if t.Date == "" {
		t.Date = script.date
	}
	script.fill(&t)
	return t
}
