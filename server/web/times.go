package web

import (
	"encoding/json"
	"strings"

	"hearsay/server/transcript"
)

// timesBody is when every line and word is spoken, in as few bytes as JSON
// allows: each start is the difference to the known start before it, null where
// nothing is known. See static/js/core/timeline.js, which reads it.
type timesBody struct {
	Version int      `json:"v"`
	Start   []*int64 `json:"start"`
	Length  []*int64 `json:"length"` // null: until the next line starts
	// PlusMinus is left out where every start is known: 0 known, n estimated
	// ± n ms, -1 computed from the audio, null nothing known.
	PlusMinus []*int64 `json:"plusMinus,omitempty"`
	// Words has, for each line, the starts of its words, the first counted from
	// the line's start; null for a line without. Left out where there are none.
	Words [][]*int64 `json:"words,omitempty"`
	// Offsets says where the words of a line begin, where blanks do not.
	Offsets map[int][]int `json:"offsets,omitempty"`
	// Shift lists [atMs, byMs]: all times here are the text's own, and this
	// tells when they are heard. Left out where that is the same.
	Shift [][2]transcript.Ms `json:"shift,omitempty"`
}

// timesOf writes a text's own times, and how they are shifted.
func timesOf(t transcript.Transcript, shift transcript.Shift) ([]byte, error) {
	n := len(t.Segments)
	body := timesBody{Version: 1, Start: make([]*int64, n), Length: make([]*int64, n)}
	plusMinus, words := make([]*int64, n), make([][]*int64, n)
	vague, timed := false, false
	for _, p := range shift {
		body.Shift = append(body.Shift, [2]transcript.Ms{p.AtMs, p.ByMs})
	}
	last := transcript.Ms(0)
	for i, s := range t.Segments {
		if s.StartMs.Known() {
			body.Start[i], last = delta(s.StartMs, last), s.StartMs
			if s.EndMs.Known() {
				body.Length[i] = delta(s.EndMs, s.StartMs)
			}
		}
		plusMinus[i] = vagueness(s)
		vague = vague || plusMinus[i] == nil || *plusMinus[i] != 0
		if len(s.Words) > 0 && s.StartMs.Known() {
			words[i], timed = wordStarts(s), true
			if offsets := transcript.WordOffsets(s); !plainWords(s) {
				if body.Offsets == nil {
					body.Offsets = make(map[int][]int)
				}
				body.Offsets[i] = offsets
			}
		}
	}
	if vague {
		body.PlusMinus = plusMinus
	}
	if timed {
		body.Words = words
	}
	return json.Marshal(body)
}

func delta(at, from transcript.Ms) *int64 {
	d := int64(at - from)
	return &d
}

func vagueness(s transcript.Segment) *int64 {
	var v int64
	switch s.Timing {
	case transcript.Estimated:
		v = int64(s.PlusMinusMs)
	case transcript.Aligned:
		v = -1
	case transcript.None:
		return nil
	}
	return &v
}

func wordStarts(s transcript.Segment) []*int64 {
	starts := make([]*int64, len(s.Words))
	last := s.StartMs
	for i, w := range s.Words {
		if w.StartMs.Known() {
			starts[i], last = delta(w.StartMs, last), w.StartMs
		}
	}
	return starts
}

// plainWords reports whether a line's words are what stands between its blanks.
func plainWords(s transcript.Segment) bool {
	fields := strings.Fields(s.Text)
	if len(fields) != len(s.Words) {
		return false
	}
	for i, f := range fields {
		if f != s.Words[i].Text {
			return false
		}
	}
	return true
}
