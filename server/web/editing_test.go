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
