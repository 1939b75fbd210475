package audio

import "hearsay/server/transcript"

// frame is one packet of a stream that has no index: MP3 and AAC as they come.
type frame struct {
	length  int     // bytes, the header included
	seconds float64 // how long it sounds
	kind    uint16  // what all frames of a stream have in common; never 0
}

// frameHeader reads the header at the start of b, which may be short.
type frameHeader func(b []byte) (frame, bool)

// maxLead is how far the first frame is looked for. Beyond, the file is taken
// for something else.
const maxLead = 1 << 20

// headerBytes is what a frameHeader needs to see.
const headerBytes = 8

// tally is what counting the frames of a stream gave.
type tally struct {
	seconds float64
	first   int64 // where the first frame stands
	bytes   int64 // in frames
	skipped int64 // between them and after them
}

// countFrames walks the frames from pos to end and steps over whatever stands
// between them. A place where no frame was expected is taken for one only if
// two more of its kind follow, since any byte may look like a header.
func countFrames(s *source, pos, end int64, header frameHeader) tally {
	t := tally{first: pos}
	expected := uint16(0) // the kind of the frame that ends at pos
	for pos < end && (t.bytes > 0 || t.skipped < maxLead) {
		f, ok := header(s.at(pos, headerBytes))
		whole := ok && pos+int64(f.length) <= end
		if whole && (f.kind == expected || followed(s, pos, end, f, header)) {
			if t.bytes == 0 {
				t.first, t.skipped = pos, 0
			}
			t.seconds += f.seconds
			t.bytes += int64(f.length)
			pos += int64(f.length)
			expected = f.kind
			continue
		}
		next := s.index(pos+1, end, []byte{0xFF})
		if next < 0 {
			next = end
		}
		t.skipped += next - pos
		pos, expected = next, 0
	}
	return t
}

// followed reports whether two frames of the same kind follow the one at pos,
// or as many as there is room for.
func followed(s *source, pos, end int64, f frame, header frameHeader) bool {
	kind := f.kind
	for range 2 {
		pos += int64(f.length)
		if pos == end {
			return true
		}
		var ok bool
		if f, ok = header(s.at(pos, headerBytes)); !ok || f.kind != kind {
			return false
		}
	}
	return true
}

// length is how long the frames sound.
func (t tally) length() transcript.Ms {
	if t.seconds > maxSeconds {
		return transcript.Unknown
	}
	return transcript.Ms(t.seconds*1000 + 0.5)
}

// isStream reports whether this is a stream of frames at all, and not
// something else in which a few bytes happened to look like one.
func (t tally) isStream() bool { return t.bytes > 0 && t.bytes >= t.skipped/4 }

// problem says what was stepped over, if it was more than the rests of tags.
func (t tally) problem() string {
	if t.skipped > 4096 && t.skipped > t.bytes/100 {
		return "The file is damaged: parts of it cannot be played."
	}
	return ""
}
