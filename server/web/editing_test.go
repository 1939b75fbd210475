package web_test

import (
	"fmt"
	"strings"
	"testing"
)

// reading is what the API says of a text that is being timed.
type reading struct {
	Version, Text string
	Set, Ends     []int
	Segments      []string
	Undo, Redo    bool
	Times         struct{ Start []*int }
}

func TestTimesAreChangedOverHTTP(t *testing.T) {
	s := newSite(t, "", map[string]string{"talk.txt": "Ann: One herring.\n\nBen: Two herrings.\n\nAnn: Three herrings.\n\nBen: No more.\n"})
	if a := s.get("/api/episodes/talk/changes"); a.StatusCode != 401 {
		t.Errorf("what is being changed is for who may change it: %d", a.StatusCode)
	}
	var r reading
	s.get("/api/episodes/talk/changes", "Authorization", bearer).into(t, &r)
	line := func(i int) string { return "/api/episodes/talk/segments/" + r.Segments[i] }
	if len(r.Segments) != 4 || r.Undo {
		t.Fatalf("got %+v", r)
	}
	before := s.page("/e/talk").body
	var after reading
	s.ask("PATCH", line(2), `{"startMs": 61000}`, "Authorization", bearer).into(t, &after)
	if fmt.Sprint(after.Set) != "[2]" || !after.Undo || after.Version == r.Version || after.Text != r.Text || *after.Times.Start[2] < 0 {
		t.Errorf("got %+v", after)
	}
	if page := s.page("/e/talk").body; page == before || !strings.Contains(page, "00:01:01") {
		t.Error("the page does not know of it")
	}
	if vtt := s.get("/api/episodes/talk/transcript.vtt").body; !strings.Contains(vtt, "00:01:01.000 -->") || !strings.Contains(vtt, "NOTE estimated ±") {
		t.Errorf("exported: %s", vtt)
	}
	for body, want := range map[string]string{
		`{"startMs": 90000}`:               "conflict",
		`{"startMs": -1}`:                  "invalid",
		`{"startMs": 1.5}`:                 "invalid",
		`{"startMs": 1, "unspoken": true}`: "invalid",
		`{"startMs": 1}{"startMs": 2}`:     "invalid",
		`{"start": 1}`:                     "invalid",
		`{}`:                               "invalid",
		``:                                 "invalid",
	} {
		a := s.ask("PATCH", line(1), body, "Authorization", bearer)
		if code, _, _ := a.failure(t); code != want {
			t.Errorf("%s: %q, want %q: %s", body, code, want, a.body)
		}
	}
	if a := s.ask("PATCH", line(1), `{"startMs": 90000}`, "Authorization", bearer); !strings.Contains(a.body, `"lines":[2]`) {
		t.Errorf("it is not said what is contradicted: %s", a.body)
	}
	s.ask("POST", "/api/episodes/talk/undo", `{"nonce":"a"}`, "Authorization", bearer).into(t, &after)
	if len(after.Set) != 0 || after.Undo || !after.Redo {
		t.Errorf("undone: %+v", after)
	}
	if a := s.ask("POST", "/api/episodes/talk/undo", "", "Authorization", bearer); a.StatusCode != 409 {
		t.Errorf("nothing to undo: %d", a.StatusCode)
	}
	var ep struct {
		Spoken string
		Audio  struct{ Kind string }
	}
	s.ask("PATCH", "/api/episodes/talk", `{"spoken":"EN","audio":"https://soundcloud.com/ann/harbour"}`, "Authorization", bearer).into(t, &ep)
	if ep.Spoken != "en" || ep.Audio.Kind != "soundcloud" {
		t.Errorf("got %+v", ep)
	}
	if a := s.page("/e/talk"); !strings.Contains(a.Header.Get("Content-Security-Policy"), "frame-src https://w.soundcloud.com;") {
		t.Errorf("policy %q", a.Header.Get("Content-Security-Policy"))
	}
	if a := s.page("/"); !strings.Contains(a.Header.Get("Content-Security-Policy"), "frame-src 'none'") {
		t.Errorf("policy of another page %q", a.Header.Get("Content-Security-Policy"))
	}
}

const captions = "WEBVTT\n\n00:00.000 --> 00:04.000\n<v Ann>One herring.\n\n00:04.000 --> 00:08.000\n<v Ben>Two herrings.\n\n00:08.000 --> 00:12.000\n<v Ann>No more.\n"

func TestAShiftOverHTTP(t *testing.T) {
	s := newSite(t, "", map[string]string{"talk.vtt": captions})
	const patch, body = "/api/episodes/talk", `{"shift":[{"atMs":4000,"byMs":60000}],"nonce":"a"}`
	if a := s.ask("PATCH", patch, body); a.StatusCode != 401 {
		t.Errorf("without a token: %d", a.StatusCode)
	}
	for range 2 {
		var r struct {
			reading
			Times struct {
				Start []int
				Shift [][2]int
			}
		}
		s.ask("PATCH", patch, body, "Authorization", bearer).into(t, &r)
		if fmt.Sprint(r.Times.Start, r.Times.Shift) != "[0 4000 4000] [[4000 60000]]" || !r.Undo {
			t.Errorf("got %+v", r)
		}
	}
	if times := s.get("/api/episodes/talk/times").body; !strings.HasSuffix(strings.TrimSpace(times), `"shift":[[4000,60000]]}`) || !strings.Contains(times, `"start":[0,4000,4000]`) {
		t.Errorf("times: %s", times)
	}
	if page := s.page("/e/talk").body; !strings.Contains(page, "00:01:04") || strings.Contains(page, "00:00:04") {
		t.Error("the page has not followed")
	}
	if vtt := s.get("/api/episodes/talk/transcript.vtt").body; !strings.Contains(vtt, "00:01:08.000 --> 00:01:12.000") {
		t.Errorf("exported: %s", vtt)
	}
	if a := s.get("/api/search?q=two+herrings").body; !strings.Contains(a, `"startMs":64000`) || !strings.Contains(a, "/e/talk?t=64#l1") {
		t.Errorf("found: %s", a)
	}
	s.ask("POST", patch+"/undo", "", "Authorization", bearer)
	if times := s.get("/api/episodes/talk/times").body; strings.Contains(times, "shift") {
		t.Errorf("undone: %s", times)
	}
	for body, says := range map[string]string{
		`{"shift":null}`:                             "shift is a list of points",
		`{"shift":{"atMs":1,"byMs":2}}`:              "shift is a list of points",
		`{"shift":[[4000,60000]]}`:                   "shift is a list of points",
		`{"shift":[{"atMs":0,"byMs":1},{"atMs":1}]}`: "shift, point 2: byMs is a whole number",
		`{"shift":[{"atMs":1.5,"byMs":1}]}`:          "shift, point 1: atMs is a whole number",
		`{"shift":[{"atMs":null,"byMs":1}]}`:         "shift, point 1: atMs is a whole number",
		`{"shift":[{"atMs":0,"byMs":1,"toMs":2}]}`:   "shift, point 1: it has atMs and byMs",
		`{"shift":[{"atMs":0,"byMs":-1}]}`:           "shift: point 1: byMs is -1",
		`{"shift":[],"speakers":{"s1":"Cleo"}}`:      "one thing at a time",
		`{"shift":[],"spoken":"en"}`:                 "by themselves",
		`{"speakers":{}}`:                            "one thing at a time",
		`{"speakers":{"s1":""}}`:                     "the name of s1 is empty",
		`{"speakers":{"s7":"Cleo"}}`:                 `there is no \"s7\"`,
		`{"speakers":["s1"]}`:                        "not the JSON that is expected",
	} {
		if a := s.ask("PATCH", patch, body, "Authorization", bearer); a.StatusCode/100 != 4 || !strings.Contains(a.body, says) {
			t.Errorf("%s: %d %s", body, a.StatusCode, a.body)
		}
	}
}

func TestSpeakersAreNamedOverHTTP(t *testing.T) {
	s := newSite(t, "", map[string]string{"talk.vtt": captions})
	type named struct {
		reading
		Speakers []struct{ ID, Name string }
		Voices   [][2]int
	}
	var r named
	s.get("/api/episodes/talk/changes", "Authorization", bearer).into(t, &r)
	if fmt.Sprint(r.Speakers, r.Voices) != "[{s1 Ann} {s2 Ben}] [[1 0] [1 1] [1 0]]" {
		t.Errorf("got %+v", r)
	}
	var after named
	s.ask("PATCH", "/api/episodes/talk", `{"speakers":{"s1":"Ann & Archer"}}`, "Authorization", bearer).into(t, &after)
	if fmt.Sprint(after.Speakers) != "[{s1 Ann & Archer} {s2 Ben}]" || after.Version == r.Version {
		t.Errorf("got %+v", after)
	}
	s.ask("PATCH", "/api/episodes/talk/segments/"+r.Segments[2], `{"speaker":"Cleo"}`, "Authorization", bearer).into(t, &after)
	if fmt.Sprint(after.Speakers, after.Voices) != "[{s1 Ann & Archer} {s2 Ben} {s3 Cleo}] [[1 0] [1 1] [1 2]]" {
		t.Errorf("got %+v", after)
	}
	if page := s.page("/e/talk").body; !strings.Contains(page, "Ann &amp; Archer") || !strings.Contains(page, "Cleo") {
		t.Error("the page has not followed")
	}
	if a := s.get("/api/search?q=no+more&speaker=Cleo").body; !strings.Contains(a, `"speaker":"Cleo"`) {
		t.Errorf("found: %s", a)
	}
	s.ask("PATCH", "/api/episodes/talk/segments/"+r.Segments[2], `{"speaker":""}`, "Authorization", bearer).into(t, &after)
	if srt := s.get("/api/episodes/talk/transcript.srt").body; fmt.Sprint(after.Voices) != "[[1 0] [1 1] [1 -1]]" || strings.Contains(srt, "Cleo") {
		t.Errorf("got %+v, %s", after, srt)
	}
}
