package codec

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

// halfTimed is a talk in which a person has set some starts, and the rest is
// worked out between them; some of the text was never said.
func halfTimed() transcript.Transcript {
	const open = transcript.Unknown
	tapped := func(start, end transcript.Ms, speaker, text string) transcript.Segment {
		return transcript.Segment{StartMs: start, EndMs: end, Speaker: speaker, Text: text, Timing: transcript.Exact}
	}
	guess := func(start, plusMinus transcript.Ms, speaker, text string) transcript.Segment {
		return transcript.Segment{StartMs: start, EndMs: open, Speaker: speaker, Text: text, Timing: transcript.Estimated, PlusMinusMs: plusMinus}
	}
	unspoken := func(speaker, text string) transcript.Segment {
		return transcript.Segment{StartMs: open, EndMs: open, Speaker: speaker, Text: text, Timing: transcript.None, Unspoken: true}
	}
	t := transcript.Transcript{
		Format: "prose", Language: "fr", Spoken: "en",
		Speakers: []transcript.Speaker{{ID: "s1", Name: "Ann"}, {ID: "s2", Name: "Bob"}},
		Segments: []transcript.Segment{
			unspoken("", "Part One"),
			tapped(1000, open, "s1", "A tapped line."),
			guess(4000, 1500, "s1", "A guess."),
			unspoken("s1", "What was cut from the sound."),
			unspoken("", "A note of the editor."),
			guess(7250, 2301, "s2", "Another guess."),
			tapped(9000, 12000, "s2", "A known end, then music."),
			unspoken("", "Part Two"),
			tapped(30000, 34000, "s1", "Two speak"),
			unspoken("", "(at the same time)"),
			tapped(32000, 33000, "s2", "at once."),
			guess(36000, 900, "s2", "The last."),
			unspoken("", "The end"),
		},
	}
	transcript.AssignIDs(t.Segments)
	t.Chapters = []transcript.Chapter{
		{StartMs: 9000, Title: "By time"},
		{StartMs: transcript.Unknown, Title: "Two", Segment: t.Segments[7].ID},
	}
	return t
}

func TestHalfTimedRoundTrip(t *testing.T) {
	onlyUnspoken := transcript.Transcript{Segments: []transcript.Segment{
		{ID: "a", StartMs: transcript.Unknown, EndMs: transcript.Unknown, Text: "Nobody says this.", Timing: transcript.None, Unspoken: true}}}
	// Here a reader of SubRip would let each speaker go on through the heading.
	namesThatChange := halfTimed()
	namesThatChange.Segments = slices.DeleteFunc(namesThatChange.Segments, func(s transcript.Segment) bool {
		return s.Timing == transcript.Estimated || s.Unspoken && s.Speaker != ""
	})
	for _, f := range Formats {
		if f.Encode == nil {
			continue
		}
		for name, was := range map[string]transcript.Transcript{
			"half timed": halfTimed(), "only what is not spoken": onlyUnspoken, "names that change": namesThatChange,
		} {
			t.Run(f.Name+", "+name, func(t *testing.T) {
				was.Format = f.Name
				encoded, err := f.Encode(was)
				if err != nil {
					t.Fatal(err)
				}
				is, err := Decode(encoded, Hint{})
				if err != nil {
					t.Fatal(err)
				}
				same(t, was, is, f.Keeps)
				if len(is.Problems) > 0 {
					t.Errorf("problems: %v", is.Problems)
				}
				again, err := f.Encode(is)
				if err != nil || !bytes.Equal(again, encoded) {
					t.Errorf("written again, %v:\n%s\nat first:\n%s", err, again, encoded)
				}
			})
		}
	}
}

// TestUnspokenCues checks that what is not spoken gets a place that players of
// captions accept: a millisecond, and no start before the one of the cue above.
func TestUnspokenCues(t *testing.T) {
	segments := halfTimed().Segments
	times := cueTimesOf(segments)
	var got []transcript.Ms
	for i, c := range times {
		if segments[i].Unspoken {
			got = append(got, c.startMs)
			if c.endMs != c.startMs+1 {
				t.Errorf("segment %d takes %d ms", i, c.endMs-c.startMs)
			}
		} else if c.startMs != segments[i].StartMs {
			t.Errorf("segment %d starts at %d", i, c.startMs)
		}
		if i > 0 && c.startMs < times[i-1].startMs {
			t.Errorf("segment %d starts before the one above", i)
		}
	}
	if want := []transcript.Ms{1000, 7250, 7250, 12000, 32000, 40000}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if times[2].endMs != 7250 || times[6].endMs != 12000 {
		t.Errorf("ends beside what is not spoken: %v, %v", times[2], times[6])
	}
}

func TestTimesOfTheUnspokenAreDropped(t *testing.T) {
	got, err := Decode([]byte(`{"version": 1, "segments": [{"id": "a", "startMs": 5, "endMs": 9, "text": "x", "timing": "exact", "unspoken": true,
		"words": [{"startMs": 5, "endMs": 9, "text": "x"}]}]}`), Hint{})
	if err != nil {
		t.Fatal(err)
	}
	s := got.Segments[0]
	if s.StartMs.Known() || s.EndMs.Known() || s.Words != nil || s.Timing != transcript.None || !s.Unspoken {
		t.Errorf("got %+v", s)
	}
	if len(got.Problems) != 1 || !strings.Contains(got.Problems[0].Text, "not spoken") {
		t.Errorf("problems: %v", got.Problems)
	}
}

// TestLanguagesInExports: what was only guessed is not stated, and SubRip states
// nothing and loses no cue for it.
func TestLanguagesInExports(t *testing.T) {
	was := halfTimed()
	for format, want := range map[string][]string{
		"vtt":          {"NOTE language fr\n", "NOTE spoken en\n"},
		"podcast-json": {`"language": "fr"`, `"spoken": "en"`},
		"json":         {`"language": "fr"`, `"spoken": "en"`},
	} {
		for guessed := range map[bool]bool{false: true, true: true} {
			was.LanguageGuessed = guessed
			encoded, err := Encode(was, format)
			if err != nil {
				t.Fatal(err)
			}
			if stated := strings.Contains(string(encoded), want[0]); stated == guessed && format != "json" {
				t.Errorf("%s, guessed %v: the language is stated: %v", format, guessed, stated)
			}
			if !strings.Contains(string(encoded), want[1]) {
				t.Errorf("%s: the voice's language is missing:\n%s", format, encoded)
			}
		}
	}
	encoded, err := Encode(was, "srt")
	if n := strings.Count(string(encoded), " --> "); err != nil || n != len(was.Segments) {
		t.Errorf("%d cues of %d, %v", n, len(was.Segments), err)
	}
}
