package web_test

import (
	"bytes"
	"mime/multipart"
	"strings"
	"testing"
)

// part is one field of a form; a file where it has a name.
type part struct{ field, file, content string }

func form(t *testing.T, parts ...part) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		out, err := w.CreateFormField(p.field)
		if p.file != "" {
			out, err = w.CreateFormFile(p.field, p.file)
		}
		check(t, err)
		_, err = out.Write([]byte(p.content))
		check(t, err)
	}
	check(t, w.Close())
	return b.String(), w.FormDataContentType()
}

func (s site) upload(t *testing.T, parts ...part) answer {
	t.Helper()
	body, contentType := form(t, parts...)
	return s.ask("POST", "/api/episodes", body, "Content-Type", contentType, "Authorization", bearer)
}

func TestUploads(t *testing.T) {
	s := newSite(t, "", nil)
	prose := "Ann: The tide is out.\n\nBob: It comes back.\n\nAnn: It always has.\n"
	for _, c := range []struct {
		name  string
		parts []part
		id    string
		lines float64
	}{
		{"a file", []part{{"transcript", "One.srt", srt("The tide is out.")}}, "one", 1},
		{"text, titled", []part{{"transcript", "", prose}, {"title", "", "Two"}, {"show", "", "Shore"}, {"language", "", "en"}}, "shore--two", 3},
		{"empty fields beside full ones", []part{{"audio", "", ""}, {"transcript", "three.srt", srt("Three.")}, {"transcript", "", ""}, {"title", "", ""}}, "three", 1},
		{"a track of SoundCloud, the voice in another language", []part{{"audio", "", "https://soundcloud.com/ann/five?si=1"}, {"transcript", "", prose}, {"spoken", "", "fr"}}, "five", 3},
		{"an address", []part{{"audio", "", "https://example.org/four.mp3"}, {"transcript", "", prose}}, "four", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := s.upload(t, c.parts...)
			var made, got map[string]any
			if a.into(t, &made); a.StatusCode != 201 || made["id"] != c.id || made["lines"] != c.lines || a.Header.Get("Location") != "/e/"+c.id {
				t.Fatalf("%d %s", a.StatusCode, a.body)
			}
			again := s.get("/api/episodes/" + c.id)
			if again.into(t, &got); again.body != a.body {
				t.Errorf("made %s\nand got %s", a.body, again.body)
			}
			if page := s.page("/e/" + c.id); page.StatusCode != 200 || !strings.Contains(page.body, `data-line="0"`) {
				t.Errorf("its page: %d", page.StatusCode)
			}
			if a := s.ask("DELETE", "/api/episodes/"+c.id, "", "Authorization", bearer); a.StatusCode != 204 {
				t.Errorf("removal: %d %s", a.StatusCode, a.body)
			}
		})
	}
	if !strings.HasPrefix(s.state(t), "episode 0s\nformer_id 0s\ntranscript 0s\ntranscript_version 0s\nline 0s\nline_index 0s\nfile 0s") {
		t.Errorf("something is left: %s", s.state(t))
	}
}

func TestTheFormWorksWithoutScripts(t *testing.T) {
	s := newSite(t, "", nil)
	send := func(parts ...part) answer {
		body, contentType := form(t, parts...)
		return s.ask("POST", "/api/episodes", body, "Content-Type", contentType, "Cookie", s.cookie(t), "Accept", "text/html,*/*")
	}
	if a := send(part{"transcript", "one.srt", srt("One.")}); a.StatusCode != 303 || a.Header.Get("Location") != "/e/one" {
		t.Errorf("%d to %q", a.StatusCode, a.Header.Get("Location"))
	}
	if a := send(part{"transcript", "two.txt", "No names and no times."}); a.StatusCode != 422 || !strings.Contains(a.body, "<p>Neither speakers nor times") {
		t.Errorf("a refusal: %d %s", a.StatusCode, a.body)
	}
}

func TestWhoHasSignedInCanRemoveFromThePage(t *testing.T) {
	s := newSite(t, "", map[string]string{"talk.srt": srt("The tide is out.")})
	s.upload(t, part{"transcript", "one.srt", srt("One.")})
	cookie := s.cookie(t)
	const button = `action="/e/one/remove"`
	if a := s.page("/e/one"); strings.Contains(a.body, button) {
		t.Error("the button is there for everybody")
	}
	if a := s.page("/e/one", "Cookie", cookie); !strings.Contains(a.body, button) {
		t.Errorf("there is no button: %s", a.body)
	}
	if a := s.page("/e/talk", "Cookie", cookie); strings.Contains(a.body, "/remove") {
		t.Error("what lies on the shelf would come back")
	}
	if a := s.ask("POST", "/e/one/remove", "", "Cookie", cookie); a.StatusCode != 303 || a.Header.Get("Location") != "/" {
		t.Errorf("removal: %d %s", a.StatusCode, a.body)
	}
	if a := s.page("/e/one"); a.StatusCode != 404 {
		t.Errorf("it is still there: %d", a.StatusCode)
	}
}

func TestHostileUploadsLeaveNothing(t *testing.T) {
	s := newSite(t, "", map[string]string{"talk.srt": srt("The tide is out.")})
	before := s.state(t)
	text := func(name, content string) []part { return []part{{"transcript", name, content}} }
	for _, c := range []struct {
		name   string
		parts  []part
		status int
	}{
		{"nothing", nil, 422},
		{"empty fields", []part{{"audio", "", ""}, {"transcript", "", "  "}}, 422},
		{"an empty file", text("a.srt", ""), 422},
		{"a PDF that says it is SRT", text("a.srt", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00"), 422},
		{"nothing but NULs", text("a.vtt", strings.Repeat("\x00", 100_000)), 422},
		{"a million empty captions", text("a.vtt", "WEBVTT\n\n"+strings.Repeat("00:00.000 --> 00:01.000\n\n", 1_000_000)), 422},
		{"one huge line", text("a.txt", strings.Repeat("a", 4<<20)), 422},
		{"more than the codec takes", text("a.txt", strings.Repeat("Ann: Hello.\n\n", 3<<20)), 422},
		{"broken JSON", text("a.json", `{"segments":[{"startTime":`), 422},
		{"deep JSON", text("a.json", strings.Repeat("[", 1<<20)), 422},
		{"sound that is a page", []part{{"audio", "a.mp3", "<!doctype html><script>alert(1)</script>"}}, 422},
		{"sound that is a program", []part{{"audio", "a.exe", "MZ"}}, 422},
		{"an address that runs", []part{{"audio", "", "javascript:alert(1)"}}, 422},
		{"a path in the name", []part{{"audio", "../../../etc/passwd", "x"}}, 422},
		{"a language that is none", append(text("a.srt", srt("Hi.")), part{"language", "", `"><script>`}), 422},
		{"a voice in no language", append(text("a.srt", srt("Hi.")), part{"spoken", "", "klingonese!"}), 422},
		{"a name that is taken", append(text("a.srt", srt("Hi.")), part{"title", "", "Talk"}), 409},
	} {
		a := s.upload(t, c.parts...)
		if _, message, _ := a.failure(t); a.StatusCode != c.status || len(message) > 1000 {
			t.Errorf("%s: %d %.300s", c.name, a.StatusCode, a.body)
		}
		checkHeaders(t, a)
	}
	for _, contentType := range []string{"", "application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x"} {
		a := s.ask("POST", "/api/episodes", "nonsense", "Content-Type", contentType, "Authorization", bearer)
		if code, _, _ := a.failure(t); a.StatusCode != 422 || code != "invalid" {
			t.Errorf("as %q: %d %s", contentType, a.StatusCode, a.body)
		}
	}
	if after := s.state(t); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func TestARefusalNamesTheLine(t *testing.T) {
	s := newSite(t, "", nil)
	a := s.upload(t, part{"transcript", "a.json", "{\"version\": 1,\n\n\"segments\": [{\"text\": 7}]}"})
	if _, _, line := a.failure(t); line != 3 {
		t.Errorf("line %d: %s", line, a.body)
	}
}
