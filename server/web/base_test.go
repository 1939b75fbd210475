package web_test

import (
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"hearsay/server/web"
	"hearsay/static"
)

var links = regexp.MustCompile(`(?:href|src|action|data-times|data-base)="([^"]*)"`)

func TestEverythingIsUnderTheBase(t *testing.T) {
	s := newSite(t, "https://pod.example/hear%20say/", map[string]string{"show/talk.srt": srt("The tide is out."), "show/talk.mp3": "no sound"})
	const base = "/hear%20say"
	for _, prefix := range []string{base, ""} { // a proxy leaves the path on, or takes it off
		for _, target := range []string{"/", "/?q=tide", "/e/show--talk", "/e/nothing"} {
			a := s.page(prefix + target)
			all := links.FindAllStringSubmatch(a.body, -1)
			if len(all) < 3 {
				t.Fatalf("%s%s: %d %.300s", prefix, target, a.StatusCode, a.body)
			}
			for _, l := range all {
				link := strings.ReplaceAll(l[1], "&amp;", "&")
				switch {
				case link == "" || link[0] == '?' || link[0] == '#': // of the page itself
				case !strings.HasPrefix(link, base):
					t.Errorf("%s%s links to %q", prefix, target, link)
				case link != base && s.ask("HEAD", link, "").StatusCode == 404:
					t.Errorf("%s%s links to %q, which is not there", prefix, target, link)
				}
			}
		}
		a := s.get(prefix + "/sign-in?token=" + token)
		if a.Header.Get("Location") != base+"/" || a.Cookies()[0].Path != base+"/" {
			t.Errorf("the sign-in leads to %q, cookie %v", a.Header.Get("Location"), a.Cookies())
		}
		for _, target := range []string{"/api/episodes", "/api/search?q=tide"} {
			if a := s.get(prefix + target); !strings.Contains(a.body, `"url":"`+base+`/e/show--talk`) {
				t.Errorf("%s: %s", target, a.body)
			}
		}
	}
	if a := s.get("/hear%20sayx/"); a.StatusCode != 404 {
		t.Errorf("another path that begins alike: %d", a.StatusCode)
	}
}

func TestABaseThatIsNoURLIsRefused(t *testing.T) {
	for url, ok := range map[string]bool{
		"": true, "http://pod.example": true, "https://pod.example/a/b/": true, "pod.example": false, "/hearsay": false, "ftp://x/y": false, "http://": false, "::": false,
	} {
		_, err := web.New(web.Config{Static: static.Files, URL: url, Log: slog.New(slog.DiscardHandler)})
		if (err == nil) != ok {
			t.Errorf("%q: %v", url, err)
		}
	}
}
