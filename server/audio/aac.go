package audio

import "errors"

// AAC without a container, in ADTS frames: ISO/IEC 13818-7, 6.2.

func isAAC(head []byte) bool {
	_, ok := adtsFrame(head)
	return ok
}

func readAAC(s *source, start int64) (sound, error) {
	t := countFrames(s, start, endOfFrames(s), adtsFrame)
	if !t.isStream() {
		return sound{}, errors.New("this is no sound file that Hearsay knows")
	}
	return sound{length: t.length(), mediaType: "audio/aac", problem: t.problem()}, nil
}

// adtsFrame reads the header of a frame, which holds 1024 samples a block.
func adtsFrame(b []byte) (frame, bool) {
	if len(b) < 7 || b[0] != 0xFF || b[1]&0xF6 != 0xF0 {
		return frame{}, false
	}
	rates := [16]float64{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350}
	rate := rates[b[2]>>2&15]
	length := int(b[3]&3)<<11 | int(b[4])<<3 | int(b[5])>>5
	if rate == 0 || length < 7 {
		return frame{}, false
	}
	blocks := float64(b[6]&3) + 1
	return frame{
		length:  length,
		seconds: blocks * 1024 / rate,
		kind:    uint16(b[1]&0xFE)<<8 | uint16(b[2]&0x3C),
	}, true
}
