package codec

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"hearsay/server/transcript"
)

// kept returns what a format that keeps this much must keep of t. Ids, which
// most formats do not hold, become numbers.
func kept(t transcript.Transcript, keeps Keeps) transcript.Transcript {
	if keeps.Everything {
		return t
	}
	k := transcript.Transcript{}
	number := make(map[string]int)
	for i, s := range t.Segments {
		number[s.ID] = i
		s.ID = ""
		s.Anchors = nil
		s.Speaker = t.SpeakerName(s.Speaker)
		if !keeps.Speakers {
			s.Speaker = ""
		}
		if !keeps.Ends {
			s.EndMs = transcript.Unknown
		}
		if !keeps.Words {
			s.Words = nil
		}
		k.Segments = append(k.Segments, s)
	}
	if keeps.Languages {
		if k.Spoken = t.Spoken; !t.LanguageGuessed {
			k.Language = t.Language
		}
	}
	if keeps.Chapters {
		for _, c := range t.Chapters {
			if c.Segment != "" {
				c.Segment = string(rune('0' + number[c.Segment]))
			}
			k.Chapters = append(k.Chapters, c)
		}
	}
	return k
}

// again encodes and decodes. It reports false where the format refuses t for
// want of times.
func again(t *testing.T, was transcript.Transcript, f Format) (transcript.Transcript, bool) {
	t.Helper()
	encoded, err := f.Encode(was)
	if err != nil {
		if needTimes(was, f.Name) == nil {
			t.Fatalf("%s cannot be written: %v", f.Name, err)
		}
		return transcript.Transcript{}, false
	}
	is, err := Decode(encoded, Hint{Format: f.Name})
	if err != nil {
		t.Fatalf("%s cannot be read again: %v\n%s", f.Name, err, encoded)
	}
	return is, true
}

// same fails the test if was and is differ in what keeps says.
func same(t *testing.T, was, is transcript.Transcript, keeps Keeps) {
	t.Helper()
	if a, b := kept(was, keeps), kept(is, keeps); !reflect.DeepEqual(a, b) {
		t.Fatalf("not the same after encoding and decoding: was\n%s\nis\n%s", dump(a), dump(b))
	}
}

// dump writes a transcript with a line for each part.
func dump(t transcript.Transcript) string {
	var b strings.Builder
	for _, s := range t.Segments {
		fmt.Fprintf(&b, "%+v\n", s)
	}
	t.Segments = nil
	fmt.Fprintf(&b, "%+v", t)
	return b.String()
}

// TestRoundTrip encodes every fixture in its own format, and decodes it again:
// what the format keeps must be the same. In the other formats it may change
// once, and no more after that.
func TestRoundTrip(t *testing.T) {
	for _, dir := range fixtureDirs {
		eachFixture(t, dir, func(path string, src []byte) {
			hint := Hint{}
			if dir == "lines" {
				hint.Format = dir
			}
			was, err := Decode(src, hint)
			if err != nil {
				return // TestFixtures looks after refusals
			}
			for _, f := range Formats {
				if f.Encode == nil {
					continue
				}
				t.Run(path+" as "+f.Name, func(t *testing.T) {
					is, ok := again(t, was, f)
					if ok && (f.Name == dir || f.Name == "json") {
						same(t, was, is, f.Keeps)
					}
					if ok {
						once, _ := again(t, is, f)
						same(t, is, once, f.Keeps)
					}
				})
			}
		})
	}
}

// fuzz decodes whatever comes with one decoder. It must not panic, what it
// returns must be in order and valid, and it must be the same after encoding and
// decoding.
func fuzz(f *testing.F, name string) {
	eachFixture(f, name, func(_ string, src []byte) { f.Add(src) })
	format, ok := ByName(name)
	if !ok {
		f.Fatal(name)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		was, err := Decode(src, Hint{Format: name})
		if err != nil {
			return
		}
		valid(t, was)
		if format.Encode == nil {
			return
		}
		if is, ok := again(t, was, format); ok {
			same(t, was, is, format.Keeps)
		}
	})
}

func valid(t *testing.T, got transcript.Transcript) {
	t.Helper()
	var last transcript.Ms
	ids := make(map[string]bool)
	for i, s := range got.Segments {
		switch {
		case !utf8.ValidString(s.Text), s.Text == "":
			t.Errorf("segment %d: text is %q", i, s.Text)
		case s.ID == "" || ids[s.ID]:
			t.Errorf("segment %d: id is %q", i, s.ID)
		case s.EndMs.Known() && s.EndMs < s.StartMs:
			t.Errorf("segment %d ends before it starts", i)
		case s.StartMs.Known() == (s.Timing == transcript.None):
			t.Errorf("segment %d: start %d has timing %q", i, s.StartMs, s.Timing)
		case s.Speaker != "" && got.SpeakerName(s.Speaker) == "":
			t.Errorf("segment %d: nobody is %q", i, s.Speaker)
		case len(s.Words) > 0 && !wordsCover(s.Text, s.Words):
			t.Errorf("segment %d: words do not cover its text", i)
		}
		ids[s.ID] = true
		if s.StartMs.Known() {
			if s.StartMs < last {
				t.Errorf("segment %d starts before the one before it", i)
			}
			last = s.StartMs
		}
	}
}

func FuzzVTT(f *testing.F)         { fuzz(f, "vtt") }
func FuzzSRT(f *testing.F)         { fuzz(f, "srt") }
func FuzzPodcastJSON(f *testing.F) { fuzz(f, "podcast-json") }
func FuzzJSON(f *testing.F)        { fuzz(f, "json") }
func FuzzLines(f *testing.F)       { fuzz(f, "lines") }
