package audio

import (
	"encoding/binary"
	"errors"
)

// WAV: RIFF chunks, with the 64-bit sizes of RF64 (EBU Tech 3306) and the
// extensible format of Microsoft's "Multiple channel audio data".

func isWAV(head []byte) bool {
	if len(head) < 12 || string(head[8:12]) != "WAVE" {
		return false
	}
	kind := string(head[:4])
	return kind == "RIFF" || kind == "RF64"
}

// readWAV looks for the format and the data. The size of the data is believed
// only where the file is that long: programs that write to a pipe leave 0 or
// the highest number there.
func readWAV(s *source, start int64) (sound, error) {
	var format []byte
	var dataAt, dataSize, longSize int64
	for pos := start + 12; dataAt == 0 || format == nil; {
		head := s.at(pos, 8)
		if len(head) < 8 {
			return sound{}, errors.New("the WAV file is damaged: its format or its sound is missing")
		}
		kind, size := string(head[:4]), int64(binary.LittleEndian.Uint32(head[4:]))
		pos += 8
		switch kind {
		case "fmt ":
			format = append(format, s.at(pos, int(min(size, 40)))...)
		case "ds64":
			if b := s.at(pos, 16); len(b) == 16 {
				longSize = int64(binary.LittleEndian.Uint64(b[8:]))
			}
		case "data":
			dataAt, dataSize = pos, size
		}
		pos += size + size&1
	}
	if dataSize == 1<<32-1 && longSize > 0 {
		dataSize = longSize
	}
	return wavSound(format, dataSize, s.size-dataAt)
}

// wavSound works out the length of size bytes of data, of which held are there.
func wavSound(format []byte, size, held int64) (sound, error) {
	if len(format) < 16 {
		return sound{}, errors.New("the WAV file is damaged: its format is cut off")
	}
	tag := binary.LittleEndian.Uint16(format)
	if tag == 0xFFFE && len(format) >= 26 { // extensible: the tag is further on
		tag = binary.LittleEndian.Uint16(format[24:])
	}
	bytesPerSecond := uint64(binary.LittleEndian.Uint32(format[8:]))
	found := sound{mediaType: "audio/wav", unplayable: wavUnplayable(tag)}
	streamed := size == 0 || size >= 1<<31-1 && size < 1<<32
	if size > held && !streamed {
		found.problem = cutOff
	}
	if size > held || size == 0 {
		size = held
	}
	found.length = span(uint64(size), bytesPerSecond)
	return found, nil
}

// wavUnplayable names the coding of a format tag if browsers cannot play it.
func wavUnplayable(tag uint16) string {
	switch tag {
	case 1, 3, 6, 7: // PCM, float, A-law, µ-law
		return ""
	case 2, 0x11:
		return "ADPCM"
	}
	return "this kind of WAV"
}
