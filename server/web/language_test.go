package web_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestThePageSpeaksTheBrowsersLanguage(t *testing.T) {
	s := demo()
	for accepted, lang := range map[string]string{
		"": "en", "fr": "fr", "fr-CA": "fr", "en-GB,en;q=0.9": "en", "de,fr;q=0.5,en;q=0.3": "fr", "en;q=0.2,fr;q=0.1": "en",
		"fr;q=0,en": "en", "ja": "en", "*": "en", "fr-FR,fr;q=0.9,en;q=0.8": "fr", ";;=,q": "en",
	} {
		for _, target := range []string{"/", "/e/shoreline--the-light-keepers", "/e/nothing"} {
			a := s.page(target, "Accept-Language", accepted)
			if !strings.Contains(a.body, `<html lang="`+lang+`">`) {
				t.Errorf("%q asks %s, and gets %.60s", accepted, target, a.body)
			}
			if vary := strings.Join(a.Header.Values("Vary"), ", "); !strings.Contains(vary, "Accept-Language") {
				t.Errorf("%s: Vary: %q", target, vary)
			}
		}
	}
}

var transcriptOf = regexp.MustCompile(`(?s)data-transcript.*?>(.*)<footer class="colophon">`)

func TestOneTextForReadersOfAllLanguages(t *testing.T) {
	for _, first := range []string{"fr", "en"} { // whoever comes first has it made
		s := newSite(t, "", map[string]string{"talk.srt": srt("The tide is out.", "It comes back."), "talk.yaml": "date: 2024-03-01\nspoken: de\nlanguage: en\n"})
		pages := make(map[string]string)
		for _, lang := range []string{first, "en", "fr"} {
			pages[lang] = s.page("/e/talk", "Accept-Language", lang).body
		}
		en, fr := transcriptOf.FindStringSubmatch(pages["en"]), transcriptOf.FindStringSubmatch(pages["fr"])
		if en == nil || fr == nil || !strings.Contains(fr[1], "The tide is out.") {
			t.Fatalf("%s", pages["fr"])
		}
		if strings.ReplaceAll(fr[1], "Transcription", "Transcript") != en[1] {
			t.Errorf("the texts differ:\n%s\n%s", en[1], fr[1])
		}
		for lang, wanted := range map[string][]string{
			"en": {"1 March 2024", "German voice, English text", ">Shelf<"},
			"fr": {"1er mars 2024", "voix en allemand, texte en anglais", ">Étagère<"},
		} {
			for _, text := range wanted {
				if !strings.Contains(pages[lang], text) {
					t.Errorf("%s: no %q in %.2000s", lang, text, pages[lang])
				}
			}
		}
	}
}

func TestRefusalsSpeakTheBrowsersLanguage(t *testing.T) {
	s := demo()
	for _, c := range []struct{ method, target, fr, en string }{
		{"GET", "/api/episodes/nothing", "Il n’y a pas d’épisode « nothing ».", `There is no episode "nothing".`},
		{"GET", "/api/nothing", "Introuvable", "Not found"},
		{"PUT", "/api/session", "Il faut se connecter pour cela. Le lien de connexion se trouve dans le journal du démarrage du serveur.",
			"This needs a sign-in. The link to sign in with stands in the log of the server's start."},
		{"GET", "/api/search?q=" + strings.Repeat("a", 2001), "La recherche est trop longue : 2001 octets, 2000 au plus.", "The search is too long: 2001 bytes, at most 2000."},
	} {
		for lang, want := range map[string]string{"fr": c.fr, "en": c.en, "": c.en} {
			_, message, _ := s.ask(c.method, c.target, `{"token":"wrong"}`, "Accept-Language", lang, "Content-Type", "application/json").failure(t)
			if strings.ReplaceAll(message, "\u202f", " ") != want {
				t.Errorf("%.30s in %q: %q", c.target, lang, message)
			}
		}
	}
}

var wordsIn = regexp.MustCompile(`(?s)<script type="application/json" id="words">(.*?)</script>`)

func TestAPageCarriesTheWordsOfItsScripts(t *testing.T) {
	s := demo()
	for target, want := range map[string]struct{ has, hasNot []string }{
		"/e/shoreline--the-light-keepers": {[]string{"play", "pause", "voice.up", "voice.down", "more.failed", "timing.failed"},
			[]string{"find.at", "quote.copied.link", "timing.now", "add.title", "month.1", "frame.why", "frame.dumb", "search.places"}},
		"/": {[]string{"search.places", "add.line"}, []string{"play", "timing.now", "voice.up", "shelf.demo"}},
	} {
		words := make(map[string]string)
		check(t, json.Unmarshal([]byte(wordsIn.FindStringSubmatch(s.page(target).body)[1]), &words))
		for _, key := range want.has {
			if words[key] == "" {
				t.Errorf("%s has no words for %s", target, key)
			}
		}
		for _, key := range want.hasNot {
			if words[key] != "" {
				t.Errorf("%s carries %s about", target, key)
			}
		}
	}
	all, err := os.ReadFile("../../static/words/fr.json")
	check(t, err)
	page := s.page("/", "Accept-Language", "fr").body
	version := regexp.MustCompile(`/static/([0-9a-f]+)/`).FindStringSubmatch(page)[1]
	if a := s.get("/static/" + version + "/words/fr.json"); a.body != string(all) || !strings.Contains(a.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("the words that come later: %d %s", a.StatusCode, a.Header.Get("Cache-Control"))
	}
}
