package codec

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// nearTop is how many blocks are searched for a date line.
const nearTop = 40

// monthNames are the names of the months in the languages of most podcasts. A
// word of three letters or more that begins one of them is a month.
var monthNames = [12]string{
	"january janvier januar enero gennaio janeiro januari января يناير ינואר",
	"february février februar febrero febbraio fevereiro februari февраля فبراير פברואר",
	"march mars märz marzo março maart марта مارس מרץ",
	"april avril abril aprile апреля أبريل אפריל",
	"may mai mayo maggio maio mei мая مايو מאי",
	"june juin juni junio giugno junho июня يونيو יוני",
	"july juillet juli julio luglio julho июля يوليو יולי",
	"august août agosto augustus августа أغسطس אוגוסט",
	"september septembre septiembre settembre setembro сентября سبتمبر ספטמבר",
	"october octobre oktober octubre ottobre outubro октября أكتوبر אוקטובר",
	"november novembre noviembre novembro ноября نوفمبر נובמבר",
	"december décembre dezember diciembre dicembre dezembro декабря ديسمبر דצמבר",
}

var (
	isoAnywhere  = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})`)
	hanDate      = regexp.MustCompile(`(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]`)
	dottedDate   = regexp.MustCompile(`\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})`)
	dayMonthYear = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s(?:de\s|of\s)?(\pL{3,10})\.?,?(?:\sde[l]?)?\s(\d{4})`)
	monthDayYear = regexp.MustCompile(`\b(\pL{3,10})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})`)
)

// isoDate reads the date that s begins with.
func isoDate(s string) (string, bool) {
	if m := isoAnywhere.FindStringSubmatchIndex(s[:min(len(s), 32)]); m == nil || m[0] != 0 {
		return "", false
	}
	_, err := time.Parse(time.DateOnly, s[:10])
	return s[:10], err == nil
}

// dateNearTop returns the date of the first date line.
func dateNearTop(blocks []block) string {
	for _, b := range blocks[:min(len(blocks), nearTop)] {
		if date, ok := dateLine(b.text); ok {
			return date
		}
	}
	return ""
}

// dateLine reads the date of a line that is about it: a short line, or one that
// begins with a date, which may have a word and a colon before it and may be
// glued to what follows.
func dateLine(line string) (string, bool) {
	start := line[:min(len(line), 200)]
	if utf8.RuneCountInString(start) <= 60 {
		return dateIn(start)
	}
	if i := strings.IndexAny(start[:40], ":："); i >= 0 {
		_, size := utf8.DecodeRuneInString(start[i:])
		start = start[i+size:]
	}
	start = trimSpace(start)
	start = start[:min(len(start), 30)]
	date, ok := dateIn(start)
	return date, ok && beginsDate(start)
}

// beginsDate reports whether the first word has to do with a date.
func beginsDate(s string) bool {
	word, _, _ := strings.Cut(s, " ")
	return isDigit(rune(s[0])) || monthOf(strings.TrimRight(word, ".,")) > 0
}

// dateIn reads the first date of a short text, in any notation whose order of
// day and month is certain.
func dateIn(s string) (string, bool) {
	if m := isoAnywhere.FindStringSubmatch(s); m != nil {
		return dateOf(m[1], number(m[2]), m[3])
	}
	if m := hanDate.FindStringSubmatch(s); m != nil {
		return dateOf(m[1], number(m[2]), m[3])
	}
	if m := dayMonthYear.FindStringSubmatch(s); m != nil && monthOf(m[2]) > 0 {
		return dateOf(m[3], monthOf(m[2]), m[1])
	}
	if m := monthDayYear.FindStringSubmatch(s); m != nil && monthOf(m[1]) > 0 {
		return dateOf(m[3], monthOf(m[1]), m[2])
	}
	if m := dottedDate.FindStringSubmatch(s); m != nil {
		return dateOf(m[3], number(m[2]), m[1])
	}
	return "", false
}

// monthOf returns 1–12, or 0 for a word that is no month.
func monthOf(word string) int {
	word = strings.ToLower(word)
	if in, ok := strings.CutPrefix(word, "ב"); ok { // Hebrew: in
		word = in
	}
	for i, names := range monthNames {
		for _, name := range strings.Fields(names) {
			if utf8.RuneCountInString(word) >= 3 && strings.HasPrefix(name, word) {
				return i + 1
			}
		}
	}
	return 0
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// dateOf writes YYYY-MM-DD, unless there is no such day.
func dateOf(year string, month int, day string) (string, bool) {
	d := time.Date(number(year), time.Month(month), number(day), 0, 0, 0, 0, time.UTC)
	return d.Format(time.DateOnly), int(d.Month()) == month && d.Day() == number(day) && d.Year() > 1800
}
