package web_test

import (
	"strings"
	"testing"
)

const frenchTalk = `<p><b>Ann :</b> Nous sommes allés à la mer et elle est froide.</p><p><b>Bob :</b> Mais c’est bon pour vous et pas pour les chats.</p>`

func TestTheSoundThatAPageNames(t *testing.T) {
	s := newSite(t, "", map[string]string{
		"sea.html": `<!doctype html><html><body><iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/ann/talk"></iframe>` +
			`<audio src="https://example.org/a.mp3?a=&quot;&gt;&lt;script&gt;"></audio>` + frenchTalk,
		"given.html": `<!doctype html><html><body><audio src="https://example.org/a.mp3"></audio>` + frenchTalk,
		"given.yaml": "audio: https://soundcloud.com/ann/talk\n",
	})
	var got struct{ Found []struct{ Kind, URL string } }
	s.get("/api/episodes/sea").into(t, &got)
	if len(got.Found) != 2 || got.Found[0].Kind != "soundcloud" || got.Found[0].URL != "https://soundcloud.com/ann/talk" || got.Found[1].Kind != "url" {
		t.Errorf("found %+v", got.Found)
	}
	if a := s.get("/api/episodes/given"); strings.Contains(a.body, `"found"`) {
		t.Errorf("it has a sound: %s", a.body)
	}
	const button = `data-use="https://soundcloud.com/ann/talk"`
	stranger, keeper := s.page("/e/sea"), s.page("/e/sea", "Cookie", s.cookie(t))
	if strings.Contains(stranger.body, "data-use") || !strings.Contains(stranger.body, "There is no sound") {
		t.Error("a stranger is asked")
	}
	if !strings.Contains(keeper.body, button) || !strings.Contains(keeper.body, "SoundCloud, soundcloud.com/ann/talk") || strings.Contains(keeper.body, `"><script>`) {
		t.Errorf("the page: %s", keeper.body)
	}
	if a := s.page("/e/given", "Cookie", s.cookie(t)); strings.Contains(a.body, "data-use") {
		t.Error("a sound is named that is not needed")
	}
	for _, a := range []answer{stranger, keeper} {
		if csp := a.Header.Get("Content-Security-Policy"); strings.Contains(csp, "soundcloud") {
			t.Errorf("it may be loaded before it is confirmed: %s", csp)
		}
	}
}

func TestTwoLanguages(t *testing.T) {
	stated := func(lang string) string { return "<!doctype html><html lang=" + lang + "><body>" + frenchTalk }
	s := newSite(t, "", map[string]string{
		"a.html": stated("fr"), "a.yaml": "spoken: en\n", // both are known
		"b.html": stated(`""`), "b.yaml": "spoken: en\n", // one is guessed
		"c.html":    stated(`""`),                                                      // one is guessed, the other not known
		"d.html":    stated("fr"),                                                      // one is known
		"e.en.html": stated("fr"), "e.fr.html": stated("fr"), "e.yaml": "spoken: en\n", // a text in each
	})
	for id, c := range map[string]struct{ shelf, page, api string }{
		"a":         {"English voice, French text ·", "English voice, French text ·", `"spoken":"en"`},
		"b":         {"English voice, French text by the look of it ·", "English voice, French text by the look of it ·", `"spoken":"en","languageGuessed":true`},
		"c":         {"", "<p>French text, by the look of it.</p>", `"languageGuessed":true`},
		"d":         {"", "", `"language":"fr"`},
		"e":         {"", "", `"spoken":"en"`},
		"e?lang=fr": {"", "English voice, French text ·", `"spoken":"en"`},
	} {
		shelf := s.page("/").body
		_, shelf, _ = strings.Cut(shelf, `href="/e/`+strings.TrimSuffix(id, "?lang=fr")+`"`)
		shelf, _, _ = strings.Cut(shelf, "</li>")
		page, _, _ := strings.Cut(s.page("/e/"+id).body, `id="words"`)
		_, page, _ = strings.Cut(page, "<body")
		for text, want := range map[string]string{shelf: c.shelf, page: c.page} {
			if !strings.Contains(text, want) || want == "" && (strings.Contains(text, "voice") || strings.Contains(text, "by the look of it")) {
				t.Errorf("%s: want %q in %s", id, want, text)
			}
		}
		if a := s.get("/api/episodes/" + id); !strings.Contains(a.body, c.api) || strings.Contains(c.api, "Guessed") != strings.Contains(a.body, "Guessed") {
			t.Errorf("%s: want %s in %s", id, c.api, a.body)
		}
	}
	a := s.get("/api/episodes/a/transcript")
	b := s.get("/api/episodes/b/transcript")
	if !strings.Contains(a.body, `"spoken": "en"`) || !strings.Contains(b.body, `"languageGuessed": true`) {
		t.Errorf("the exports:\n%s\n%s", a.body, b.body)
	}
}
