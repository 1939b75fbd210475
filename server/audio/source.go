package audio

import (
	"bytes"
	"io"
)

// source is a file that is walked in small steps. It is read through one
// window, so that a step costs no system call and no file is ever in memory as
// a whole.
type source struct {
	r      io.ReaderAt
	size   int64
	err    error // the first failure to read; what follows is as if the file ended there
	window []byte
	start  int64 // where the window stands in the file
}

const windowSize = 64 << 10

// at returns the n bytes at off, fewer where the file ends; n is at most
// windowSize. They are good until the next call.
func (s *source) at(off int64, n int) []byte {
	b := s.from(off, n)
	return b[:min(n, len(b))]
}

// from returns what the window shows from off on: at least n bytes, fewer only
// where the file ends.
func (s *source) from(off int64, n int) []byte {
	if off < 0 || off >= s.size {
		return nil
	}
	need := off + min(int64(n), s.size-off)
	if off < s.start || need > s.start+int64(len(s.window)) {
		s.load(off)
	}
	return s.window[off-s.start:]
}

// load moves the window to off.
func (s *source) load(off int64) {
	if s.window == nil {
		s.window = make([]byte, min(windowSize, s.size))
	}
	n, err := s.r.ReadAt(s.window[:cap(s.window)], off)
	if err != nil && err != io.EOF && s.err == nil {
		s.err = err
	}
	s.window, s.start = s.window[:n], off
}

// index returns where pattern stands first at or after off, -1 if nowhere
// before end.
func (s *source) index(off, end int64, pattern []byte) int64 {
	for off < end {
		block := s.from(off, len(pattern))
		block = block[:min(int64(len(block)), end-off)]
		if i := bytes.Index(block, pattern); i >= 0 {
			return off + int64(i)
		}
		if len(block) < len(pattern) {
			return -1
		}
		off += int64(len(block) - len(pattern) + 1)
	}
	return -1
}
