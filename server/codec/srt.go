package codec

import (
	"fmt"
	"strconv"
	"strings"

	"hearsay/server/transcript"
)

// srt is SubRip, which nobody ever specified; the Podcasting 2.0 namespace says
// how speakers are named in it: "Name: text"
// (https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md).
// It needs an end for each cue, so an unknown one is written as the next start
// and read back as known. That a start is a guess stands in an override tag,
// {\estimated ± 1500 ms}, which players that know such tags do not show; so does,
// where it would be doubtful, that nobody is named: {\nobody}.
var srt = Format{
	Name:       "srt",
	Extensions: []string{".srt"},
	MediaType:  "application/x-subrip",
	Sniff:      sniffSRT,
	Decode:     decodeSRT,
	Encode:     encodeSRT,
	Keeps:      Keeps{Times: true, Speakers: true},
}

const srtNobody = "nobody"

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
	ends := endsOf(t.Segments)
	label := srtLabel(t)
	for i, s := range t.Segments {
		b.WriteString(strconv.Itoa(i+1) + "\n")
		b.WriteString(formatClock(s.StartMs, ",") + " --> " + formatClock(ends[i], ",") + "\n")
		for _, clause := range timingClauses(s) {
			b.WriteString(`{\` + clause + "}")
		}
		b.WriteString(label(s) + srtText(tidyLines(s.Text)) + "\n\n")
	}
	return []byte(b.String()), nil
}

// srtLabel returns what writes the label of a segment: "Name: ", in brackets
// where names come so rarely that they would not be read as such, and {\nobody}
// where the speaker before would seem to go on.
func srtLabel(t transcript.Transcript) func(transcript.Segment) string {
	labels := make(map[string]string, len(t.Speakers))
	for _, s := range t.Speakers {
		labels[s.ID] = srtText(oneLine(s.Name))
	}
	cues := make([]cue, len(t.Segments))
	for i, s := range t.Segments {
		name := labels[s.Speaker]
		cues[i] = cue{text: name + ": " + s.Text, speaker: name, named: name != ""}
	}
	form := "%s: "
	if !labelsAreNames(cues) {
		form = "[%s]: "
	}
	for id, name := range labels {
		labels[id] = fmt.Sprintf(form, name)
	}
	carrySpeakers(cues)
	for _, c := range cues {
		if c.speaker != "" && !c.named {
			labels[""] = `{\` + srtNobody + "}"
		}
	}
	return func(s transcript.Segment) string { return labels[s.Speaker] }
}

// srtText escapes a text only where it would be read as something else, since
// most players show what an escape is made of.
func srtText(text string) string {
	if strings.Contains(text, "-->") || plain(text) != text {
		return escape(text)
	}
	return text
}
