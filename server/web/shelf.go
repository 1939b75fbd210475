package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"hearsay/server/library"
	"hearsay/server/transcript"
)

// getShelf is the list of episodes and the search over all of them.
func (s *Server) getShelf(c echo.Context) error {
	ctx := c.Request().Context()
	episodes, _, err := s.Library.Store.FindEpisodes(ctx, library.EpisodeFilter{})
	if err != nil {
		return err
	}
	say := s.say(c)
	page := shelfPage{frame: s.frame(c), Query: c.QueryParam("q"), Warning: s.ShelfWarning()}
	told := make(map[[2]string]bool) // sound whose problem stands with its episode, by root and path
	for _, ep := range episodes {
		if a := ep.Audio; a != nil && a.Problem != "" {
			told[[2]string{a.Root, a.Path}] = true
		}
		page.Episodes = append(page.Episodes, s.episodeView(say, ep))
		page.Demo = page.Demo || ep.Origin == library.FromDemo
	}
	for _, root := range slices.Sorted(maps.Keys(s.Roots)) {
		files, err := s.Library.Store.FindFiles(ctx, root)
		if err != nil {
			return err
		}
		for _, f := range files {
			if f.Problem != "" && !f.Gone && !told[[2]string{root, f.Path}] {
				page.Problems = append(page.Problems, problemView{Path: f.Path, Text: say.line(f.Line, f.Problem)})
			}
		}
	}
	if strings.TrimSpace(page.Query) != "" {
		hits, err := s.Library.Search(ctx, library.Search{Text: page.Query})
		if err != nil {
			return err
		}
		page.Searched = true
		for _, h := range hits {
			page.Hits = append(page.Hits, s.hitView(h))
		}
	}
	return s.page(c, http.StatusOK, "index.html", page)
}

func (s *Server) episodeURL(id string) string { return s.base + "/e/" + url.PathEscape(id) }

func (s *Server) audioURL(ep library.Episode) string {
	if ep.Audio.Kind != library.SoundFile {
		return ep.Audio.URL
	}
	return s.base + "/media/" + url.PathEscape(ep.ID)
}

func (s *Server) episodeView(say *pageSet, ep library.Episode) episodeView {
	v := episodeView{
		ID: ep.ID, URL: s.episodeURL(ep.ID), Title: ep.Title, Show: ep.Show, Date: ep.Date, DateText: say.date(ep.Date),
		Length: say.length(ep.DurationMs), Follows: string(followsOf(ep)), Missing: ep.Missing,
	}
	if len(ep.Transcripts) > 0 {
		v.Languages = say.languages(ep.Spoken, ep.Transcripts[0])
	}
	if ep.Cover != "" {
		v.Cover = s.base + "/cover/" + url.PathEscape(ep.ID)
	}
	if ep.Audio != nil && ep.Audio.Problem != "" {
		v.Problems = append(v.Problems, ep.Audio.Problem)
	}
	return v
}

// followsOf is how well the text that is shown first follows the voice.
func followsOf(ep library.Episode) library.Follows {
	switch {
	case len(ep.Transcripts) == 0:
		return library.NoText
	case ep.Audio == nil:
		return library.ByText
	}
	return ep.Transcripts[0].Follows
}

func (s *Server) hitView(h library.Hit) hitView {
	v := hitView{
		URL: s.hitURL(h), Title: h.Title, Speaker: h.Speaker, Timestamp: h.StartMs.Timestamp(), Timing: h.Timing,
		Before: h.Before, After: h.After, Exact: h.Exact,
	}
	at := 0 // UTF-16 units
	piece := func(to int, marked bool) {
		if to > at {
			from := transcript.ByteOffset(h.Text, at)
			v.Parts = append(v.Parts, markedPart{Text: h.Text[from:transcript.ByteOffset(h.Text, to)], Marked: marked})
			at = to
		}
	}
	for _, m := range h.Marks {
		piece(m[0], false)
		piece(m[1], true)
	}
	piece(transcript.UTF16Len(h.Text), false)
	return v
}
