package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hearsay/server/library"
)

// statuses maps the library's codes to HTTP.
var statuses = map[library.Code]int{
	library.NotFound:    http.StatusNotFound,
	library.Invalid:     http.StatusUnprocessableEntity,
	library.Conflict:    http.StatusConflict,
	library.TooLarge:    http.StatusRequestEntityTooLarge,
	library.Denied:      http.StatusUnauthorized,
	library.TooMany:     http.StatusTooManyRequests,
	library.Unavailable: http.StatusServiceUnavailable,
}

// errorBody is how every error looks from outside.
type errorBody struct {
	Error struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Line    int    `json:"line,omitempty"`
		Lines   []int  `json:"lines,omitempty"` // of the transcript, from 0: what a start contradicts
	} `json:"error"`
}

// httpCode names what echo refuses by itself.
func httpCode(status int) string {
	return strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "_")
}

// fail is the one place where errors become answers. An error that was not
// meant for its reader is logged, and its reader is told so.
func (s *Server) fail(err error, c echo.Context) {
	if c.Response().Committed {
		s.Log.Warn("An answer broke off.", "path", c.Request().URL.Path, "error", err)
		return
	}
	say := s.say(c)
	status, body := http.StatusInternalServerError, errorBody{}
	body.Error.Code, body.Error.Message = "internal", say.say("error.internal")
	var known *library.Error
	var against *library.Contradiction
	var routed *echo.HTTPError
	var large *http.MaxBytesError
	if errors.As(err, &against) {
		body.Error.Lines = against.Lines
	}
	switch {
	case errors.As(err, &known):
		status = statuses[known.Code]
		body.Error.Code, body.Error.Message, body.Error.Line = string(known.Code), say.refusal(known), known.Line
	case errors.As(err, &large):
		status = http.StatusRequestEntityTooLarge
		body.Error.Code, body.Error.Message = string(library.TooLarge), say.say("error.large")
	case errors.As(err, &routed):
		status = routed.Code
		body.Error.Code, body.Error.Message = httpCode(status), say.status(status)
	}
	if status == http.StatusTooManyRequests {
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(failureWindow.Seconds())))
	}
	if status >= http.StatusInternalServerError {
		s.Log.Error("A request failed.", "path", c.Request().URL.Path, "error", err)
	}
	if wantsPage(c.Request()) {
		err = s.page(c, status, "error.html", errorPage{frame: s.frame(c), Title: say.status(status), Message: body.Error.Message})
	} else {
		err = c.JSON(status, body)
	}
	if err != nil {
		s.Log.Warn("An answer could not be sent.", "error", err)
	}
}
