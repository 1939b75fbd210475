package codec

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"hearsay/server/transcript"
)

// podcastJSON is the JSON of the Podcasting 2.0 namespace, times in seconds
// (https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md).
// Keys of our own say that a start is a guess, timing and plusMinusMs, that a
// segment is in the text and not in the voice, unspoken, and the languages of
// both, language and spoken.
var podcastJSON = Format{
	Name:       "podcast-json",
	Extensions: []string{".json"},
	MediaType:  "application/json",
	Sniff:      sniffPodcastJSON,
	Decode:     decodePodcastJSON,
	Encode:     encodePodcastJSON,
	Keeps:      Keeps{Times: true, Ends: true, Speakers: true, Languages: true},
}

type podcastDocument struct {
	Version  string           `json:"version"`
	Language looseText        `json:"language,omitempty"`
	Spoken   looseText        `json:"spoken,omitempty"`
	Segments []podcastSegment `json:"segments"`
}

// podcastSegment has pointers for what may be missing.
type podcastSegment struct {
	Speaker     *looseText        `json:"speaker,omitempty"`
	StartTime   *looseTime        `json:"startTime,omitempty"`
	EndTime     *looseTime        `json:"endTime,omitempty"`
	Body        looseText         `json:"body"`
	Timing      transcript.Timing `json:"timing,omitempty"`
	PlusMinusMs transcript.Ms     `json:"plusMinusMs,omitempty"`
	Unspoken    bool              `json:"unspoken,omitempty"`
}

// looseText is a string; anything else but null is read as it stands.
type looseText string

func (t *looseText) UnmarshalJSON(src []byte) error {
	var s string
	if json.Unmarshal(src, &s) != nil {
		s = string(src)
	}
	*t = looseText(s)
	return nil
}

// looseTime is a time in seconds, a number or a string that holds one; anything
// else is Unknown.
type looseTime transcript.Ms

func (t *looseTime) UnmarshalJSON(src []byte) error {
	*t = looseTime(transcript.Unknown)
	seconds, err := strconv.ParseFloat(strings.Trim(string(src), `" `), 64)
	if err == nil && seconds >= 0 && seconds < 1e9 {
		*t = looseTime(math.Round(seconds * 1000))
	}
	return nil
}

func (t looseTime) MarshalJSON() ([]byte, error) {
	return strconv.AppendFloat(nil, float64(t)/1000, 'f', -1, 64), nil
}

func sniffPodcastJSON(src string) bool {
	head := jsonHead(src)
	return strings.Contains(head, `"segments"`) && strings.Contains(head, `"body"`)
}

func decodePodcastJSON(src string) (transcript.Transcript, error) {
	var doc struct {
		Language, Spoken looseText
		Segments         []json.RawMessage
	}
	if err := unmarshal(src, "podcast-json", &doc); err != nil {
		return transcript.Transcript{}, err
	}
	var r report
	var cues []cue
	for i, raw := range doc.Segments {
		c, problem := podcastCue(raw)
		if problem != "" {
			r.add(0, fmt.Sprintf("segment %d: %s", i+1, problem))
		}
		if c.text != "" {
			cues = append(cues, c)
		}
	}
	t := transcriptOf(cues, false, &r)
	if len(t.Segments) == 0 {
		return transcript.Transcript{}, &Error{Format: "podcast-json", Text: `no segment has text: each takes "startTime" in seconds and "body"`}
	}
	t.Language, t.Spoken = oneLine(string(doc.Language)), oneLine(string(doc.Spoken))
	t.Problems = r.problems()
	return t, nil
}

// podcastCue reads one segment, and says what is wrong with it.
func podcastCue(raw json.RawMessage) (c cue, problem string) {
	var s podcastSegment
	if json.Unmarshal(raw, &s) != nil {
		return cue{}, "this is no segment: left out"
	}
	c = cue{
		startMs: knownTime(s.StartTime), endMs: knownTime(s.EndTime), text: tidyLines(string(s.Body)),
		timing: s.Timing, plusMinusMs: s.PlusMinusMs, unspoken: s.Unspoken, paragraph: strings.HasSuffix(string(s.Body), "\n"),
	}
	if s.Speaker != nil {
		c.speaker, c.named = oneLine(string(*s.Speaker)), true
	}
	switch {
	case c.text == "":
		problem = "no text: left out"
	case c.unspoken: // its times only hold its place
	case !c.startMs.Known():
		problem = "start cannot be read: left open"
	case s.EndTime != nil && !c.endMs.Known():
		problem = "end cannot be read: left open"
	case c.endMs.Known() && c.endMs <= c.startMs:
		c.endMs, problem = transcript.Unknown, "end not behind the start: end dropped"
	}
	return c, problem
}

func knownTime(t *looseTime) transcript.Ms {
	if t == nil {
		return transcript.Unknown
	}
	return transcript.Ms(*t)
}

func encodePodcastJSON(t transcript.Transcript) ([]byte, error) {
	if err := needTimes(t, "podcast-json"); err != nil {
		return nil, err
	}
	doc := podcastDocument{Version: "1.0.0", Spoken: looseText(t.Spoken), Segments: make([]podcastSegment, len(t.Segments))}
	if !t.LanguageGuessed {
		doc.Language = looseText(t.Language)
	}
	times := cueTimesOf(t.Segments)
	for i, s := range t.Segments {
		start, end, speaker := looseTime(times[i].startMs), looseTime(times[i].endMs), looseText(t.SpeakerName(s.Speaker))
		p := podcastSegment{Speaker: &speaker, StartTime: &start, Body: looseText(s.Text), PlusMinusMs: s.PlusMinusMs, Unspoken: s.Unspoken}
		if s.EndMs.Known() || s.Unspoken {
			p.EndTime = &end
		}
		if s.Timing != transcript.Exact && !s.Unspoken {
			p.Timing = s.Timing
		}
		doc.Segments[i] = p
	}
	return marshal(doc)
}
