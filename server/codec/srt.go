package codec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hearsay/server/transcript"
)

// srt is SubRip, which nobody ever specified; the Podcasting 2.0 namespace says
// how speakers are named in it: "Name: text"
// (https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md).
// What it has no place for stands behind the times, where some write a position
// on the screen and which therefore no player shows; several with a comma:
//
//	estimated ± 1500 ms  of the start; also "aligned"
//	end unknown          the end that is written is made up
//	nobody               nobody is named here, where the speaker before would seem to go on
//	not spoken           this cue, of a millisecond, is in the text and not in the voice
//
// There is no place for anything about the file as a whole: the languages of
// text and voice are left out.
var srt = Format{
	Name:       "srt",
	Extensions: []string{".srt"},
	MediaType:  "application/x-subrip",
	Sniff:      sniffSRT,
	Decode:     decodeSRT,
	Encode:     encodeSRT,
	Keeps:      Keeps{Times: true, Ends: true, Speakers: true},
}

func sniffSRT(src string) bool {
	_, _, ok := hasTimingLine(src)
	return ok
}

func decodeSRT(src string) (transcript.Transcript, error) {
	var r cueReader
	r.read(src)
	t := transcriptOf(r.cues, false, &r.report)
	if len(t.Segments) == 0 {
		return transcript.Transcript{}, &Error{Format: "srt", Text: noCues}
	}
	t.Problems = r.problems()
	return t, nil
}

func encodeSRT(t transcript.Transcript) ([]byte, error) {
	if err := needTimes(t, "srt"); err != nil {
		return nil, err
	}
	var b strings.Builder
	times := cueTimesOf(t.Segments)
	labels, doubtful := srtLabels(t)
	for i, s := range t.Segments {
		at := times[i]
		clauses := cueClauses(s, at.endMs)
		if doubtful && s.Speaker == "" {
			clauses = append(clauses, nobody)
		}
		line := formatClock(at.startMs, ",") + " --> " + formatClock(at.endMs, ",") + " " + strings.Join(clauses, ", ")
		b.WriteString(strconv.Itoa(i+1) + "\n" + strings.TrimSpace(line) + "\n")
		b.WriteString(labels[s.Speaker] + srtText(tidyLines(s.Text)) + "\n\n")
	}
	return []byte(b.String()), nil
}

// srtLabels returns the label of each speaker: "Name: ", in brackets where names
// come so rarely that they would not be read as such. It is doubtful who speaks
// in a segment without a label if the speaker before would seem to go on.
func srtLabels(t transcript.Transcript) (labels map[string]string, doubtful bool) {
	names := make(map[string]string, len(t.Speakers))
	for _, s := range t.Speakers {
		names[s.ID] = srtText(oneLine(s.Name))
	}
	cues := make([]cue, len(t.Segments))
	for i, s := range t.Segments {
		name := names[s.Speaker]
		cues[i] = cue{text: name + ": " + s.Text, speaker: name, named: name != ""}
	}
	form := "%s: "
	if !labelsAreNames(cues) {
		form = "[%s]: "
	}
	labels = make(map[string]string, len(names))
	for id, name := range names {
		labels[id] = fmt.Sprintf(form, name)
	}
	carrySpeakers(cues)
	return labels, slices.ContainsFunc(cues, func(c cue) bool { return c.speaker != "" && !c.named })
}

// srtText escapes a text only where it would be read as something else, since
// most players show what an escape is made of.
func srtText(text string) string {
	if strings.Contains(text, "-->") || plain(text) != text {
		return escape(text)
	}
	return text
}
