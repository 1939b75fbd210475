// Package transcript holds the words of the house: what a transcript is, and
// the pure functions every other room shares. It imports the standard library
// only.
//
// Units: times are [Ms], milliseconds from the start of the audio. Text offsets
// are UTF-16 code units of the segment's text, because that is what a browser
// counts in. Ranges are half-open.
package transcript

// Ms is a time or a length in milliseconds.
type Ms int64

// Unknown is the time of something whose time nobody knows. It never leaves
// the process: JSON says null.
const Unknown Ms = -1

// Known reports whether the time is known.
func (m Ms) Known() bool { return m >= 0 }

// OrNil returns nil for an unknown time: JSON says null.
func (m Ms) OrNil() *Ms {
	if !m.Known() {
		return nil
	}
	return &m
}

// OrUnknown is the inverse of [Ms.OrNil].
func OrUnknown(m *Ms) Ms {
	if m == nil || !m.Known() {
		return Unknown
	}
	return *m
}

// Timing says where a segment's start comes from.
type Timing string

// The four timings. A guess is never shown as a fact, so every export carries
// them.
const (
	Exact     Timing = "exact"     // the source states it, or a person set it
	Aligned   Timing = "aligned"   // computed from the audio
	Estimated Timing = "estimated" // worked out between known times
	None      Timing = "none"      // nothing is known
)

// Transcript is the text of one episode in one language. The zero value is an
// empty transcript.
type Transcript struct {
	Format          string // name of the format it was read from
	Language        string // BCP 47, "" if unknown
	LanguageGuessed bool   // Language was guessed from the text
	Spoken          string // of the voice, BCP 47, "" if unknown
	Date            string // YYYY-MM-DD, "" if unknown
	Introduction    string // text before the first speech; paragraphs part with a newline
	Afterword       string // text after the last speech
	Speakers        []Speaker
	Segments        []Segment // in order of start, ties in the source's order
	Chapters        []Chapter
	Problems        []Problem // what was repaired while reading
	About           About     // front matter, where the source had any
}

// Speaker is somebody who speaks. Segments refer to the ID, so that renaming
// touches one place.
type Speaker struct {
	ID   string // s1, s2, … in order of first appearance
	Name string
}

// Segment is the unit that is lit, found and linked: a line on the page.
type Segment struct {
	ID          string // opaque; kept over re-imports where text and order match
	StartMs     Ms
	EndMs       Ms
	Speaker     string // a Speaker's ID, "" if nobody is named
	Text        string // paragraphs part with a newline
	Timing      Timing
	PlusMinusMs Ms // of an estimated start; 0 otherwise
	Words       []Word
	Anchors     []Anchor
	Unspoken    bool // the text has it, the voice does not say it
}

// IsSure reports whether the start is known and was not worked out.
func (s Segment) IsSure() bool { return s.StartMs.Known() && s.Timing != Estimated }

// ForgetTimes makes a line one of which nobody knows when it is spoken.
func (s *Segment) ForgetTimes() {
	s.StartMs, s.EndMs, s.Timing, s.PlusMinusMs, s.Words = Unknown, Unknown, None, 0, nil
}

// Word is one word with its time. The words of a segment cover its whole text,
// punctuation with the word before it; a word without a time has Unknown.
type Word struct {
	StartMs Ms
	EndMs   Ms
	Text    string
}

// Anchor is a time that stands inside a segment's text: [crosstalk 00:02:11].
// From and To span the whole mark in UTF-16 units of the text.
type Anchor struct {
	AtMs Ms
	Text string // the words of the mark, without brackets and time
	From int
	To   int
}

// Chapter is a heading. Its place is known by time or, where the source gives
// only a place in the text, by the segment it stands before.
type Chapter struct {
	StartMs Ms
	Title   string
	Segment string // ID of the segment it stands before, "" if placed by time
}

// Problem is a repair made, or something ignored, while reading. Line counts
// from 1; 0 means the file as a whole.
type Problem struct {
	Line int    `json:"line,omitempty"`
	Text string `json:"text"`
}

// About is what stands beside a transcript about its episode: front matter or
// talk.yaml.
type About struct {
	Title    string
	Show     string
	Date     string // YYYY-MM-DD
	Language string // of the text
	Spoken   string // of the voice
	Audio    string // URL, when the sound is elsewhere
	Source   string // URL of the article
	People   []string
	Rights   string
	Chapters []Chapter
	Found    []Found // sound that a saved page names
}

// Found is the address of sound that a page names without saying that it is
// this text's: of a sound file, or of a frame that may hold a player.
type Found struct {
	Address string
	Frame   bool
}

// Names returns the name of each speaker by id.
func (t *Transcript) Names() map[string]string {
	names := make(map[string]string, len(t.Speakers))
	for _, s := range t.Speakers {
		names[s.ID] = s.Name
	}
	return names
}

// SpeakerName returns the name of the speaker with this id, "" if there is none.
func (t *Transcript) SpeakerName(id string) string {
	for _, s := range t.Speakers {
		if s.ID == id {
			return s.Name
		}
	}
	return ""
}
