package codec

import (
	"fmt"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

// longTranscript is a conversation of n lines, each of ten words.
func longTranscript(n int) transcript.Transcript {
	t := transcript.Transcript{Speakers: []transcript.Speaker{{ID: "s1", Name: "Ida Holm"}, {ID: "s2", Name: "Uwe"}}}
	for i := range n {
		start := transcript.Ms(i * 3000)
		t.Segments = append(t.Segments, transcript.Segment{
			ID: fmt.Sprint(i), StartMs: start, EndMs: start + 2900, Timing: transcript.Exact,
			Speaker: t.Speakers[i/5%2].ID, Text: fmt.Sprintf("The line that has the number %d, and is no longer.", i),
		})
	}
	return t
}

// BenchmarkDecode gives the speed of decoding in MB/s, a format each. It
// includes the finding of the format, the ids and the language.
func BenchmarkDecode(b *testing.B) {
	long := longTranscript(20_000)
	sources := map[string][]byte{}
	for _, f := range Formats {
		if f.Encode == nil {
			continue
		}
		src, err := f.Encode(long)
		if err != nil {
			b.Fatal(err)
		}
		sources[f.Name] = src
	}
	words := strings.ReplaceAll(string(sources["vtt"]), "NOTE written by Hearsay\n\n", "")
	sources["vtt-captions"] = []byte(strings.ReplaceAll(words, " that ", " &amp; <c>that</c> "))
	for name, src := range sources {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Decode(src, Hint{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
