// Package codec turns bytes into transcripts and back: one ordered table, one
// file a format.
//
// Reading is lenient: whatever can be read is read, and every repair is a
// [transcript.Problem] with its line. Writing is strict. What cannot be read as
// a transcript at all is refused with an [Error] that says what, where and what
// to do.
package codec

import (
	"fmt"

	"hearsay/server/transcript"
)

// MaxBytes is the largest source that Decode reads.
const MaxBytes = 32 << 20

// Format is one notation for transcripts.
type Format struct {
	Name       string
	Extensions []string // with the dot; they only break ties
	MediaType  string
	// Sniff reports whether the content looks like this format. It sees the
	// whole source as UTF-8 without a byte order mark, lines ending in \n.
	Sniff func(src string) bool
	// Decode reads such a source.
	Decode func(src string) (transcript.Transcript, error)
	// Encode writes the format; nil means that it can only be read.
	Encode func(t transcript.Transcript) ([]byte, error)
	// Keeps lists what survives decode, encode, decode.
	Keeps Keeps
}

// Keeps says what a format can hold. Text is always kept, and so is whether a
// start is a fact or a guess.
type Keeps struct {
	Times    bool // starts
	Ends     bool // ends, and that an end is unknown
	Speakers bool
	Words    bool // times of words
	Chapters bool
	// Languages of text and voice, as far as the source states them.
	Languages bool
	// Everything a transcript has, to the last field.
	Everything bool
}

// Error is a refusal.
type Error struct {
	Format string // name of the format, "" if none was recognised
	Line   int    // from 1; 0 means the file as a whole
	Text   string // what is wrong and what to do, one sentence
}

func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("line %d: %s", e.Line, e.Text)
	}
	return e.Text
}

// Hint is what is known about a source besides its bytes.
type Hint struct {
	Format    string // decode as this format and no other
	FileName  string // its extension breaks ties
	MediaType string // as above
}

// ByName returns the format with this name.
func ByName(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Encode writes a transcript in the format with this name. The error is an
// [*Error]: there is no such format, it can only be read, or it needs times
// that the transcript does not have.
func Encode(t transcript.Transcript, name string) ([]byte, error) {
	f, ok := ByName(name)
	if !ok {
		return nil, unknownFormat(name)
	}
	if f.Encode == nil {
		return nil, &Error{Format: name, Text: fmt.Sprintf("%s can be read but not written: write one of %s", name, names(writable))}
	}
	return f.Encode(t)
}

// needTimes refuses a transcript in which a segment that is spoken has no start.
func needTimes(t transcript.Transcript, format string) error {
	for i, s := range t.Segments {
		if !s.StartMs.Known() && !s.Unspoken {
			return &Error{Format: format, Text: fmt.Sprintf(
				"segment %d has no time, and %s needs one for each: align it with its audio first, or write json", i+1, format)}
		}
	}
	return nil
}

// maxProblems is how many problems are listed one by one; a file with more is
// told enough.
const maxProblems = 500

// report collects the problems of one file. The zero value is ready to use.
type report struct {
	list []transcript.Problem
	more int
}

func (r *report) add(line int, text string) {
	if len(r.list) == maxProblems {
		r.more++
		return
	}
	r.list = append(r.list, transcript.Problem{Line: line, Text: text})
}

// problems returns what was collected, and how much was not.
func (r *report) problems() []transcript.Problem {
	if r.more > 0 {
		return append(r.list, transcript.Problem{Text: fmt.Sprintf("%d more problems", r.more)})
	}
	return r.list
}
