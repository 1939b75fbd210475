package web

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"hearsay/server/transcript"
)

// sectionLines is how many lines the browser skips or lays out as one: a screen
// or so. With more of them, whoever jumps into the text waits for lines they do
// not see.
const sectionLines = 16

// stretchSections is how many sections are skipped as one.
const stretchSections = 20

// Within a turn a new paragraph begins after this many characters, or where the
// voice rests for so long.
const (
	paragraphLength = 700
	paragraphRest   = 2500 // ms
)

// hues is the number of speaker colours.
const hues = 6

// layLines arranges a transcript for reading: chapters, turns, paragraphs,
// sections.
func layLines(t transcript.Transcript) linesView {
	v := linesView{Language: t.Language, ShowNames: len(t.Speakers) > 1}
	speakers := speakerViews(t)
	chapters := placeChapters(t)
	var blocks []blockView
	lines, length := 0, 0
	flush := func() {
		if len(blocks) > 0 {
			v.Sections = append(v.Sections, sectionView{blocks})
			blocks, lines = nil, 0
		}
	}
	for i, s := range t.Segments {
		fresh := i == 0 || t.Segments[i-1].Speaker != s.Speaker
		headed := false
		for len(chapters) > 0 && chapters[0].line <= i {
			headed = true
			if lines > sectionLines/2 {
				flush()
			}
			blocks = append(blocks, blockView{Chapter: &chapters[0].view})
			chapters = chapters[1:]
		}
		if fresh || headed || length > paragraphLength && endsSentence(t.Segments[i-1].Text) || rests(t.Segments, i) {
			if lines >= sectionLines {
				flush()
			}
			blocks = append(blocks, blockView{Turn: &turnView{
				Speaker: speakers[s.Speaker], Continued: !fresh && !headed, Start: s.StartMs.Timestamp(), Timing: s.Timing}})
			length = 0
		}
		turn := blocks[len(blocks)-1].Turn
		turn.Lines = append(turn.Lines, lineOf(i, s))
		lines++
		length += len(s.Text)
	}
	for _, c := range chapters {
		blocks = append(blocks, blockView{Chapter: &c.view})
	}
	flush()
	return v
}

func endsSentence(text string) bool {
	return strings.ContainsAny(text[max(0, len(text)-4):], ".?!…。？！")
}

// rests reports whether the voice pauses before the i-th line.
func rests(segments []transcript.Segment, i int) bool {
	a, b := segments[i-1], segments[i]
	return a.EndMs.Known() && b.StartMs.Known() && b.Timing != transcript.Estimated && b.StartMs-a.EndMs > paragraphRest
}

// speakerViews gives each speaker a colour, in order of appearance.
func speakerViews(t transcript.Transcript) map[string]speakerView {
	views := make(map[string]speakerView, len(t.Speakers))
	for i, s := range t.Speakers {
		views[s.ID] = speakerView{ID: s.ID, Name: s.Name, Hue: i%hues + 1}
	}
	return views
}

// placedChapter is a chapter and the line that it stands before.
type placedChapter struct {
	line int
	view chapterView
}

// placeChapters finds each chapter's line: the one it names, else the first
// that begins no earlier. A time is shown only where it is known.
func placeChapters(t transcript.Transcript) []placedChapter {
	byID := make(map[string]int, len(t.Segments))
	for i, s := range t.Segments {
		byID[s.ID] = i
	}
	reached := make([]transcript.Ms, len(t.Segments)) // the latest start so far
	for i, s := range t.Segments {
		if reached[i] = s.StartMs; i > 0 {
			reached[i] = max(s.StartMs, reached[i-1])
		}
	}
	placed := make([]placedChapter, 0, len(t.Chapters))
	for _, c := range t.Chapters {
		p := placedChapter{view: chapterView{Title: c.Title, StartMs: c.StartMs}}
		if i, ok := byID[c.Segment]; ok && c.Segment != "" {
			p.line = i
			if s := t.Segments[i]; !c.StartMs.Known() && s.Timing != transcript.Estimated {
				p.view.StartMs = s.StartMs
			}
		} else {
			p.line, _ = slices.BinarySearch(reached, c.StartMs)
		}
		placed = append(placed, p)
	}
	slices.SortStableFunc(placed, func(a, b placedChapter) int { return a.line - b.line })
	return placed
}

func lineOf(i int, s transcript.Segment) lineView {
	l := lineView{Index: i, ID: s.ID, StartMs: s.StartMs, Start: s.StartMs.Timestamp(), Timing: s.Timing, PlusMinusMs: s.PlusMinusMs}
	rest, at := s.Text, 0 // what is left of the text, and where it begins
	for _, a := range s.Anchors {
		if a.From < at {
			continue // it begins inside the one before
		}
		from := transcript.ByteOffset(rest, a.From-at)
		to := from + transcript.ByteOffset(rest[from:], a.To-a.From)
		if from > 0 {
			l.Parts = append(l.Parts, linePart{Text: rest[:from]})
		}
		l.Parts = append(l.Parts, linePart{Text: rest[from:to], Anchor: true})
		rest, at = rest[to:], a.To
	}
	if rest != "" {
		l.Parts = append(l.Parts, linePart{Text: rest})
	}
	return l
}

// renderLines writes the transcript's HTML.
func (s *pageSet) renderLines(t transcript.Transcript) (template.HTML, error) {
	var b bytes.Buffer
	err := s.templates.ExecuteTemplate(&b, "lines", layLines(t))
	return template.HTML(b.String()), err //nolint:gosec // what the template has written is escaped
}
