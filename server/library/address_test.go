package library

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEpisodeID(t *testing.T) {
	long := strings.Repeat("ä", 300)
	for _, c := range []struct{ show, base, want string }{
		{"", "talk", "talk"},
		{"My Show", "Talk 1", "my-show--talk-1"},
		{"a/b", "talk", "a-b--talk"},
		{"", "Café — №7", "café-7"},
		{"", "Cafe\u0301", "café"}, // composed
		{"", "対談（前編）", "対談-前編"},
		{"", "हिन्दी", "हिन्दी"},
		{"", "../../etc/passwd", "etc-passwd"},
		{"", "<script>alert(1)</script>", "script-alert-1-script"},
		{"", "a--b__c", "a-b-c"},
		{"", "...", "untitled"},
		{"", "", "untitled"},
		{"", "🎙", "untitled"},
		{"", "a\x00b\xffc", "a-b-c"},
		{"", long, strings.Repeat("ä", 49)},
	} {
		got := EpisodeID(c.show, c.base)
		if got != c.want {
			t.Errorf("EpisodeID(%q, %q) = %q, want %q", c.show, c.base, got, c.want)
		}
		if !utf8.ValidString(got) || len(got) > 2*maxSlug+2 {
			t.Errorf("EpisodeID(%q, %q) = %q is no name for a file or URL", c.show, c.base, got)
		}
	}
}

func TestTitleOf(t *testing.T) {
	for base, want := range map[string]string{
		"talk":                "Talk",
		"the-light_keepers":   "The light keepers",
		"Part 1 - the shore":  "Part 1 - the shore",
		" talk ":              "Talk",
		"---":                 "---",
		"été-2020":            "Été 2020",
		"\xff\xfe":            "\uFFFD",
		"shows/deep/my-talk":  "My talk",
		"ǆ-talk":              "Ǆ talk",
		"対談":                  "対談",
		"<b>bold</b>":         "B>",
		"trailing-hyphen-":    "Trailing hyphen",
		"_leading underscore": "_leading underscore",
	} {
		if got := TitleOf(base); got != want {
			t.Errorf("TitleOf(%q) = %q, want %q", base, got, want)
		}
	}
}

func TestCheckURL(t *testing.T) {
	for raw, ok := range map[string]bool{
		"https://example.org/a.mp3":        true,
		"http://[::1]:8000/a.mp3":          true,
		"https://bücher.example/a?b=c#d":   true,
		"javascript:alert(1)":              false,
		"data:audio/mpeg;base64,AAAA":      false,
		"file:///etc/passwd":               false,
		"//example.org/a.mp3":              false,
		"https://":                         false,
		"https://user:secret@example.org/": false,
		"https://a;sandbox/x.mp3":          false,
		"https://a'*/x.mp3":                false,
		"https://a b/x.mp3":                false,
	} {
		if err := checkURL(raw); (err == nil) != ok {
			t.Errorf("checkURL(%q) = %v", raw, err)
		}
	}
}

func TestCheckLanguage(t *testing.T) {
	for tag, want := range map[string]string{"": "", "en": "en", "EN-us": "en-US", "pt_BR": "pt-BR", "zh-hant": "zh-Hant"} {
		if got, err := checkLanguage(tag); err != nil || got != want {
			t.Errorf("checkLanguage(%q) = %q, %v, want %q", tag, got, err, want)
		}
	}
	for _, tag := range []string{"english", "e", "und", "<script>", "fr,de", strings.Repeat("a", 1000)} {
		if got, err := checkLanguage(tag); CodeOf(err) != Invalid {
			t.Errorf("checkLanguage(%q) = %q, %v", tag, got, err)
		}
	}
}
