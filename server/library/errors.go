package library

import (
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"

	"hearsay/server/codec"
)

// Code sorts errors by what their reader can do about them.
type Code string

// The codes. Any other error is internal: it is logged, and its reader is told
// no more than that.
const (
	NotFound    Code = "not_found"
	Invalid     Code = "invalid"     // the request or the file is wrong
	Conflict    Code = "conflict"    // it stands in the way of something that is there
	TooLarge    Code = "too_large"   // there is a smaller way
	Denied      Code = "denied"      // only who has signed in may
	TooMany     Code = "too_many"    // tries; later they will be taken again
	Unavailable Code = "unavailable" // later it may work
)

// Error is an error whose message is meant for the person who caused it.
type Error struct {
	Code    Code
	Message string // a sentence: what is wrong, and what to do
	// Format and Args made the message: the same can be said in another language.
	Format string
	Args   []any
	Line   int // of the file, from 1; 0 where no line is to blame
	Err    error
}

func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("line %d: %s", e.Line, e.Message)
	}
	return e.Message
}

func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error with a code and a message.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Format: format, Args: args}
}

// CodeOf returns the code of an error, "" if it is internal.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// refused turns the codec's refusal into an Error.
func refused(err error) error {
	var e *codec.Error
	if errors.As(err, &e) {
		return &Error{Code: Invalid, Message: sentence(e.Text), Line: e.Line, Err: err}
	}
	return err
}

// sentence dresses an error's text for a page: a capital, and a full stop.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	text = string(unicode.ToUpper(first)) + text[size:]
	if last, _ := utf8.DecodeLastRuneInString(text); unicode.IsLetter(last) || unicode.IsDigit(last) || unicode.In(last, unicode.Pe, unicode.Pf) || last == '"' {
		text += "."
	}
	return text
}
