package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
	"golang.org/x/net/idna"

	"hearsay/server/library"
	"hearsay/server/transcript"
)

// getEpisodePage is the reading page.
func (s *Server) getEpisodePage(c echo.Context) error {
	ep, err := s.Library.Store.FindEpisode(c.Request().Context(), c.Param("episode"))
	if err != nil {
		return err
	}
	if ep.ID != c.Param("episode") { // it has another name now
		to := s.episodeURL(ep.ID)
		if q := c.QueryString(); q != "" {
			to += "?" + q
		}
		return c.Redirect(http.StatusFound, to) // not for ever: another episode may come by that name
	}
	page := episodePage{frame: s.frame(c), episodeView: s.episodeView(s.say(c), ep), DurationMs: ep.DurationMs, Language: ep.Language, Repairs: ep.Problems, Source: ep.Source, Rights: ep.Rights, People: ep.People}
	page.Sheets = []string{"app"}
	if page.SignedIn {
		page.Sheets = append(page.Sheets, "editing")
	}
	page.Removable = page.SignedIn && (ep.Missing || ep.Origin == library.FromUpload)
	s.addAudio(c, &page, ep)
	if page.SignedIn && page.Audio == nil {
		page.Found = soundsNamed(ep)
	}
	if len(ep.Transcripts) > 0 {
		if err := s.addText(c, &page, ep); err != nil {
			return err
		}
	}
	return s.page(c, http.StatusOK, "episode.html", page)
}

// addAudio names the sound, if it is there, and lets the page load it.
func (s *Server) addAudio(c echo.Context, page *episodePage, ep library.Episode) {
	if ep.Audio == nil {
		return
	}
	view := &audioView{Kind: ep.Audio.Kind, URL: s.audioURL(ep), Type: ep.Audio.Type, Problem: ep.Audio.Problem, Unplayable: ep.Audio.Unplayable}
	if player, ok := library.PlayerOf(ep.Audio.Kind); ok {
		view.Frame, view.Name, view.Host = player.Frame(ep.Audio.URL), player.Name, player.Host
		page.Sheets = append(page.Sheets, "foreign")
		c.Response().Header().Set("Content-Security-Policy", policy("", origin(view.Frame)))
	} else if ep.Audio.Kind == library.SoundURL {
		c.Response().Header().Set("Content-Security-Policy", policy(origin(ep.Audio.URL), ""))
	} else if file, err := s.openSound(ep); err != nil {
		return
	} else {
		file.Close()
	}
	page.Audio = view
	page.Problems = nil // the page says it beside the player
}

// soundsNamed are the sounds that a saved page names, to be confirmed.
func soundsNamed(ep library.Episode) []audioView {
	var named []audioView
	for _, a := range ep.Found {
		player, _ := library.PlayerOf(a.Kind)
		named = append(named, audioView{Kind: a.Kind, URL: a.URL, Name: player.Name})
	}
	return named
}

// origin is where a sound is loaded from, as a policy names it: nothing but
// letters, digits and what stands in host names.
func origin(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if ip, bad := netip.ParseAddr(u.Hostname()); bad == nil {
		host, err = ip.String(), nil
		if ip.Is6() {
			host = "[" + host + "]"
		}
	}
	if err != nil || strings.ContainsAny(host, " ;,'\"*") {
		return ""
	}
	if u.Port() != "" {
		host += ":" + u.Port()
	}
	return " " + u.Scheme + "://" + host
}

// addText puts the transcript in.
func (s *Server) addText(c echo.Context, page *episodePage, ep library.Episode) error {
	f, stored, err := s.form(c, ep)
	if err != nil {
		return err
	}
	lang := stored.Language
	query := url.Values{"v": {stored.Version()}}
	if lang != ep.Transcripts[0].Language {
		query.Set("lang", lang)
	}
	page.Hash, page.Language, page.Body = stored.Key, lang, f.body
	if ep.Audio != nil {
		page.Follows = string(stored.Follows)
	}
	page.Languages = page.set.languages(ep.Spoken, stored)
	if stored.Guessed && page.Languages == "" {
		page.Guessed = page.set.languageName(lang)
	}
	page.TimesURL = s.base + "/api/episodes/" + url.PathEscape(ep.ID) + "/times?" + query.Encode()
	page.Introduction, page.Afterword = paragraphs(f.text.Introduction), paragraphs(f.text.Afterword)
	if len(page.Introduction) > 0 && page.Introduction[0] == page.Title {
		page.Introduction = page.Introduction[1:] // the page has it at its head
	}
	page.Chapters = f.text.Chapters
	for _, t := range ep.Transcripts {
		if len(ep.Transcripts) > 1 {
			page.Choices = append(page.Choices, choiceView{
				Language: t.Language, Name: page.set.languageName(t.Language), Current: t.Language == lang,
				URL: s.episodeURL(ep.ID) + "?" + url.Values{"lang": {t.Language}}.Encode(),
			})
		}
	}
	for _, x := range exports {
		to := s.base + "/api/episodes/" + url.PathEscape(ep.ID) + "/transcript" + x.ending
		if query.Has("lang") {
			to += "?" + url.Values{"lang": {lang}}.Encode()
		}
		page.Exports = append(page.Exports, exportView{Name: x.name, URL: to})
	}
	return nil
}

// errMoved is why a form was not made: a new version came in between.
var errMoved = library.Errorf(library.Unavailable, "The text is being changed. Try again in a moment.")

// form returns what is served of an episode's transcript, in the language that
// the request asks for. A version that is replaced while it is read is looked
// for anew: what is kept under its name must be it.
func (s *Server) form(c echo.Context, ep library.Episode) (*form, library.TranscriptInfo, error) {
	for tries := 0; ; tries++ {
		f, info, err := s.formOf(c, ep)
		if !errors.Is(err, errMoved) || tries == 3 {
			return f, info, err
		}
		if ep, err = s.Library.Store.FindEpisode(c.Request().Context(), ep.ID); err != nil {
			return nil, info, err
		}
	}
}

func (s *Server) formOf(c echo.Context, ep library.Episode) (*form, library.TranscriptInfo, error) {
	info, err := pick(ep, c.QueryParam("lang"))
	if err != nil {
		return nil, info, err
	}
	set := s.pages.in("") // the same for all: no word of the interface stands in a line
	key := ep.ID + "\n" + info.Version() + "\n" + chaptersKey(ep)
	if s.Reload {
		s.forms.drop(key, nil)
	}
	f, err := s.forms.get(key, func(f *form) error {
		// It is made for all who ask: the one who asked first may go away.
		r, err := s.Library.Read(context.WithoutCancel(c.Request().Context()), ep, info.Language)
		if err != nil {
			return err
		}
		if r.Version() != info.Version() {
			return errMoved
		}
		t := r.Heard()
		if f.body, err = set.renderLines(t); err != nil {
			return err
		}
		times, err := timesOf(r.Text, r.Shift)
		if err != nil {
			return err
		}
		f.times = pack(times, brotliQuick)
		t.Chapters = chapterTimes(t)
		t.Segments = nil
		f.text = t
		return nil
	})
	return f, info, err
}

// pick finds the transcript in a language; "" takes the first.
func pick(ep library.Episode, lang string) (library.TranscriptInfo, error) {
	for _, t := range ep.Transcripts {
		if lang == "" || t.Language == lang {
			return t, nil
		}
	}
	return library.TranscriptInfo{}, library.Errorf(library.NotFound, "The episode %q has no such transcript.", ep.Title)
}

// chaptersKey tells apart what stands beside a transcript and is shown in it.
func chaptersKey(ep library.Episode) string {
	var b strings.Builder
	for _, c := range ep.Chapters {
		fmt.Fprintf(&b, "%d %q\n", c.StartMs, c.Title)
	}
	return b.String()
}

// chapterTimes are the chapters with the times of their lines, where known.
func chapterTimes(t transcript.Transcript) []transcript.Chapter {
	var chapters []transcript.Chapter
	for _, p := range placeChapters(t) {
		chapters = append(chapters, transcript.Chapter{StartMs: p.view.StartMs, Title: p.view.Title})
	}
	return chapters
}

func paragraphs(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// getTimes is when each line and word is spoken; its URL holds the version.
func (s *Server) getTimes(c echo.Context) error {
	ep, err := s.Library.Store.FindEpisode(c.Request().Context(), c.Param("episode"))
	if err != nil {
		return err
	}
	f, info, err := s.form(c, ep)
	if err != nil {
		return err
	}
	cache := "no-cache"
	if c.QueryParam("v") == info.Version() {
		cache = "public, max-age=31536000, immutable"
	}
	plainHeaders(c)
	return f.times.send(c, "application/json", cache)
}
