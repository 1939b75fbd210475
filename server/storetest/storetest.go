// Package storetest is the contract that every library.Store must pass.
package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"hearsay/server/codec"
	"hearsay/server/library"
	"hearsay/server/transcript"
)

// Run tests a store. open must give an empty one each time.
func Run(t *testing.T, open func(t *testing.T) library.Store) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, s library.Store)
	}{
		{"an episode comes back as it was saved", saved},
		{"what is not there is not found", notThere},
		{"lists have an order and pages", listed},
		{"the demo is listed only while it is alone", demo},
		{"a new version replaces what is served and searched", versions},
		{"several languages stand side by side", languages},
		{"quotes are found", quotes},
		{"quotes are found over the end of a line", crossLine},
		{"a search can be narrowed", narrowed},
		{"nothing that is typed is syntax", hostile},
		{"a former id still finds", formerID},
		{"removing leaves nothing", removed},
		{"files are remembered", files},
		{"changes stand in order", changes},
		{"edits are seen at once", edits},
		{"a transcript whose language has another name keeps its changes", relabelled},
		{"an import that fails stores nothing", allOrNothing},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() { check(t, s.Close()) })
			c.test(t, s)
		})
	}
}

var ctx = context.Background()

var noon = time.Date(2024, 3, 12, 12, 0, 0, 0, time.UTC)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		g, _ := json.MarshalIndent(got, "", " ")
		w, _ := json.MarshalIndent(want, "", " ")
		t.Fatalf("got  %s\nwant %s", g, w)
	}
}

func episode(id string) library.Episode {
	return library.Episode{
		ID: id, Title: "Title of " + id, Show: "Harbour", Date: "2024-03-12", Language: "en", Spoken: "fr", DurationMs: 61_000,
		Audio:  &library.Audio{Kind: "file", Root: "shelf", Path: "harbour/talk.mp3", Type: "audio/mpeg"},
		Source: "https://example.org/a", Rights: "CC0", People: []string{"Ann"}, Origin: library.FromShelf,
		Chapters: []transcript.Chapter{{StartMs: 0, Title: "One"}},
		Problems: []transcript.Problem{{Line: 3, Text: "odd"}},
	}
}

// lines makes a transcript with a segment a line, ten seconds each.
func lines(t *testing.T, id, language string, texts ...string) library.NewTranscript {
	t.Helper()
	tr := transcript.Transcript{Format: "vtt", Language: language, Speakers: []transcript.Speaker{{ID: "s1", Name: "Ann"}, {ID: "s2", Name: "Ben"}}}
	for i, text := range texts {
		start := transcript.Ms(i) * 10_000
		tr.Segments = append(tr.Segments, transcript.Segment{
			StartMs: start, EndMs: start + 10_000, Speaker: fmt.Sprintf("s%d", i%2+1), Text: text, Timing: transcript.Exact})
	}
	transcript.AssignIDs(tr.Segments)
	body, err := codec.Encode(tr, "json")
	check(t, err)
	return library.NewTranscript{
		StoredTranscript: library.StoredTranscript{
			TranscriptInfo: library.TranscriptInfo{Language: language, Format: "vtt", Key: fmt.Sprint(texts), Lines: len(texts), Follows: library.ByLine},
			Episode:        id, Body: body,
		},
		Source: []byte("WEBVTT"), Text: tr,
	}
}

func save(t *testing.T, s library.Store, ep library.Episode, transcripts ...library.NewTranscript) {
	t.Helper()
	in := library.Import{Episode: ep, Transcripts: transcripts, At: noon, Languages: []string{}}
	for _, n := range transcripts {
		in.Languages = append(in.Languages, n.Language)
	}
	check(t, s.SaveImport(ctx, in))
}

func search(t *testing.T, s library.Store, q library.Search) []library.Hit {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = 10
	}
	hits, err := s.Search(ctx, q)
	check(t, err)
	return hits
}
