package codec

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"hearsay/server/transcript"
)

// magics are the first bytes of files that hold no text.
var magics = []struct{ prefix, name string }{
	{"%PDF", "a PDF"},
	{"PK\x03\x04", "a zip archive or a Word document"},
	{"\xd0\xcf\x11\xe0", "an old Office document"},
	{"{\\rtf", "a rich text document"},
	{"ID3\x02", "an MP3"},
	{"ID3\x03", "an MP3"},
	{"ID3\x04", "an MP3"},
	{"\xff\xfb", "an MP3"},
	{"\xff\xf3", "an MP3"},
	{"\xff\xf2", "an MP3"},
	{"OggS\x00", "an Ogg sound file"},
	{"fLaC\x00", "a FLAC sound file"},
	{"\x1a\x45\xdf\xa3", "a WebM or Matroska file"},
	{"\x89PNG", "an image"},
	{"\xff\xd8\xff", "an image"},
	{"GIF87a", "an image"},
	{"GIF89a", "an image"},
	{"\x1f\x8b", "a gzip archive"},
	{"7z\xbc\xaf", "a 7z archive"},
	{"SQLite format 3\x00", "a database"},
}

// Byte order marks.
const (
	markUTF8    = "\xef\xbb\xbf"
	markUTF16LE = "\xff\xfe"
	markUTF16BE = "\xfe\xff"
)

// toText turns a source into UTF-8 with \n at the ends of lines and no byte
// order mark. What is no text is refused.
func toText(src []byte) (string, []transcript.Problem, error) {
	if name := looksLike(src); name != "" {
		return "", nil, &Error{Text: "this looks like " + name + ", not like text: give the transcript as text, subtitles or JSON"}
	}
	text, problems := toUTF8(src)
	if i := strings.IndexByte(text, 0); i >= 0 {
		return "", nil, &Error{
			Line: 1 + strings.Count(text[:i], "\n"),
			Text: "there are NUL bytes, so this is no text that can be read: save it as UTF-8 text",
		}
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return text, problems, nil
}

// looksLike names the kind of a file that holds no text, "" if it may hold some.
func looksLike(src []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(src, []byte(m.prefix)) {
			return m.name
		}
	}
	if len(src) >= 12 {
		switch tag := string(src[4:8]); {
		case tag == "ftyp":
			return "an MP4 file"
		case string(src[:4]) == "RIFF" && bytes.IndexByte(src[4:8], 0) >= 0:
			return "a WAV or AVI file"
		}
	}
	return ""
}

// toUTF8 decodes by the byte order mark, and by the bytes where there is none.
func toUTF8(src []byte) (string, []transcript.Problem) {
	switch {
	case bytes.HasPrefix(src, []byte(markUTF16LE)), bytes.HasPrefix(src, []byte(markUTF16BE)):
		// The decoder knows no errors: what is broken becomes U+FFFD.
		text, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(src)
		return string(text), nil
	case bytes.HasPrefix(src, []byte(markUTF8)):
		src = src[len(markUTF8):]
	}
	if utf8.Valid(src) {
		return string(src), nil
	}
	line := 1 + bytes.Count(src[:firstInvalid(src)], []byte("\n"))
	if mostlyUTF8(src) {
		return strings.ToValidUTF8(string(src), "\ufffd"),
			[]transcript.Problem{{Line: line, Text: "bytes that are no UTF-8: shown as \ufffd"}}
	}
	text, _ := charmap.Windows1252.NewDecoder().Bytes(src) // knows no errors either
	return string(text), []transcript.Problem{{Line: line, Text: "no UTF-8: read as Windows-1252"}}
}

// firstInvalid returns the place of the first byte that is no UTF-8.
func firstInvalid(src []byte) int {
	i := 0
	for i < len(src) {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		i += size
	}
	return i
}

// mostlyUTF8 reports whether most of what is not ASCII is good UTF-8, which
// means damage rather than another charset.
func mostlyUTF8(src []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	return good > bad
}
