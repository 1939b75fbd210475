package web

import (
	"errors"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hearsay/server/library"
	"hearsay/server/transcript"
)

// episodeBody is an episode as programs see it.
type episodeBody struct {
	ID         string               `json:"id"`
	Title      string               `json:"title"`
	Show       string               `json:"show,omitempty"`
	Date       string               `json:"date,omitempty"`
	Language   string               `json:"language,omitempty"`
	Spoken     string               `json:"spoken,omitempty"`
	Guessed    bool                 `json:"languageGuessed,omitempty"`
	DurationMs *transcript.Ms       `json:"durationMs"`
	Audio      *audioBody           `json:"audio"`
	Found      []foundBody          `json:"found,omitempty"` // named by the page, to be confirmed
	Languages  []string             `json:"languages,omitempty"`
	Lines      int                  `json:"lines"`
	Follows    library.Follows      `json:"follows"`
	Source     string               `json:"source,omitempty"`
	Rights     string               `json:"rights,omitempty"`
	People     []string             `json:"people,omitempty"`
	Origin     library.Origin       `json:"origin"`
	Missing    bool                 `json:"missing,omitempty"`
	Problems   []transcript.Problem `json:"problems"`
	URL        string               `json:"url"`
}

type audioBody struct {
	Kind    string `json:"kind"`
	URL     string `json:"url"`
	Type    string `json:"type,omitempty"`
	Problem string `json:"problem,omitempty"`
}

type foundBody struct {
	Kind string `json:"kind"`
	URL  string `json:"url"`
}

func (s *Server) episodeBody(ep library.Episode) episodeBody {
	b := episodeBody{
		ID: ep.ID, Title: ep.Title, Show: ep.Show, Date: ep.Date, Language: ep.Language, Spoken: ep.Spoken,
		Follows: followsOf(ep), Source: ep.Source, Rights: ep.Rights, People: ep.People, Origin: ep.Origin,
		Missing: ep.Missing, Problems: ep.Problems, URL: s.episodeURL(ep.ID),
	}
	if ep.DurationMs.Known() {
		b.DurationMs = &ep.DurationMs
	}
	if b.Problems == nil {
		b.Problems = []transcript.Problem{}
	}
	if a := ep.Audio; a != nil {
		b.Audio = &audioBody{Kind: a.Kind, URL: s.audioURL(ep), Type: a.Type, Problem: a.Problem}
	}
	for _, a := range ep.Found {
		b.Found = append(b.Found, foundBody{Kind: a.Kind, URL: a.URL})
	}
	for i, t := range ep.Transcripts {
		if i == 0 {
			b.Lines, b.Guessed = t.Lines, t.Guessed
		}
		b.Languages = append(b.Languages, t.Language)
	}
	return b
}

func (s *Server) getEpisodes(c echo.Context) error {
	limit, _ := strconv.Atoi(c.QueryParam("limit"))
	if limit <= 0 || limit > 500 {
		limit = 100
	}
	episodes, next, err := s.Library.Store.FindEpisodes(c.Request().Context(),
		library.EpisodeFilter{Show: c.QueryParam("show"), After: c.QueryParam("after"), Limit: limit})
	if err != nil {
		return err
	}
	body := struct {
		Episodes []episodeBody `json:"episodes"`
		Next     string        `json:"next,omitempty"`
	}{Episodes: []episodeBody{}, Next: next}
	for _, ep := range episodes {
		body.Episodes = append(body.Episodes, s.episodeBody(ep))
	}
	return c.JSON(http.StatusOK, body)
}

func (s *Server) getEpisode(c echo.Context) error {
	ep, err := s.Library.Store.FindEpisode(c.Request().Context(), c.Param("episode"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.episodeBody(ep))
}

// exports lists what a transcript can be taken along as: the ending of its URL,
// the codec's name of the format, and what people call it.
var exports = []struct{ ending, format, name string }{
	{".vtt", "vtt", "WebVTT"},
	{".srt", "srt", "SRT"},
	{".json", "podcast-json", "Podcasting 2.0 JSON"},
	{"", "json", "Hearsay JSON"},
}

func (s *Server) getTranscript(c echo.Context) error {
	ending, ok := strings.CutPrefix(c.Param("transcript"), "transcript")
	if !ok {
		return echo.ErrNotFound
	}
	ep, err := s.Library.Store.FindEpisode(c.Request().Context(), c.Param("episode"))
	if err != nil {
		return err
	}
	for _, x := range exports {
		if x.ending != ending {
			continue
		}
		out, f, err := s.Library.Export(c.Request().Context(), ep, c.QueryParam("lang"), x.format)
		if err != nil {
			return err
		}
		h := c.Response().Header()
		h.Set("Cache-Control", "no-cache")
		h.Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": ep.ID + f.Extensions[0]}))
		return c.Blob(http.StatusOK, f.MediaType+"; charset=utf-8", out)
	}
	return library.Errorf(library.NotFound, "There is no export called transcript%s.", ending)
}

// Limits of an upload. The sound goes to the disk as it comes.
const (
	maxUpload       = 4 << 30
	maxUploadMemory = 8 << 20
)

// postEpisode takes a form with audio (a file or a URL) and transcript (a file
// or text).
func (s *Server) postEpisode(c echo.Context) error {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, maxUpload)
	if err := r.ParseMultipartForm(maxUploadMemory); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return err
		}
		if errors.Is(err, multipart.ErrMessageTooLarge) {
			return library.Errorf(library.TooLarge, "The pasted text is too long; send it as a file.")
		}
		return &library.Error{Code: library.Invalid, Message: "Send a form (multipart/form-data) with audio and transcript.", Err: err}
	}
	defer r.MultipartForm.RemoveAll() //nolint:errcheck // temporary files
	u := library.Upload{
		Title: c.FormValue("title"), Show: c.FormValue("show"), Language: c.FormValue("language"), Spoken: c.FormValue("spoken"),
		AudioURL: firstValue(r, "audio"),
	}
	if f, header, err := formFile(r, "audio"); err != nil {
		return err
	} else if f != nil {
		defer f.Close()
		u.Audio, u.AudioName, u.AudioURL = f, header.Filename, ""
	}
	if f, header, err := formFile(r, "transcript"); err != nil {
		return err
	} else if f != nil {
		defer f.Close()
		u.Text, u.TextName = f, header.Filename
	} else if text := firstValue(r, "transcript"); text != "" {
		u.Text = strings.NewReader(text)
	}
	out, err := s.Library.Upload(r.Context(), u)
	if err != nil {
		return err
	}
	body := s.episodeBody(out.Episode)
	c.Response().Header().Set("Location", body.URL)
	if wantsPage(r) { // the form without scripts
		return c.NoContent(http.StatusSeeOther)
	}
	return c.JSON(http.StatusCreated, body)
}

// firstValue returns the first field of a name that is filled in: a form may
// hold a file and a text field of one name.
func firstValue(r *http.Request, name string) string {
	for _, v := range r.MultipartForm.Value[name] {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}

// formFile returns a file of the form, nil if it holds none by that name.
func formFile(r *http.Request, name string) (multipart.File, *multipart.FileHeader, error) {
	f, header, err := r.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) {
		return nil, nil, nil
	}
	return f, header, err
}

func (s *Server) deleteEpisode(c echo.Context) error {
	if err := s.Library.Remove(c.Request().Context(), c.Param("episode")); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// removeByForm is the button on the page; it needs no script.
func (s *Server) removeByForm(c echo.Context) error {
	if err := s.Library.Remove(c.Request().Context(), c.Param("episode")); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, s.base+"/")
}
