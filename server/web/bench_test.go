package web_test

import (
	"fmt"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

// BenchmarkEpisodePage is what a reader waits for before the first byte, the
// second time that anybody asks for the page.
func BenchmarkEpisodePage(b *testing.B) {
	for _, lines := range []int{200, 14_000} {
		b.Run(fmt.Sprintf("%d lines", lines), func(b *testing.B) {
			var vtt strings.Builder
			vtt.WriteString("WEBVTT\n")
			for i := range lines {
				at := transcript.Ms(i) * 2500
				fmt.Fprintf(&vtt, "\n%s.000 --> %s.400\n<v Ann>The tide went out %d times and came back.\n", at.Timestamp(), (at + 2400).Timestamp(), i)
			}
			s := newSite(b, "", map[string]string{"talk.vtt": vtt.String()})
			for b.Loop() {
				if a := s.page("/e/talk", "Accept-Encoding", "gzip, br"); a.StatusCode != 200 {
					b.Fatal(a.Status)
				}
			}
		})
	}
}
