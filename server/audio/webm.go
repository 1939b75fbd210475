package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"math/bits"

	"hearsay/server/transcript"
)

// WebM and Matroska: EBML, RFC 8794, and the elements of RFC 9559.

// The ids of the elements that matter.
const (
	idEBMLHead    = 0x1A45DFA3
	idDocType     = 0x4282
	idSegment     = 0x18538067
	idSegmentInfo = 0x1549A966
	idTimeScale   = 0x2AD7B1
	idDuration    = 0x4489
	idTracks      = 0x1654AE6B
	idTrackEntry  = 0xAE
	idTrackType   = 0x83
	idCluster     = 0x1F43B675
	idClusterTime = 0xE7
	idBlockGroup  = 0xA0
	idBlock       = 0xA1
	idSimpleBlock = 0xA3
)

const (
	openSize    = -1  // an element ends where one begins that cannot be in it
	nanosPerMs  = 1e6 // also the scale of a file that names none
	lastBlockMs = 20  // how long the last block sounds, as nearly all of Opus do
)

// matroska is what the elements of a file say. Times are in units of scale
// nanoseconds.
type matroska struct {
	docType  string
	scale    float64
	duration float64 // 0 where it was left out, as by browsers that record
	sound    bool    // there is a track with sound
	video    bool
	cluster  float64 // time of the cluster being read
	last     float64 // time of the last block
}

func isMatroska(head []byte) bool { return bytes.HasPrefix(head, []byte("\x1A\x45\xDF\xA3")) }

// readMatroska walks the elements. One that holds others is entered by going on
// behind its head, so that its size, which recorders leave open, is not needed.
func readMatroska(s *source, start int64) (sound, error) {
	m := matroska{scale: nanosPerMs}
	for pos := start; pos < s.size; {
		id, size, body, ok := element(s, pos)
		if !ok || id == idCluster && m.duration > 0 {
			break
		}
		pos = body
		if holdsOthers(id) {
			continue
		}
		if size == openSize || size > s.size-body {
			break
		}
		m.read(id, s.at(body, int(min(size, 8))))
		pos += size
	}
	return m.result()
}

// element reads the head of the element at pos: its id, its size, and where its
// body begins.
func element(s *source, pos int64) (id uint32, size, body int64, ok bool) {
	b := s.at(pos, 12)
	n := numberLength(b)
	if n > 4 || n >= len(b) {
		return 0, 0, 0, false
	}
	id, b = uint32(number(b[:n])), b[n:]
	m := numberLength(b)
	if m > 8 || m > len(b) {
		return 0, 0, 0, false
	}
	most := uint64(1)<<(7*m) - 1 // without the bit that marks the length
	size = int64(number(b[:m]) & most)
	if size == int64(most) {
		size = openSize
	}
	return id, size, pos + int64(n+m), true
}

// numberLength is how many bytes the number at the start of b has: one more
// than there are zero bits before it. It is 9 where there is none.
func numberLength(b []byte) int {
	if len(b) == 0 {
		return 9
	}
	return bits.LeadingZeros8(b[0]) + 1
}

// number reads up to eight bytes, highest first.
func number(b []byte) uint64 {
	var n uint64
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

// holdsOthers reports whether an element holds others that matter.
func holdsOthers(id uint32) bool {
	switch id {
	case idEBMLHead, idSegment, idSegmentInfo, idTracks, idTrackEntry, idCluster, idBlockGroup:
		return true
	}
	return false
}

// read takes in an element, of which it is given the first 8 bytes.
func (m *matroska) read(id uint32, b []byte) {
	switch id {
	case idDocType:
		m.docType = string(bytes.TrimRight(b, "\x00"))
	case idTimeScale:
		m.scale = float64(number(b))
	case idDuration:
		m.duration = float(b)
	case idTrackType:
		m.video = m.video || number(b) == 1
		m.sound = m.sound || number(b) == 2
	case idClusterTime:
		m.cluster = float64(number(b))
	case idBlock, idSimpleBlock:
		if n := numberLength(b); len(b) >= n+2 { // the track's number stands first
			within := int16(binary.BigEndian.Uint16(b[n:]))
			m.last = max(m.last, m.cluster+float64(within))
		}
	}
}

// float reads a number of four or eight bytes, 0 if it is none.
func float(b []byte) float64 {
	f := 0.0
	switch len(b) {
	case 4:
		f = float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
	case 8:
		f = math.Float64frombits(binary.BigEndian.Uint64(b))
	}
	if math.IsNaN(f) || f < 0 {
		return 0
	}
	return f
}

// result words what was found.
func (m *matroska) result() (sound, error) {
	if !m.sound {
		return sound{}, errors.New("there is no sound in the file")
	}
	ms := m.duration * m.scale / nanosPerMs
	if m.duration == 0 && m.last > 0 {
		ms = m.last*m.scale/nanosPerMs + lastBlockMs
	}
	found := sound{length: transcript.Ms(ms + 0.5), mediaType: "audio/webm"}
	if ms == 0 || ms > maxSeconds*1000 {
		found.length = transcript.Unknown
	}
	if m.video {
		found.mediaType = "video/webm"
	}
	if m.docType != "webm" {
		found.mediaType, found.unplayable = "video/x-matroska", "Matroska"
	}
	return found, nil
}
