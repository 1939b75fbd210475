package codec

import (
	"html"
	"strings"

	"hearsay/server/transcript"
)

// vttBlocks reads the blocks of a WebVTT file that are no cues: its header,
// which stands again in the middle where pieces were glued together, comments,
// styles and regions.
type vttBlocks struct {
	kind  string   // how the block began that is being read, "" outside
	lines []string // of a comment

	language string
	spoken   string
	ours     bool // written by this package
	chapters []transcript.Chapter
	comments comments // about the next cue
}

const vttComment = "NOTE"

// begin reports whether a line behind a blank one begins a block.
func (b *vttBlocks) begin(line string) bool {
	word := firstField(line)
	switch {
	case word == vttSignature, strings.HasPrefix(word, "X-TIMESTAMP-MAP="):
		b.kind = vttSignature
	case word == vttComment:
		b.kind = vttComment
		b.lines = append(b.lines[:0], strings.TrimSpace(line[len(vttComment):]))
	case line == "STYLE", line == "REGION":
		b.kind = line
	default:
		return false
	}
	return true
}

// add takes in one more line of a block.
func (b *vttBlocks) add(line string) {
	switch b.kind {
	case vttSignature:
		if language, ok := strings.CutPrefix(line, "Language:"); ok && b.language == "" {
			b.language = oneLine(language)
		}
	case vttComment:
		b.lines = append(b.lines, line)
	}
}

// end ends a block, if there is one.
func (b *vttBlocks) end() {
	if b.kind == vttComment {
		b.comment(html.UnescapeString(strings.TrimSpace(strings.Join(b.lines, "\n"))))
	}
	b.kind = ""
}

// comment takes in what a comment says, if it is one that Encode writes.
func (b *vttBlocks) comment(text string) {
	title, isChapter := strings.CutPrefix(text, vttChapter)
	language, isLanguage := strings.CutPrefix(text, vttLanguage)
	spoken, isSpoken := strings.CutPrefix(text, vttSpoken)
	switch {
	case b.ours && isLanguage && b.language == "":
		b.language = oneLine(language)
	case b.ours && isSpoken && b.spoken == "":
		b.spoken = oneLine(spoken)
	case text == vttOurs:
		b.ours = true
	case isChapter:
		b.chapter(oneLine(title))
	default:
		b.comments.read(text)
	}
}

// chapter takes in a chapter: its time and its title, or only a title.
func (b *vttBlocks) chapter(text string) {
	clock, title, _ := strings.Cut(text, " ")
	if ms, ok := parseCueTime(clock); ok {
		b.chapters = append(b.chapters, transcript.Chapter{StartMs: ms, Title: title})
		return
	}
	b.comments.headings = append(b.comments.headings, text)
}
