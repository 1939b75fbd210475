package codec

import (
	"fmt"
	"strings"

	"hearsay/server/transcript"
)

// parseClock reads a clock time leniently: [[h:]m:]s[.fraction], where the
// fraction may stand behind a comma and have any number of digits (rounded to
// the millisecond), parts may have one digit or more, and the first part may be
// past 59 (113:20 is 113 minutes). More than three parts, 60 or more in a later
// part, or anything else is not a time.
func parseClock(s string) (transcript.Ms, bool) {
	whole, fraction := s, ""
	if i := strings.IndexAny(s, ".,"); i >= 0 {
		whole, fraction = s[:i], s[i+1:]
		if fraction == "" {
			return 0, false
		}
	}
	var seconds int64
	for part := 0; ; part++ {
		head, rest, more := strings.Cut(whole, ":")
		n, ok := digits(head, 6)
		if !ok || part > 2 || part > 0 && n > 59 {
			return 0, false
		}
		seconds = seconds*60 + n
		if !more {
			break
		}
		whole = rest
	}
	ms, ok := thousandths(fraction)
	return transcript.Ms(seconds*1000 + ms), ok
}

// digits reads at most max decimal digits and nothing else.
func digits(s string, max int) (int64, bool) {
	if s == "" || len(s) > max {
		return 0, false
	}
	var n int64
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n, true
}

// thousandths reads the digits behind a decimal mark, rounded.
func thousandths(s string) (int64, bool) {
	if s == "" {
		return 0, true
	}
	if len(s) > 4 {
		if _, ok := digits(s[4:], 64); !ok {
			return 0, false
		}
		s = s[:4]
	}
	n, ok := digits((s + "0000")[:4], 4)
	return (n + 5) / 10, ok
}

// formatClock writes hh:mm:ss and the milliseconds behind mark.
func formatClock(m transcript.Ms, mark string) string {
	return fmt.Sprintf("%s%s%03d", m.Timestamp(), mark, m%1000)
}
