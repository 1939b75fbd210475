package library

import (
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// EpisodeID makes an episode's id from its show folder and the base name of its
// files: lower case, one URL segment, my-show--talk.
func EpisodeID(show, base string) string {
	id := slug(base)
	if show != "" {
		id = slug(show) + "--" + id
	}
	return id
}

// slug keeps letters and digits of any script, lower case; everything else
// becomes one hyphen.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(strings.ToLower(s)) {
		if b.Len()+utf8.RuneLen(r) >= maxSlug {
			break
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r) {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		} else {
			gap = true
		}
	}
	if b.Len() == 0 {
		return "untitled"
	}
	return b.String()
}

// maxSlug keeps an id well inside what file systems and URLs take.
const maxSlug = 100 // bytes

// TitleOf makes a readable title from a file's base name.
func TitleOf(base string) string {
	name := strings.TrimSpace(strings.ToValidUTF8(path.Base(base), "\uFFFD"))
	t := strings.TrimSpace(strings.NewReplacer("_", " ", "-", " ").Replace(name))
	if t == "" || strings.ContainsRune(name, ' ') {
		t = name // whoever uses blanks means the hyphens
	}
	first, size := utf8.DecodeRuneInString(t)
	if size == 0 {
		return t
	}
	return string(unicode.ToUpper(first)) + t[size:]
}

// checkURL accepts absolute http and https addresses of a host that can be one:
// its name goes into the headers of the page.
func checkURL(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || !isHost(u.Hostname()) {
		return Errorf(Invalid, "The address %q is not an http or https URL.", raw)
	}
	return nil
}

// isHost reports whether a name is made of what host names and IP addresses
// are made of.
func isHost(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune("-._:", r)
	})
}

// checkLanguage brings a language tag into its usual form.
func checkLanguage(tag string) (string, error) {
	if tag == "" {
		return "", nil
	}
	t, err := language.Parse(tag)
	if err != nil || t == language.Und {
		return "", Errorf(Invalid, "%q is not a language tag; write one such as en, fr or pt-BR.", tag)
	}
	return t.String(), nil
}
