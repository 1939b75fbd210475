package web

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"hearsay/server/library"
	"hearsay/server/transcript"
)

// say returns an interface word with {0}, {1} … filled in.
func (s *pageSet) say(key string, args ...any) string {
	text, ok := s.words[key]
	if !ok {
		return key
	}
	for i, a := range args {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i), fmt.Sprint(a))
	}
	return text
}

// date writes a date as people say it; what is no date stays as it is.
func (s *pageSet) date(date string) string {
	for layout, key := range map[string]string{"2006-01-02": "date.day", "2006-01": "date.month"} {
		if d, err := time.Parse(layout, date); err == nil {
			return s.say(key, d.Day(), s.say(fmt.Sprintf("month.%d", d.Month())), d.Year())
		}
	}
	return date
}

// length writes a length as people say it, "" if it is unknown.
func (s *pageSet) length(ms transcript.Ms) string {
	if !ms.Known() {
		return ""
	}
	seconds := (int64(ms) + 500) / 1000
	minutes := (seconds + 30) / 60
	switch {
	case seconds < 60:
		return s.say("length.seconds", seconds)
	case minutes < 60:
		return s.say("length.minutes", minutes)
	}
	return s.say("length.hours", minutes/60, fmt.Sprintf("%02d", minutes%60))
}

// languages says so where voice and text have different languages.
func (s *pageSet) languages(spoken string, t library.TranscriptInfo) string {
	voice, text := languageName(spoken), languageName(t.Language)
	switch {
	case voice == "" || text == "" || voice == text:
		return ""
	case t.Guessed:
		return s.say("languages.guessed", voice, text)
	}
	return s.say("languages", voice, text)
}

// languageName is the English name of a language, "" if the tag is none.
func languageName(tag string) string {
	t, err := language.Parse(tag)
	if tag == "" || err != nil {
		return ""
	}
	base, _ := t.Base()
	return display.English.Languages().Name(base)
}
