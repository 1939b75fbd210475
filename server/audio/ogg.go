package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// Ogg: RFC 3533. Opus in it: RFC 7845; Vorbis: the Vorbis I specification, A;
// FLAC: the Ogg mapping of RFC 9639.

// page is the head of an Ogg page.
type page struct {
	begins  bool  // the first of its stream
	granule int64 // samples up to its end, -1 if no packet ends on it
	serial  uint32
	body    int64 // where its data begins
	next    int64 // where the next page begins
}

// stream is one stream of sound within the file. A file may have several, one
// after the other.
type stream struct {
	rate       uint64
	preSkip    int64 // samples at the beginning that are not played
	first      int64 // granule of the first page with sound, 0 before it came
	last       int64
	unplayable string
}

func isOgg(head []byte) bool { return bytes.HasPrefix(head, []byte("OggS")) }

// readOgg walks the pages and adds up the streams, for only so is the length
// right of a file that was joined from several.
func readOgg(s *source, start int64) (sound, error) {
	var all []*stream
	current := map[uint32]*stream{} // by serial number; one may come again
	for pos := start; pos >= 0 && pos < s.size; {
		p, ok := oggPage(s, pos)
		if !ok {
			pos = s.index(pos+1, s.size, []byte("OggS"))
			continue
		}
		pos = p.next
		if !p.begins {
			current[p.serial].add(p.granule)
			continue
		}
		st := newStream(s.at(p.body, 64))
		current[p.serial] = st
		if st != nil {
			all = append(all, st)
		}
	}
	if len(all) == 0 {
		return sound{}, errors.New("there is no sound in the Ogg file that Hearsay knows")
	}
	found := sound{mediaType: "audio/ogg", unplayable: all[0].unplayable}
	for _, st := range all {
		length := span(uint64(st.samples()), st.rate)
		if !length.Known() {
			found.length = length
			break
		}
		found.length += length
	}
	return found, nil
}

// oggPage reads the head of the page at pos.
func oggPage(s *source, pos int64) (page, bool) {
	b := s.at(pos, 27+255)
	if len(b) < 27 || string(b[:4]) != "OggS" || b[4] != 0 || len(b) < 27+int(b[26]) {
		return page{}, false
	}
	p := page{
		begins:  b[5]&2 != 0,
		granule: int64(binary.LittleEndian.Uint64(b[6:])),
		serial:  binary.LittleEndian.Uint32(b[14:]),
		body:    pos + 27 + int64(b[26]),
	}
	p.next = p.body
	for _, size := range b[27 : 27+int(b[26])] {
		p.next += int64(size)
	}
	return p, true
}

// newStream reads the first packet of a stream; nil if it is not sound.
func newStream(b []byte) *stream {
	switch {
	case len(b) < 40:
		return nil
	case bytes.HasPrefix(b, []byte("OpusHead")):
		return &stream{rate: 48000, preSkip: int64(binary.LittleEndian.Uint16(b[10:]))}
	case bytes.HasPrefix(b, []byte("\x01vorbis")):
		return &stream{rate: uint64(binary.LittleEndian.Uint32(b[12:]))}
	case bytes.HasPrefix(b, []byte("\x7FFLAC")):
		rate, _ := streamInfo(b[17:])
		return &stream{rate: rate}
	case bytes.HasPrefix(b, []byte("Speex   ")):
		return &stream{rate: uint64(binary.LittleEndian.Uint32(b[36:])), unplayable: "Speex"}
	}
	return nil
}

// add notes how far the stream has come. Streams that are not sound are nil.
func (st *stream) add(granule int64) {
	if st == nil || granule <= 0 {
		return
	}
	if st.first == 0 {
		st.first = granule
	}
	st.last = max(st.last, granule)
}

// samples is how many samples are played. The recording of a running broadcast
// begins with the broadcast's clock, which no first page of a file reaches.
func (st *stream) samples() int64 {
	if st.first > 10*int64(st.rate) {
		return st.last - st.first
	}
	return max(0, st.last-st.preSkip)
}
