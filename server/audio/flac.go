package audio

import (
	"bytes"
	"encoding/binary"
	"errors"

	"hearsay/server/transcript"
)

// FLAC: RFC 9639. The first block says how many samples there are.

func isFLAC(head []byte) bool { return bytes.HasPrefix(head, []byte("fLaC")) }

func readFLAC(s *source, start int64) (sound, error) {
	b := s.at(start, 26)
	if len(b) < 26 || b[4]&0x7F != 0 {
		return sound{}, errors.New("the FLAC file is damaged: its first block is missing")
	}
	rate, samples := streamInfo(b[8:])
	found := sound{length: span(samples, rate), mediaType: "audio/flac"}
	if samples == 0 { // written by a program that could not go back to fill it in
		found.length = transcript.Unknown
	}
	return found, nil
}

// streamInfo reads the sample rate and the number of samples from the block of
// that name, of which it needs 18 bytes.
func streamInfo(b []byte) (rate, samples uint64) {
	bits := binary.BigEndian.Uint64(b[10:])
	return bits >> 44, bits & (1<<36 - 1)
}
