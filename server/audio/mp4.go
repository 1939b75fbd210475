package audio

import (
	"encoding/binary"
	"errors"
	"iter"
	"slices"

	"hearsay/server/transcript"
)

// MP4: boxes within boxes, ISO/IEC 14496-12.

// box is one box. Its body ends where the box around it does, if it claims more.
type box struct {
	kind      string
	body, end int64
	cut       bool // it claims more than there is
}

// boxes are the boxes from one place to another, one after the other.
func boxes(s *source, from, to int64) iter.Seq[box] {
	return func(yield func(box) bool) {
		for from+8 <= to {
			head := s.at(from, 16)
			if len(head) < 8 {
				return
			}
			b := box{kind: string(head[4:8]), body: from + 8}
			size := int64(binary.BigEndian.Uint32(head))
			if size == 1 && len(head) == 16 {
				size, b.body = int64(binary.BigEndian.Uint64(head[8:])), from+16
			}
			switch {
			case size == 0: // to the end
				b.end = to
			case size < b.body-from:
				return
			default:
				b.cut = size > to-from
				b.end = from + min(size, to-from)
			}
			if !yield(b) {
				return
			}
			from = b.end
		}
	}
}

// movie is what the boxes of a file say.
type movie struct {
	brand    string
	indexed  bool   // there is a moov
	cut      bool   // the file ends too early
	scale    uint64 // units a second of the length
	length   uint64 // of the whole
	tracks   []*track
	defaults map[uint32]uint64 // length of a sample by track, for fragments
}

// track is one stream of a movie.
type track struct {
	id         uint32
	handler    string // soun, vide …
	codec      string
	scale      uint64
	length     uint64
	fragmented uint64 // length of all fragments
}

func isMP4(head []byte) bool {
	kinds := []string{"ftyp", "moov", "mdat", "free", "skip", "wide", "styp"}
	return len(head) >= 8 && slices.Contains(kinds, string(head[4:8]))
}

func readMP4(s *source, start int64) (sound, error) {
	m := movie{defaults: map[uint32]uint64{}}
	for b := range boxes(s, start, s.size) {
		m.cut = m.cut || b.cut
		switch b.kind {
		case "ftyp":
			m.brand = string(s.at(b.body, 4))
		case "moov":
			m.indexed = true
			m.readIndex(s, b)
		case "moof":
			m.readFragment(s, b)
		}
	}
	if !m.indexed {
		return sound{}, errors.New("the file has no index (moov): it was cut off before it was finished")
	}
	return m.sound()
}

// sound is the first track with sound, and the length of the whole.
func (m *movie) sound() (sound, error) {
	i := slices.IndexFunc(m.tracks, func(t *track) bool { return t.handler == "soun" })
	if i < 0 {
		return sound{}, errors.New("there is no sound in the file")
	}
	heard := m.tracks[i]
	found := sound{mediaType: "audio/mp4", unplayable: mp4Unplayable(heard.codec)}
	if slices.ContainsFunc(m.tracks, func(t *track) bool { return t.handler == "vide" }) {
		found.mediaType = "video/mp4"
	}
	if m.brand == "qt  " {
		found.mediaType, found.unplayable = "video/quicktime", "QuickTime files"
	}
	if m.cut {
		found.problem = cutOff
	}
	switch {
	case m.length > 0:
		found.length = span(m.length, m.scale)
	case heard.length > 0:
		found.length = span(heard.length, heard.scale)
	case heard.fragmented > 0:
		found.length = span(heard.fragmented, heard.scale)
	default:
		found.length = transcript.Unknown
	}
	return found, nil
}

// mp4Unplayable names the coding if most browsers cannot play it.
func mp4Unplayable(codec string) string {
	switch codec {
	case "alac":
		return "Apple Lossless"
	case "samr", "sawb":
		return "AMR"
	case "ac-3", "ec-3":
		return "Dolby sound"
	}
	return ""
}

// readIndex reads a moov.
func (m *movie) readIndex(s *source, moov box) {
	for b := range boxes(s, moov.body, moov.end) {
		switch b.kind {
		case "mvhd":
			m.scale, m.length = timing(s, b)
		case "trak":
			t := &track{}
			t.read(s, b)
			m.tracks = append(m.tracks, t)
		case "mvex":
			for e := range boxes(s, b.body, b.end) {
				if d := s.at(e.body, 16); e.kind == "trex" && len(d) == 16 {
					m.defaults[binary.BigEndian.Uint32(d[4:])] = uint64(binary.BigEndian.Uint32(d[12:]))
				}
			}
		}
	}
}

// read reads a trak and the boxes in it that matter.
func (t *track) read(s *source, trak box) {
	for b := range boxes(s, trak.body, trak.end) {
		switch b.kind {
		case "mdia", "minf", "stbl":
			t.read(s, b)
		case "tkhd":
			t.id = trackID(s.at(b.body, 24))
		case "mdhd":
			t.scale, t.length = timing(s, b)
		case "hdlr":
			if d := s.at(b.body, 12); len(d) == 12 && t.handler == "" {
				t.handler = string(d[8:])
			}
		case "stsd":
			for entry := range boxes(s, b.body+8, b.end) {
				t.codec = entry.kind
				break
			}
		}
	}
}

// trackID reads the number of a track from the body of its tkhd.
func trackID(b []byte) uint32 {
	switch {
	case len(b) < 24:
		return 0
	case b[0] == 1: // version 1, with times of 8 bytes
		return binary.BigEndian.Uint32(b[20:])
	}
	return binary.BigEndian.Uint32(b[12:])
}

// timing reads scale and length from a mvhd or mdhd, which begin alike. A length
// that the file leaves open is 0.
func timing(s *source, b box) (scale, length uint64) {
	d := s.at(b.body, 32)
	switch {
	case len(d) < 32:
		return 0, 0
	case d[0] == 1:
		scale, length = uint64(binary.BigEndian.Uint32(d[20:])), binary.BigEndian.Uint64(d[24:])
		if length == 1<<64-1 {
			return scale, 0
		}
	default:
		scale, length = uint64(binary.BigEndian.Uint32(d[12:])), uint64(binary.BigEndian.Uint32(d[16:]))
		if length == 1<<32-1 {
			return scale, 0
		}
	}
	return scale, length
}
