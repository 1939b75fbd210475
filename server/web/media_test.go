package web_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/server/library"
)

// importOf changes nothing about an episode but adds an address it once had.
func importOf(ep library.Episode, former string) library.Import {
	return library.Import{Episode: ep, FormerID: former}
}

func TestSoundInRanges(t *testing.T) {
	s := demo()
	const target = "/media/ateliers--la-note-absente"
	whole, err := os.ReadFile("../../transcripts/demo/ateliers/la-note-absente.mp3")
	check(t, err)
	full := s.get(target)
	if full.StatusCode != 200 || full.body != string(whole) || full.Header.Get("Content-Type") != "audio/mpeg" || full.Header.Get("Accept-Ranges") != "bytes" {
		t.Fatalf("%d, %v", full.StatusCode, full.Header)
	}
	modified := full.Header.Get("Last-Modified")
	for _, c := range []struct {
		name    string
		headers []string
		status  int
		body    string
	}{
		{"the beginning", []string{"Range", "bytes=0-9"}, 206, string(whole[:10])},
		{"the middle", []string{"Range", "bytes=1000-1999"}, 206, string(whole[1000:2000])},
		{"the end", []string{"Range", "bytes=-10"}, 206, string(whole[len(whole)-10:])},
		{"a range never compressed", []string{"Range", "bytes=0-9", "Accept-Encoding", "gzip"}, 206, string(whole[:10])},
		{"the same file still", []string{"Range", "bytes=0-9", "If-Range", modified}, 206, string(whole[:10])},
		{"another file by now", []string{"Range", "bytes=0-9", "If-Range", "Mon, 02 Jan 2006 15:04:05 GMT"}, 200, string(whole)},
		{"nothing new", []string{"If-Modified-Since", modified}, 304, ""},
		{"behind the end", []string{"Range", "bytes=99999999-"}, 416, "*"},
	} {
		a := s.get(target, c.headers...)
		if a.StatusCode != c.status || a.body != c.body && c.body != "*" {
			t.Errorf("%s: status %d, %d bytes", c.name, a.StatusCode, len(a.body))
		}
		if got := a.Header.Get("Content-Security-Policy"); got != "default-src 'none'; sandbox" {
			t.Errorf("%s: policy %q", c.name, got)
		}
	}
	if a := s.ask("HEAD", target, ""); a.StatusCode != 200 || a.ContentLength != int64(len(whole)) || a.body != "" {
		t.Errorf("the head: %d, %d bytes", a.StatusCode, a.ContentLength)
	}
}

func TestSoundThatIsGone(t *testing.T) {
	s := newSite(t, "", map[string]string{"talk.srt": srt("The tide is out."), "talk.mp3": "no sound"})
	if a := s.get("/media/talk"); a.StatusCode != 200 || !strings.HasPrefix(a.Header.Get("Content-Type"), "a") {
		t.Errorf("got %d, %q", a.StatusCode, a.Header.Get("Content-Type"))
	}
	check(t, os.Remove(filepath.Join(s.data, "transcripts", "talk.mp3")))
	if a := s.get("/media/talk"); a.StatusCode != 404 {
		t.Errorf("got %d", a.StatusCode)
	}
	if a := s.page("/e/talk"); a.StatusCode != 200 || strings.Contains(a.body, "<audio") || !strings.Contains(a.body, "The tide is out.") {
		t.Errorf("got %d", a.StatusCode)
	}
}

func TestCovers(t *testing.T) {
	s := demo()
	if a := s.get("/cover/shoreline--the-light-keepers"); a.StatusCode != 200 || !strings.HasPrefix(a.Header.Get("Content-Type"), "image/") ||
		a.Header.Get("Content-Security-Policy") != "default-src 'none'; sandbox" {
		t.Errorf("got %d, %v", a.StatusCode, a.Header)
	}
}
