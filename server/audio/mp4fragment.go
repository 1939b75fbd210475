package audio

import "encoding/binary"

// Fragments are how a movie is written piece by piece, by broadcasters and by
// programs that record: the index then knows no length, and each fragment has
// that of its own samples. ISO/IEC 14496-12, 8.8.

// The flags that say which optional fields stand in a tfhd or trun.
const (
	hasBaseOffset  = 0x1
	hasDescription = 0x2
	hasDefault     = 0x8

	hasDataOffset      = 0x1
	hasFirstFlags      = 0x4
	hasSampleDuration  = 0x100
	otherSampleColumns = 3 // size, flags and composition time, at 0x200 to 0x800
)

// readFragment adds the samples of a moof to the lengths of their tracks.
func (m *movie) readFragment(s *source, moof box) {
	for traf := range boxes(s, moof.body, moof.end) {
		if traf.kind != "traf" {
			continue
		}
		var t *track
		var each uint64
		for b := range boxes(s, traf.body, traf.end) {
			switch b.kind {
			case "tfhd":
				t, each = m.fragmentHead(s.at(b.body, 24))
			case "trun":
				if t != nil {
					t.fragmented += runLength(s, b, each)
				}
			}
		}
	}
}

// fragmentHead reads whose samples follow, and how long each is if nothing
// else is said.
func (m *movie) fragmentHead(d []byte) (*track, uint64) {
	if len(d) < 8 {
		return nil, 0
	}
	flags, id := binary.BigEndian.Uint32(d)&0xFFFFFF, binary.BigEndian.Uint32(d[4:])
	each, at := m.defaults[id], 8
	if flags&hasBaseOffset != 0 {
		at += 8
	}
	if flags&hasDescription != 0 {
		at += 4
	}
	if flags&hasDefault != 0 && at+4 <= len(d) {
		each = uint64(binary.BigEndian.Uint32(d[at:]))
	}
	for _, t := range m.tracks {
		if t.id == id {
			return t, each
		}
	}
	return nil, 0
}

// runLength is the length of the samples of a trun.
func runLength(s *source, run box, each uint64) uint64 {
	d := s.at(run.body, 8)
	if len(d) < 8 {
		return 0
	}
	flags, count := binary.BigEndian.Uint32(d)&0xFFFFFF, int64(binary.BigEndian.Uint32(d[4:]))
	if flags&hasSampleDuration == 0 {
		return uint64(count) * each
	}
	at, row := run.body+8, int64(4)
	if flags&hasDataOffset != 0 {
		at += 4
	}
	if flags&hasFirstFlags != 0 {
		at += 4
	}
	for i := range otherSampleColumns {
		if flags&(0x200<<i) != 0 {
			row += 4
		}
	}
	var length uint64
	for ; count > 0 && at+row <= run.end; count-- {
		length += uint64(binary.BigEndian.Uint32(s.at(at, 4)))
		at += row
	}
	return length
}
