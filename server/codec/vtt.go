package codec

import (
	"strings"
	"unicode"

	"hearsay/server/transcript"
)

// vtt is WebVTT (https://www.w3.org/TR/webvtt1/). What it has no place for
// stands in comments, which Decode reads back:
//
//	NOTE written by Hearsay          the cues are lines, each names its speaker
//	NOTE language fr                 of the text; others write it below the signature, against the specification
//	NOTE spoken en                   of the voice
//	NOTE chapter 00:01:02.000 Title  a chapter; without a time, it begins with the next cue
//	NOTE estimated ± 1500 ms         of the start of the next cue; also "aligned"
//	NOTE end unknown                 of the next cue: the end that is written is made up
//	NOTE not spoken                  the next cue, of a millisecond, is in the text and not in the voice
//
// Ends of words are kept where the format can say them: before the next word,
// and inside the cue.
var vtt = Format{
	Name:       "vtt",
	Extensions: []string{".vtt", ".webvtt"},
	MediaType:  "text/vtt",
	Sniff:      sniffVTT,
	Decode:     decodeVTT,
	Encode:     encodeVTT,
	Keeps:      Keeps{Times: true, Ends: true, Speakers: true, Words: true, Chapters: true, Languages: true},
}

const (
	vttSignature = "WEBVTT"
	vttOurs      = "written by Hearsay"
	vttLanguage  = "language "
	vttSpoken    = "spoken "
	vttChapter   = "chapter "
)

// sniffVTT looks for the signature; a file that lost it has times with a dot
// and no numbers before them.
func sniffVTT(src string) bool {
	if isSignature(strings.TrimSpace(src[:min(len(src), 200)])) {
		return true
	}
	before, line, ok := hasTimingLine(src)
	_, numbered := digits(before, 9)
	return ok && !numbered && strings.Contains(line, ".") && !strings.Contains(line, ",")
}

// isSignature reports whether a text begins with the signature.
func isSignature(s string) bool {
	rest, ok := strings.CutPrefix(s, vttSignature)
	return ok && (rest == "" || strings.ContainsAny(rest[:1], " \t\n"))
}

func decodeVTT(src string) (transcript.Transcript, error) {
	r := cueReader{vtt: true}
	r.read(strings.TrimLeftFunc(src, unicode.IsSpace))
	t := transcriptOf(r.cues, r.blocks.ours, &r.report)
	if len(t.Segments) == 0 {
		return transcript.Transcript{}, &Error{Format: "vtt", Text: noCues}
	}
	t.Language, t.Spoken = r.blocks.language, r.blocks.spoken
	t.Chapters = append(r.blocks.chapters, t.Chapters...)
	t.Problems = r.problems()
	return t, nil
}

// noCues is why a file of captions is refused.
const noCues = "there is no cue with text in it: each takes a line such as 00:00:01.000 --> 00:00:02.500 and its text below"

func encodeVTT(t transcript.Transcript) ([]byte, error) {
	if err := needTimes(t, "vtt"); err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString(vttSignature + "\n")
	writeComment(&b, vttOurs)
	if t.Language != "" && !t.LanguageGuessed {
		writeComment(&b, vttLanguage+oneLine(t.Language))
	}
	if t.Spoken != "" {
		writeComment(&b, vttSpoken+oneLine(t.Spoken))
	}
	placed := make(map[string][]string) // titles of chapters by segment
	for _, c := range t.Chapters {
		if c.StartMs.Known() {
			writeComment(&b, vttChapter+formatClock(c.StartMs, ".")+" "+oneLine(c.Title))
		} else {
			placed[c.Segment] = append(placed[c.Segment], c.Title)
		}
	}
	times := cueTimesOf(t.Segments)
	for i, s := range t.Segments {
		for _, title := range placed[s.ID] {
			writeComment(&b, vttChapter+oneLine(title))
		}
		writeCue(&b, t.SpeakerName(s.Speaker), s, times[i])
	}
	return []byte(b.String()), nil
}

// writeCue writes a segment, and before it what a cue cannot say.
func writeCue(b *strings.Builder, speaker string, s transcript.Segment, at cueTimes) {
	if clauses := cueClauses(s, at.endMs); len(clauses) > 0 {
		writeComment(b, strings.Join(clauses, ", "))
	}
	b.WriteString("\n" + formatClock(at.startMs, ".") + " --> " + formatClock(at.endMs, ".") + "\n")
	if speaker != "" {
		b.WriteString("<v " + escape(oneLine(speaker)) + ">")
	}
	writeWords(b, s, at.endMs)
	b.WriteByte('\n')
}

// writeComment writes a comment of one line.
func writeComment(b *strings.Builder, text string) {
	b.WriteString("\n" + vttComment + " " + escape(text) + "\n")
}

// oneLine makes a single line of a text.
func oneLine(s string) string {
	return strings.Join(strings.Fields(s), " ")
}
