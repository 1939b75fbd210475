package server_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hearsay/server/library"
	"hearsay/server/sqlite"
	"hearsay/server/web"
	"hearsay/static"
)

// episodeVTT makes a conversation with every word timed: 20 lines and 160 words
// a minute, out of a vocabulary in which some words are common and most rare.
func episodeVTT(minutes int) string {
	r := rand.New(rand.NewPCG(1, uint64(minutes)))
	var b strings.Builder
	b.WriteString("WEBVTT\n\n")
	for line := range minutes * 20 {
		at := line*3000 + r.IntN(100)
		fmt.Fprintf(&b, "%s --> %s\n<v Speaker %c>", stamp(at), stamp(at+2700+r.IntN(200)), 'A'+rune(line/4%2))
		for w := range 8 {
			fmt.Fprintf(&b, "<%s>%s ", stamp(at+w*330+r.IntN(min(w*100, 100)+1)), word(int(r.ExpFloat64()*800)))
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

func stamp(ms int) string {
	return fmt.Sprintf("%02d:%02d:%02d.%03d", ms/3600000, ms/60000%60, ms/1000%60, ms%1000)
}

// word spells a number in syllables.
func word(n int) string {
	s := ""
	for {
		s += string("bdfgklmnprstvz"[n%14]) + string("aeiou"[n/14%5])
		if n /= 70; n == 0 {
			return s
		}
	}
}

func newLibrary(b *testing.B) *library.Library {
	b.Helper()
	store, err := sqlite.Open(context.Background(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	return &library.Library{Store: store}
}

func importVTT(b *testing.B, l *library.Library, id, text string) library.Outcome {
	b.Helper()
	source := library.Source{File: library.File{Root: "shelf", Path: id + ".vtt"}, Data: []byte(text)}
	out, err := l.Import(context.Background(), library.Item{ID: id, Title: id, Origin: library.FromShelf, Texts: []library.Source{source}})
	if err != nil || len(out.Refusals) > 0 {
		b.Fatal(err, out.Refusals)
	}
	return out
}

// BenchmarkImport takes in an episode of three hours: decode, cut, time, store,
// index, commit.
func BenchmarkImport(b *testing.B) {
	l, text, lines := newLibrary(b), episodeVTT(180), 0
	for i := range b.N {
		lines += importVTT(b, l, fmt.Sprintf("talk-%d", i), text).Lines
	}
	b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
}

// BenchmarkSearch asks a library of fifty hours.
func BenchmarkSearch(b *testing.B) {
	l := newLibrary(b)
	for i := range 50 {
		importVTT(b, l, fmt.Sprintf("talk-%d", i), episodeVTT(60+i%3))
	}
	for name, query := range map[string]string{
		"rare": word(5000), "phrase": word(3) + " " + word(40) + " " + word(7), "common": word(0) + " " + word(1), "prefix": "b",
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if _, err := l.Search(context.Background(), library.Search{Text: query}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPage asks for the reading page, and says how much crosses the wire.
func BenchmarkPage(b *testing.B) {
	l := newLibrary(b)
	server, err := web.New(web.Config{
		Library: l, Static: static.Files, ShelfWarning: func() string { return "" }, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Token: "x",
	})
	if err != nil {
		b.Fatal(err)
	}
	for _, minutes := range []int{10, 180, 600} {
		id := fmt.Sprintf("talk-%d", minutes)
		importVTT(b, l, id, episodeVTT(minutes))
		for _, part := range []string{"/e/" + id, "/api/episodes/" + id + "/times"} {
			b.Run(fmt.Sprintf("%dmin%s", minutes, part[strings.LastIndexByte(part, '/'):]), func(b *testing.B) {
				size := 0
				for range b.N {
					r := httptest.NewRequest(http.MethodGet, part, nil)
					r.Header.Set("Accept-Encoding", "gzip")
					w := httptest.NewRecorder()
					server.ServeHTTP(w, r)
					if w.Code != http.StatusOK {
						b.Fatal(w.Code, w.Body)
					}
					size = w.Body.Len()
				}
				b.ReportMetric(float64(size), "bytes-sent")
			})
		}
	}
}
