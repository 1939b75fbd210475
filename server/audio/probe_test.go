package audio

import (
	"math"
	"strings"
	"testing"
)

// truth is who knows the length of a sample.
type truth func(t testing.TB, path string) float64

var durationTests = []struct {
	title     string
	file      string
	flags     string
	truth     truth
	mediaType string
}{
	{"mp3 CBR", "a.mp3", "-b:a 128k -ar 44100 -ac 2", probedSeconds, "audio/mpeg"},
	{"mp3 VBR", "a.mp3", "-q:a 4 -ar 48000 -ac 1", probedSeconds, "audio/mpeg"},
	{"mp3 8 kHz", "a.mp3", "-ar 8000 -ac 1", probedSeconds, "audio/mpeg"},
	{"mp3 11 kHz", "a.mp3", "-q:a 5 -ar 11025 -ac 2", probedSeconds, "audio/mpeg"},
	{"mp3 16 kHz", "a.mp3", "-b:a 32k -ar 16000", probedSeconds, "audio/mpeg"},
	{"mp3 22 kHz", "a.mp3", "-q:a 2 -ar 22050", probedSeconds, "audio/mpeg"},
	{"mp3 24 kHz", "a.mp3", "-b:a 64k -ar 24000", probedSeconds, "audio/mpeg"},
	{"mp3 32 kHz", "a.mp3", "-b:a 96k -ar 32000 -ac 2", probedSeconds, "audio/mpeg"},
	{"mp3 CBR without length", "a.mp3", "-b:a 64k -write_xing 0", probedSeconds, "audio/mpeg"},
	{"mp3 VBR without length", "a.mp3", "-q:a 3 -write_xing 0", decodedSeconds, "audio/mpeg"},
	{"mp3 with tags before and after", "a.mp3",
		"-metadata title=A -write_id3v1 1 -write_apetag 1 -id3v2_version 4", probedSeconds, "audio/mpeg"},
	{"mp3 with a cover", "a.mp3", "-map 0 -map 1 -frames:v 1 -c:v png -disposition:v attached_pic", probedSeconds, "audio/mpeg"},
	{"m4a", "a.m4a", "-c:a aac", probedSeconds, "audio/mp4"},
	{"m4a with its index first", "a.m4a", "-c:a aac -movflags faststart", probedSeconds, "audio/mp4"},
	{"m4a in fragments", "a.m4a", "-c:a aac -movflags empty_moov+default_base_moof -frag_duration 1000000", probedSeconds, "audio/mp4"},
	{"mp4 with pictures", "a.mp4", "-map 0 -map 1 -c:v mpeg4 -c:a aac", probedSeconds, "video/mp4"},
	{"mp4 with Opus", "a.mp4", "-c:a libopus", probedSeconds, "audio/mp4"},
	{"aac", "a.aac", "-c:a aac", decodedSeconds, "audio/aac"},
	{"opus", "a.opus", "-c:a libopus -b:a 32k", probedSeconds, "audio/ogg"},
	{"vorbis", "a.ogg", "-c:a libvorbis", probedSeconds, "audio/ogg"},
	{"vorbis with pictures", "a.ogg", "-map 1 -map 0 -c:v libtheora -c:a libvorbis", probedSeconds, "audio/ogg"},
	{"flac in ogg", "a.oga", "-c:a flac", probedSeconds, "audio/ogg"},
	{"flac", "a.flac", "", probedSeconds, "audio/flac"},
	{"wav", "a.wav", "-ac 2", probedSeconds, "audio/wav"},
	{"wav 24 bit", "a.wav", "-c:a pcm_s24le", probedSeconds, "audio/wav"},
	{"wav of many channels", "a.wav", "-ac 6", probedSeconds, "audio/wav"},
	{"wav A-law", "a.wav", "-c:a pcm_alaw -ar 8000", probedSeconds, "audio/wav"},
	{"wav with long sizes", "a.wav", "-rf64 always", probedSeconds, "audio/wav"},
	{"webm", "a.webm", "-c:a libopus", probedSeconds, "audio/webm"},
	{"webm with pictures", "a.webm", "-map 0 -map 1 -c:v libvpx -c:a libvorbis", probedSeconds, "video/webm"},
	{"webm as it is recorded", "a.webm", "-c:a libopus -live 1", decodedSeconds, "audio/webm"},
}

func TestDurationIsTrue(t *testing.T) {
	for _, test := range durationTests {
		t.Run(test.title, func(t *testing.T) {
			path := sample(t, test.file, strings.Fields(test.flags)...)
			info, err := Probe(path)
			if err != nil {
				t.Fatal(err)
			}
			want := test.truth(t, path)
			if got := float64(info.DurationMs) / 1000; math.Abs(got-want) > 0.1 {
				t.Errorf("duration %.3f s, want %.3f s", got, want)
			}
			if info.MediaType != test.mediaType || !info.Playable || info.Problem != "" {
				t.Errorf("%s, playable %v, problem %q; want %s, playable, no problem",
					info.MediaType, info.Playable, info.Problem, test.mediaType)
			}
		})
	}
}

func TestWhatBrowsersCannotPlayIsNamed(t *testing.T) {
	for _, test := range []struct{ file, flags, word string }{
		{"a.m4a", "-c:a alac", "Apple Lossless"},
		{"a.aiff", "", "AIFF"},
		{"a.wma", "-c:a wmav2", "WMA"},
		{"a.mkv", "-c:a libvorbis", "Matroska"},
		{"a.mov", "-c:a aac", "QuickTime"},
		{"a.mp3", "-c:a mp2 -f mp2", "layer I or II"},
		{"a.ogg", "-c:a libspeex -ar 16000", "Speex"},
		{"a.wav", "-c:a adpcm_ms", "ADPCM"},
	} {
		info, err := Probe(sample(t, test.file, strings.Fields(test.flags)...))
		if err != nil {
			t.Errorf("%s %s: %v", test.file, test.flags, err)
			continue
		}
		if info.Playable || !strings.Contains(info.Problem, test.word) {
			t.Errorf("%s %s: playable %v, problem %q; want one that names %s",
				test.file, test.flags, info.Playable, info.Problem, test.word)
		}
	}
}

func TestNamesOfSoundFiles(t *testing.T) {
	for name, want := range map[string]string{
		"talk.mp3": "audio/mpeg", "TALK.M4A": "audio/mp4", "a.b.opus": "audio/ogg", "film.mp4": "video/mp4",
	} {
		if got := MediaType(name); got != want || !IsAudio(name) {
			t.Errorf("%s: %s, sound %v; want %s", name, got, IsAudio(name), want)
		}
	}
	for _, name := range []string{"talk.vtt", "mp3", "", "talk.mp3.part"} {
		if IsAudio(name) || MediaType(name) != "application/octet-stream" {
			t.Errorf("%q counts as sound", name)
		}
	}
}
