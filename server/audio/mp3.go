package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// MPEG audio frames: ISO/IEC 11172-3 and 13818-3, and the unofficial 2.5 for
// low sample rates. Tags around them: id3.org, and the APEv2 specification.

// Bit rates in kbit/s by index, for MPEG 1 by layer, and for MPEG 2 and 2.5 for
// layer I and for the others.
var (
	rates1 = [3][15]int{
		{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
	}
	rates2 = [3][15]int{
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
	}
)

// readMP3 counts frames. The headers that promise a length (Xing, VBRI) are not
// asked: they are wrong in files that were cut or joined.
func readMP3(s *source, start int64) (sound, error) {
	t := countFrames(s, start, endOfFrames(s), mpegFrame)
	if !t.isStream() {
		return sound{}, errors.New("this is no sound file that Hearsay knows")
	}
	head := s.at(t.first, 64)
	if isLengthHeader(head) {
		f, _ := mpegFrame(head)
		t.seconds -= f.seconds
	}
	found := sound{length: t.length(), mediaType: "audio/mpeg", problem: t.problem()}
	if mpegLayer(head) != 3 {
		found.unplayable = "MPEG audio of layer I or II"
	}
	return found, nil
}

// mpegLayer is the layer, 1 to 3, that a frame header names; 4 is none.
func mpegLayer(header []byte) int { return 4 - int(header[1]>>1&3) }

// mpegFrame reads a frame header. Free-format streams are not read: nobody
// makes them.
func mpegFrame(b []byte) (frame, bool) {
	if len(b) < 4 || b[0] != 0xFF || b[1]&0xE0 != 0xE0 {
		return frame{}, false
	}
	version, layer := b[1]>>3&3, mpegLayer(b)
	bitRate, sampleRate, padding := b[2]>>4, b[2]>>2&3, int(b[2]>>1&1)
	if version == 1 || layer == 4 || bitRate == 0 || bitRate == 15 || sampleRate == 3 {
		return frame{}, false
	}
	rate := [3]int{44100, 48000, 32000}[sampleRate]
	kbits, samples := rates1[layer-1][bitRate], 1152
	if version != 3 {
		rate /= 2
		kbits = rates2[layer-1][bitRate]
		if layer == 3 {
			samples = 576
		}
	}
	if version == 0 {
		rate /= 2
	}
	f := frame{kind: uint16(b[1]&0xFE)<<8 | uint16(b[2]&0x0C)}
	if layer == 1 {
		samples = 384
		f.length = (12*kbits*1000/rate + padding) * 4
	} else {
		f.length = samples/8*kbits*1000/rate + padding
	}
	f.seconds = float64(samples) / float64(rate)
	return f, true
}

// isLengthHeader reports whether a frame holds no sound but the length of the
// file and its encoder's name.
func isLengthHeader(head []byte) bool {
	for _, mark := range []string{"Xing", "Info", "VBRI"} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return false
}

// skipID3 returns where the file begins after the ID3v2 tags before it. A tag
// that claims to be longer than the file is not believed.
func skipID3(s *source) int64 {
	pos := int64(0)
	for {
		head := s.at(pos, 10)
		if len(head) < 10 || string(head[:3]) != "ID3" {
			return pos
		}
		size := int64(10)
		for i, b := range head[6:10] {
			size += int64(b&0x7F) << (21 - 7*i)
		}
		if head[5]&0x10 != 0 { // a footer
			size += 10
		}
		if pos+size >= s.size {
			return pos
		}
		pos += size
	}
}

// endOfFrames returns where the frames end: before ID3v1 and APE tags, which
// stand at the end of a file.
func endOfFrames(s *source) int64 {
	end := s.size
	if tag := s.at(end-128, 3); string(tag) == "TAG" {
		end -= 128
	}
	if foot := s.at(end-32, 32); len(foot) == 32 && string(foot[:8]) == "APETAGEX" {
		size := int64(binary.LittleEndian.Uint32(foot[12:])) + 32 // the header is not counted in it
		if size < end {
			end -= size
		}
	}
	return end
}
