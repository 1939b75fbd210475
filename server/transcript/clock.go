package transcript

import (
	"fmt"
	"unicode/utf8"
)

// Timestamp writes a time the way the house shows it: 00:02:11, rounded down to
// the second. Unknown is "".
func (m Ms) Timestamp() string {
	if !m.Known() {
		return ""
	}
	s := int64(m) / 1000
	return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
}

// UTF16Len returns the length of s in UTF-16 units, the unit of all text
// offsets. Invalid bytes count one each, as the replacement character does.
func UTF16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// ByteOffset turns an offset in UTF-16 units of s into one in bytes. Past the
// end it returns len(s).
func ByteOffset(s string, utf16 int) int {
	i := 0
	for i < len(s) && utf16 > 0 {
		r, size := utf8.DecodeRuneInString(s[i:])
		if i += size; r > 0xFFFF {
			utf16--
		}
		utf16--
	}
	return i
}
