package library

import (
	"net/url"
	"path"
	"strings"
	"unicode"

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
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r) {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		} else {
			gap = true
		}
		if b.Len() >= maxSlug {
			break
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
	t := strings.TrimSpace(strings.NewReplacer("_", " ", "-", " ").Replace(path.Base(base)))
	if strings.ContainsRune(base, ' ') {
		t = base // whoever uses blanks means the hyphens
	}
	first := []rune(t)
	if len(first) > 0 {
		first[0] = unicode.ToUpper(first[0])
	}
	return string(first)
}

// checkURL accepts absolute http and https addresses.
func checkURL(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return Errorf(Invalid, "The audio address %q is not an http or https URL.", raw)
	}
	return nil
}
