package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/server/codec"
)

const keepers = "/e/shoreline--the-light-keepers"

func TestReading(t *testing.T) {
	s := demo()
	const html, json = "text/html", "application/json"
	for _, c := range []struct {
		name, method, target, accept string
		status                       int
		wanted, unwanted             []string
	}{
		{"the shelf", "GET", "/", html, 200, []string{"<h1", "The Light Keepers", `type="search"`, `data-base=""`, keepers}, []string{"<form class=\"upload\""}},
		{"the head of the shelf", "HEAD", "/", html, 200, nil, nil},
		{"the shelf, searched without scripts", "GET", "/?q=light", html, 200, []string{"<mark>light", keepers + "?t="}, []string{`class="hits" aria-label="Places found" hidden`}},
		{"a search with nothing found", "GET", "/?q=zzyzx", html, 200, []string{"Nothing like this"}, []string{"<mark>"}},
		{"a search that is too long", "GET", "/?q=" + strings.Repeat("a+", 3000), html, 422, []string{"too long"}, nil},
		{"the reading page", "GET", keepers, html, 200,
			[]string{"<cite>", `data-line="0"`, `<audio id="audio" controls`, "data-transcript", `<html lang="en"`, "/media/shoreline--the-light-keepers", "<h2>"}, []string{" onclick", " style="}},
		{"a page for no program", "GET", keepers, "*/*", 200, []string{"<!doctype html>"}, nil},
		{"no such page, to a person", "GET", "/e/nothing", html, 404, []string{"<!doctype html>", "There is no episode"}, nil},
		{"no such page, to a program", "GET", "/e/nothing", "*/*", 404, []string{`"not_found"`}, []string{"<!doctype"}},
		{"no such address", "GET", "/nothing", html, 404, []string{"<!doctype html>"}, nil},
		{"no such part of the API", "GET", "/api/nothing", html, 404, []string{`"error"`}, nil},
		{"no such language", "GET", keepers + "?lang=tlh", html, 404, nil, nil},
		{"a wrong method", "PUT", "/api/episodes", "*/*", 405, []string{`"method_not_allowed"`}, nil},
		{"health", "GET", "/healthz", "*/*", 200, []string{"ok"}, nil},
		{"no style of one's own", "GET", "/custom.css", "*/*", 404, nil, nil},
		{"a script", "GET", "/static/x/js/pages/shelf.js", "*/*", 200, []string{"import"}, nil},
		{"a template is no file", "GET", "/static/x/index.html", "*/*", 404, nil, []string{"{{"}},
		{"no way out of the files", "GET", "/static/x/..%2f..%2fgo.mod", "*/*", 404, nil, nil},
		{"no way out of the files, plainly", "GET", "/static/x/js/../../embed.go", "*/*", 404, nil, nil},
		{"episodes", "GET", "/api/episodes", "*/*", 200, []string{`"episodes":[{`}, []string{`"next"`}},
		{"a page of episodes", "GET", "/api/episodes?limit=1", "*/*", 200, []string{`"next":"1"`}, nil},
		{"episodes of a show that is none", "GET", "/api/episodes?show=x", "*/*", 200, []string{`{"episodes":[]}`}, nil},
		{"one episode", "GET", "/api" + strings.Replace(keepers, "/e/", "/episodes/", 1), json, 200, []string{`"kind":"file"`}, nil},
		{"no episode", "GET", "/api/episodes/x", html, 404, []string{`"not_found"`}, nil},
		{"no transcript of none", "GET", "/api/episodes/x/transcript", json, 404, []string{`"not_found"`}, nil},
		{"no such export", "GET", "/api/episodes/shoreline--the-light-keepers/transcript.exe", json, 404, []string{`"not_found"`}, nil},
		{"no such thing of an episode", "GET", "/api/episodes/shoreline--the-light-keepers/secrets", json, 404, []string{`"error"`}, nil},
		{"search without a question", "GET", "/api/search", json, 200, []string{`"hits":[]`}, nil},
		{"search with nothing but signs", "GET", `/api/search?q=%22*%28NEAR%29--`, json, 200, []string{`"hits":[`}, nil},
		{"no cover", "GET", "/cover/x", json, 404, []string{`"not_found"`}, nil},
		{"no sound", "GET", "/media/x", json, 404, []string{`"not_found"`}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := s.ask(c.method, c.target, "", "Accept", c.accept)
			if a.StatusCode != c.status {
				t.Errorf("status %d, want %d: %.300s", a.StatusCode, c.status, a.body)
			}
			for _, w := range c.wanted {
				if !strings.Contains(a.body, w) {
					t.Errorf("%q is not in it: %.2000s", w, a.body)
				}
			}
			for _, u := range c.unwanted {
				if strings.Contains(a.body, u) {
					t.Errorf("%q is in it", u)
				}
			}
			checkHeaders(t, a)
		})
	}
}

// checkHeaders looks at what every answer must have, errors too.
func checkHeaders(t *testing.T, a answer) {
	t.Helper()
	if kind := a.Header.Get("Content-Type"); kind == "text/javascript" || kind == "text/css" {
		return // which cannot be a document
	}
	policy := a.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || a.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("status %d, policy %q", a.StatusCode, policy)
	}
}

func keys(v map[string]any) []string { return slices.Sorted(maps.Keys(v)) }

func has(t *testing.T, what string, v map[string]any, want ...string) {
	t.Helper()
	for _, k := range want {
		if _, ok := v[k]; !ok {
			t.Errorf("%s lacks %q: it has %q", what, k, keys(v))
		}
	}
}

func TestShapesOfTheAPI(t *testing.T) {
	s := demo()
	var list struct{ Episodes []map[string]any }
	s.get("/api/episodes").into(t, &list)
	if len(list.Episodes) != 2 {
		t.Fatalf("%d episodes", len(list.Episodes))
	}
	for _, ep := range list.Episodes {
		has(t, "an episode", ep, "id", "title", "show", "date", "language", "spoken", "durationMs", "audio", "problems")
		has(t, "audio", ep["audio"].(map[string]any), "kind", "url", "type")
		var one map[string]any
		s.get("/api/episodes/"+ep["id"].(string)).into(t, &one)
		if !slices.Equal(keys(one), keys(ep)) {
			t.Errorf("alone it has %q, in the list %q", keys(one), keys(ep))
		}
	}
	var text map[string]any
	s.get("/api/episodes/shoreline--the-light-keepers/transcript").into(t, &text)
	has(t, "a transcript", text, "version", "language", "speakers", "segments", "chapters")
	has(t, "a segment", text["segments"].([]any)[0].(map[string]any), "id", "startMs", "endMs", "timestamp", "speaker", "text", "timing", "words")
	var found struct {
		Hits   []map[string]any
		TookMs *float64
	}
	s.get("/api/search?q=light&limit=1&speaker=&show=").into(t, &found)
	if len(found.Hits) != 1 || found.TookMs == nil {
		t.Fatalf("got %+v", found)
	}
	has(t, "a hit", found.Hits[0], "episode", "segment", "startMs", "timestamp", "atMs", "speaker", "text", "marks", "exact", "score", "url")
}

func TestAHitLeadsToItsLine(t *testing.T) {
	s := demo()
	var found struct{ Hits []struct{ URL, Text string } }
	s.get("/api/search?q=light").into(t, &found)
	for _, h := range found.Hits {
		_, line, _ := strings.Cut(h.URL, "#")
		if page := s.page(h.URL); page.StatusCode != 200 || !strings.Contains(page.body, `id="`+line+`"`) || !strings.Contains(h.URL, "?t=") {
			t.Errorf("%s leads nowhere", h.URL)
		}
	}
}

func TestExportsAreReadAgain(t *testing.T) {
	s := demo()
	for ending, format := range map[string]string{"": "json", ".vtt": "vtt", ".srt": "srt", ".json": "podcast-json"} {
		a := s.get("/api/episodes/shoreline--the-light-keepers/transcript" + ending)
		read, err := codec.Decode([]byte(a.body), codec.Hint{})
		if a.StatusCode != http.StatusOK || err != nil || read.Format != format && ending != "" || len(read.Segments) < 10 {
			t.Errorf("transcript%s: %d, %v, read as %s, %d lines", ending, a.StatusCode, err, read.Format, len(read.Segments))
		}
		if got := a.Header.Get("Content-Disposition"); !strings.Contains(got, "shoreline--the-light-keepers.") {
			t.Errorf("transcript%s is called %s", ending, got)
		}
	}
}

func TestCachingAndCompression(t *testing.T) {
	s := demo()
	body := s.page(keepers).body
	cut := func(before string) string {
		_, rest, _ := strings.Cut(body, before)
		out, _, _ := strings.Cut(rest, `"`)
		return strings.ReplaceAll(out, "&amp;", "&")
	}
	for target, want := range map[string]string{
		keepers:                    "no-cache",
		cut(`<script async src="`): "immutable",
		cut(`data-times="`):        "immutable",
		"/static/old/css/app.css":  "no-cache",
		"/api/episodes/shoreline--the-light-keepers/times?v=old": "no-cache",
	} {
		plain, packed := s.get(target), s.get(target, "Accept-Encoding", "gzip")
		if got := plain.Header.Get("Cache-Control"); plain.StatusCode != 200 || !strings.Contains(got, want) {
			t.Errorf("%s: %d, %q, want %q", target, plain.StatusCode, got, want)
		}
		z, err := gzip.NewReader(strings.NewReader(packed.body))
		if err != nil || packed.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s: not compressed: %v", target, err)
			continue
		}
		if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, []byte(plain.body)) {
			t.Errorf("%s: compressed it is something else: %v", target, err)
		}
		if !strings.Contains(packed.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s does not vary", target)
		}
	}
}

func TestAFormerAddressLeadsToTheNew(t *testing.T) {
	s := newSite(t, "", map[string]string{"talk.srt": srt("The tide is out.")})
	ep, err := s.lib.Store.FindEpisode(ctx, "talk")
	check(t, err)
	check(t, s.lib.Store.SaveImport(ctx, importOf(ep, "été")))
	for _, target := range []string{"/e/%C3%A9t%C3%A9?t=1", "/e/%c3%a9t%c3%a9?t=1"} {
		if a := s.page(target); a.StatusCode != 302 || a.Header.Get("Location") != "/e/talk?t=1" {
			t.Errorf("%s: %d to %q", target, a.StatusCode, a.Header.Get("Location"))
		}
	}
	if a := s.get("/api/episodes/%c3%a9t%c3%a9/transcript"); a.StatusCode != 200 {
		t.Errorf("got %d", a.StatusCode)
	}
}

func TestAStyleOfOnesOwn(t *testing.T) {
	s := newSite(t, "", nil)
	if strings.Contains(s.page("/").body, "custom.css") {
		t.Error("it is linked and not there")
	}
	check(t, os.WriteFile(filepath.Join(s.data, "custom.css"), []byte("body{}"), 0o600))
	if !strings.Contains(s.page("/").body, "/custom.css") || s.get("/custom.css").body != "body{}" {
		t.Error("it is there and not linked")
	}
}

func TestTheTimesOfThePageAreThoseOfTheTranscript(t *testing.T) {
	s := demo()
	for _, id := range []string{"shoreline--the-light-keepers", "ateliers--la-note-absente"} {
		var times struct {
			Start, Length []*int64
			Words         [][]*int64
		}
		var text struct {
			Segments []struct {
				StartMs, EndMs *int64
				Words          []struct{ StartMs *int64 }
			}
		}
		s.get("/api/episodes/"+id+"/times").into(t, &times)
		a := s.get("/api/episodes/" + id + "/transcript")
		check(t, json.Unmarshal([]byte(a.body), &text))
		at := int64(0)
		for i, seg := range text.Segments {
			if (seg.StartMs == nil) != (times.Start[i] == nil) {
				t.Fatalf("%s, line %d: known on one side only", id, i)
			}
			if seg.StartMs == nil {
				continue
			}
			if at += *times.Start[i]; at != *seg.StartMs || seg.EndMs != nil && *seg.EndMs != at+*times.Length[i] {
				t.Fatalf("%s, line %d: at %d, want %d", id, i, at, *seg.StartMs)
			}
			word := at
			for j, w := range seg.Words {
				if d := times.Words[i][j]; d != nil {
					if word += *d; word != *w.StartMs {
						t.Fatalf("%s, line %d, word %d: at %d, want %d", id, i, j, word, *w.StartMs)
					}
				}
			}
		}
	}
}

func TestATextFromTheRightHasItsTitleThere(t *testing.T) {
	const says = "Ann: One herring.\n\nBen: Two herrings.\n"
	s := newSite(t, "", map[string]string{"talk.txt": says, "sea.he.txt": says})
	for address, want := range map[string]bool{"/e/sea": true, "/e/talk": false} {
		page := s.page(address).body
		if strings.Contains(page, `<hgroup dir="rtl"><h1 dir="auto">`) != want || strings.Contains(page, `<div class="transcript" dir="rtl"`) != want {
			t.Errorf("%s: from the right: %t expected", address, want)
		}
	}
}
