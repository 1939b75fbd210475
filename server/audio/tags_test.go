package audio

import (
	"bytes"
	"strings"
	"testing"
)

func TestTagsAreRead(t *testing.T) {
	for _, name := range []string{"a.mp3", "a.m4a", "a.flac", "a.opus"} {
		flags := []string{
			"-metadata", "title=The  light\tkeepers\x07", "-metadata", "album=Shoreline", "-metadata", "date=2020-08-15",
		}
		if name != "a.opus" { // ffmpeg writes no cover there
			flags = append(flags, "-map", "0", "-map", "1", "-frames:v", "1", "-c:v", "png", "-disposition:v", "attached_pic")
		}
		info, err := Probe(sample(t, name, flags...))
		if err != nil {
			t.Fatal(err)
		}
		if info.Title != "The light keepers" || info.Show != "Shoreline" || info.Date != "2020-08-15" {
			t.Errorf("%s: title %q, show %q, date %q", name, info.Title, info.Show, info.Date)
		}
		if name != "a.opus" && (info.CoverType != "image/png" || !bytes.HasPrefix(info.Cover, []byte("\x89PNG"))) {
			t.Errorf("%s: cover of type %q, %d bytes", name, info.CoverType, len(info.Cover))
		}
	}
}

func TestAFileWithoutTagsHasNone(t *testing.T) {
	info, err := Probe(sample(t, "a.webm", "-c:a", "libopus"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Title != "" || info.Show != "" || info.Date != "" || info.Cover != nil {
		t.Errorf("%+v, want no tags", info)
	}
}

func TestCleanTag(t *testing.T) {
	for in, want := range map[string]string{
		"  A talk \n":            "A talk",
		"a\x00b\u0085c":          "a b c",
		"caf\xE9":                "caf\uFFFD",
		strings.Repeat("é", 400): strings.Repeat("é", maxTag-1) + "…",
	} {
		if got := cleanTag([]string{in, "another"}); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := cleanTag(nil); got != "" {
		t.Errorf("no value: %q", got)
	}
}

func TestCleanDate(t *testing.T) {
	for in, want := range map[string]string{
		"2020-08-15":           "2020-08-15",
		"2020-08-15T09:30:00Z": "2020-08-15",
		"2020/08/15":           "2020-08-15",
		"20200815":             "2020-08-15",
		"2020-08":              "2020",
		"2020":                 "2020",
		"2020-13-45":           "2020",
		"0000":                 "",
		"summer":               "",
		"":                     "",
	} {
		if got := cleanDate(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestImageTypeIsSeenInTheContent(t *testing.T) {
	for in, want := range map[string]string{
		"\xFF\xD8\xFF\xE0":         "image/jpeg",
		"\x89PNG\r\n\x1A\n":        "image/png",
		"RIFF\x10\x00\x00\x00WEBP": "image/webp",
		"<svg onload=alert(1)>":    "",
		"GIF89a":                   "",
		"":                         "",
	} {
		if got := imageType([]byte(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
