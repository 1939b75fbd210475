package audio

import (
	"bytes"
	"strings"
	"time"
	"unicode"

	"go.senan.xyz/taglib"
)

const (
	maxTag   = 300     // characters of a title or a show
	maxCover = 5 << 20 // bytes
	// tagPatience is how long a file's tags may take. They take milliseconds,
	// except for the first file, for which the reader has to be compiled.
	tagPatience = 10 * time.Second
)

// tagReaders bounds how many files' tags are read at once. A file that the
// reader never comes back from keeps its place, so that two such files end the
// reading of tags but cost no more.
var tagReaders = make(chan struct{}, 2)

// tags are the tags of a file as they come, not to be trusted.
type tags struct {
	texts map[string][]string
	cover []byte
}

// addTags adds title, show, date and cover where the file has them. Tags are an
// extra: a file whose tags cannot be read is still a sound file.
func addTags(info *Info, path string) {
	t := patiently(func() tags { return readTags(path) })
	info.Title = cleanTag(t.texts[taglib.Title])
	info.Show = cleanTag(t.texts[taglib.Album])
	info.Date = cleanDate(cleanTag(t.texts[taglib.Date]))
	if kind := imageType(t.cover); kind != "" && len(t.cover) <= maxCover {
		info.Cover, info.CoverType = t.cover, kind
	}
}

// patiently runs read, but does not wait for ever.
func patiently(read func() tags) tags {
	late := time.NewTimer(tagPatience)
	defer late.Stop()
	select {
	case tagReaders <- struct{}{}:
	case <-late.C:
		return tags{}
	}
	done := make(chan tags, 1)
	go func() {
		defer func() { <-tagReaders }()
		done <- read()
	}()
	select {
	case t := <-done:
		return t
	case <-late.C:
		return tags{}
	}
}

// readTags asks TagLib, which runs in a sandbox and may give up in the middle.
func readTags(path string) (t tags) {
	defer func() {
		if recover() != nil {
			t = tags{}
		}
	}()
	texts, err := taglib.ReadTags(path)
	if err != nil {
		return tags{}
	}
	cover, err := taglib.ReadImage(path)
	if err != nil {
		cover = nil
	}
	return tags{texts, cover}
}

// cleanTag is the first value on one line: valid text without control
// characters, not longer than anybody needs.
func cleanTag(values []string) string {
	if len(values) == 0 {
		return ""
	}
	text := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(values[0], "\uFFFD"))
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxTag {
		text = strings.TrimSpace(string(runes[:maxTag-1])) + "…"
	}
	return text
}

// cleanDate is YYYY-MM-DD, or YYYY where the tag has no more, or "".
func cleanDate(tag string) string {
	for _, layout := range []string{"2006-01-02", "2006/01/02", "20060102"} {
		if len(tag) >= len(layout) {
			if day, err := time.Parse(layout, tag[:len(layout)]); err == nil {
				return day.Format(time.DateOnly)
			}
		}
	}
	if len(tag) >= 4 {
		if year, err := time.Parse("2006", tag[:4]); err == nil && year.Year() > 0 {
			return tag[:4]
		}
	}
	return ""
}

// imageType is the media type of an image by its content, "" for what is no
// JPEG, PNG or WebP.
func imageType(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xD8\xFF")):
		return "image/jpeg"
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1A\n")):
		return "image/png"
	case len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return "image/webp"
	}
	return ""
}
