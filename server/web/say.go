package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

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
			return s.say(key, s.day(d.Day()), s.say(fmt.Sprintf("month.%d", d.Month())), d.Year())
		}
	}
	return date
}

// day writes the number of a day: the first is not like the others everywhere.
func (s *pageSet) day(n int) string {
	if n == 1 {
		return s.say("date.first")
	}
	return strconv.Itoa(n)
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
	voice, text := s.languageName(spoken), s.languageName(t.Language)
	switch {
	case voice == "" || text == "" || voice == text:
		return ""
	case t.Guessed:
		return s.say("languages.guessed", voice, text)
	}
	return s.say("languages", voice, text)
}

// languageName is the name of a language, "" if the tag is none.
func (s *pageSet) languageName(tag string) string {
	t, err := language.Parse(tag)
	if tag == "" || err != nil {
		return ""
	}
	base, _ := t.Base()
	return s.names.Name(base)
}

// line puts the number of the line to blame before a problem.
func (s *pageSet) line(line int, text string) string {
	if line > 0 {
		return s.say("repairs.line", line) + " " + text
	}
	return text
}

// refusal is what an error says to its reader. Not all of them have been put
// into other languages than English: those about the inside of a file have not.
func (s *pageSet) refusal(e *library.Error) string {
	if format, ok := s.refusals[e.Format]; ok {
		return fmt.Sprintf(format, e.Args...)
	}
	return e.Error()
}

// status is what a status of HTTP is called.
func (s *pageSet) status(status int) string {
	if key := fmt.Sprintf("error.%d", status); s.words[key] != "" {
		return s.words[key]
	}
	return http.StatusText(status)
}
