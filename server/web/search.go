package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"hearsay/server/library"
	"hearsay/server/transcript"
)

// hitBody is a place where a quote was found, as programs see it.
type hitBody struct {
	Episode   string            `json:"episode"`
	Title     string            `json:"title"`
	Show      string            `json:"show,omitempty"`
	Segment   string            `json:"segment"`
	StartMs   *transcript.Ms    `json:"startMs"`
	Timestamp string            `json:"timestamp,omitempty"`
	AtMs      *transcript.Ms    `json:"atMs"`
	Timing    transcript.Timing `json:"timing"`
	PlusMinus transcript.Ms     `json:"plusMinusMs,omitempty"`
	Speaker   string            `json:"speaker,omitempty"`
	Text      string            `json:"text"`
	Before    string            `json:"before,omitempty"`
	After     string            `json:"after,omitempty"`
	Marks     [][2]int          `json:"marks"`
	Exact     bool              `json:"exact"`
	Score     float64           `json:"score"`
	URL       string            `json:"url"`
}

func (s *Server) getSearch(c echo.Context) error {
	began := time.Now()
	limit, _ := strconv.Atoi(c.QueryParam("limit"))
	hits, err := s.Library.Search(c.Request().Context(), library.Search{
		Text: c.QueryParam("q"), Show: c.QueryParam("show"), Speaker: c.QueryParam("speaker"), Episode: c.QueryParam("episode"), Limit: limit,
	})
	if err != nil {
		return err
	}
	body := struct {
		Hits   []hitBody `json:"hits"`
		TookMs float64   `json:"tookMs"`
	}{Hits: []hitBody{}}
	for _, h := range hits {
		body.Hits = append(body.Hits, s.hitBody(h))
	}
	body.TookMs = float64(time.Since(began).Microseconds()) / 1000
	return c.JSON(http.StatusOK, body)
}

func (s *Server) hitBody(h library.Hit) hitBody {
	b := hitBody{
		Episode: h.Episode, Title: h.Title, Show: h.Show, Segment: h.Segment, Timestamp: h.StartMs.Timestamp(), Timing: h.Timing,
		PlusMinus: h.PlusMinusMs, Speaker: h.Speaker, Text: h.Text, Before: h.Before, After: h.After,
		Marks: h.Marks, Exact: h.Exact, Score: h.Score, URL: s.hitURL(h),
	}
	if h.StartMs.Known() {
		b.StartMs, b.AtMs = &h.StartMs, &h.AtMs
	}
	return b
}

// hitURL opens the reading page at the line: by its time, and where scripts are
// off or no time is known, by its place.
func (s *Server) hitURL(h library.Hit) string {
	q := url.Values{}
	if h.StartMs.Known() {
		q.Set("t", seconds(h.AtMs))
	}
	if h.Language != "" && h.Other {
		q.Set("lang", h.Language)
	}
	out := s.episodeURL(h.Episode)
	if len(q) > 0 {
		out += "?" + q.Encode()
	}
	return fmt.Sprintf("%s#l%d", out, h.Line)
}

// seconds writes a time as links have it: 131 or 131.25.
func seconds(m transcript.Ms) string { return strconv.FormatFloat(float64(m)/1000, 'f', -1, 64) }
