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
	// whole source as UTF-8 without a byte order mark.
	Sniff func(src string) bool
	// Decode reads UTF-8 text without a byte order mark.
	Decode func(src string) (transcript.Transcript, error)
	// Encode writes the format; nil means that it can only be read.
	Encode func(t transcript.Transcript) ([]byte, error)
	// Keeps lists what survives decode, encode, decode.
	Keeps Keeps
}

// Keeps says what a format can hold.
type Keeps struct {
	Times, Ends, Speakers, Words, Chapters, Everything bool
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
