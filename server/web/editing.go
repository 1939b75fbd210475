package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"hearsay/server/library"
	"hearsay/server/transcript"
)

// readingBody is what stands after a change: all that a page needs to show it.
type readingBody struct {
	Version string          `json:"version"` // names what is served now
	Text    string          `json:"text"`    // names the import: another one has other lines
	Times   json.RawMessage `json:"times"`   // as GET …/times gives them
	Set     []int           `json:"set"`     // lines whose start a person set
	Ends    []int           `json:"ends"`    // lines behind which comes something that is not in the text
	// Unspoken lines stand in the text, and the voice does not say them.
	Unspoken []int         `json:"unspoken"`
	Offers   []offerBody   `json:"offers"` // starts that were set and cannot stand
	Speakers []speakerBody `json:"speakers"`
	Voices   [][2]int      `json:"voices"` // who says the lines, in runs: how many, and the place in Speakers; -1 for nobody
	Undo     bool          `json:"undo"`
	Redo     bool          `json:"redo"`
	Segments []string      `json:"segments,omitempty"` // the id of each line; only where it is asked for
}

type speakerBody struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// offerBody is a start that was set for a line that has changed.
type offerBody struct {
	Segment   string        `json:"segment"`
	Text      string        `json:"text"`
	StartMs   transcript.Ms `json:"startMs"`
	Timestamp string        `json:"timestamp"`
	Line      *int          `json:"line"` // that it may be now
}

func readingOf(r library.Reading, withSegments bool) (readingBody, error) {
	r.Propose()
	times, err := timesOf(r.Text, r.Shift)
	body := readingBody{
		Version: r.Version(), Text: r.Key, Times: times, Undo: r.Undo, Redo: r.Redo,
		Set: append([]int{}, r.Set...), Ends: append([]int{}, r.Ends...), Unspoken: []int{}, Offers: []offerBody{}, Speakers: []speakerBody{}, Voices: voicesOf(r.Text),
	}
	for i, s := range r.Text.Segments {
		if s.Unspoken {
			body.Unspoken = append(body.Unspoken, i)
		}
		if withSegments {
			body.Segments = append(body.Segments, s.ID)
		}
	}
	for _, p := range r.Text.Speakers {
		body.Speakers = append(body.Speakers, speakerBody(p))
	}
	for _, o := range r.Offers {
		b := offerBody{Segment: o.Segment, Text: o.Text, StartMs: o.StartMs, Timestamp: o.StartMs.Timestamp()}
		if o.Line >= 0 {
			b.Line = &o.Line
		}
		body.Offers = append(body.Offers, b)
	}
	return body, err
}

// voicesOf says who speaks each line, those that follow each other as one run.
func voicesOf(t transcript.Transcript) [][2]int {
	places := make(map[string]int, len(t.Speakers))
	for i, p := range t.Speakers {
		places[p.ID] = i
	}
	runs := [][2]int{}
	for _, s := range t.Segments {
		place, ok := places[s.Speaker]
		if !ok {
			place = -1
		}
		if n := len(runs); n == 0 || runs[n-1][1] != place {
			runs = append(runs, [2]int{0, place})
		}
		runs[len(runs)-1][0]++
	}
	return runs
}

// getReading is where a page begins that is going to change times.
func (s *Server) getReading(c echo.Context) error {
	ep, err := s.Library.Store.FindEpisode(c.Request().Context(), c.Param("episode"))
	if err != nil {
		return err
	}
	r, err := s.Library.Read(c.Request().Context(), ep, c.QueryParam("lang"))
	if err != nil {
		return err
	}
	return s.sendReading(c, r, true)
}

func (s *Server) sendReading(c echo.Context, r library.Reading, withSegments bool) error {
	body, err := readingOf(r, withSegments)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, body)
}

// lineBody is what may be changed of a line. A time may be null: then it is
// worked out.
type lineBody struct {
	StartMs  optionalMs `json:"startMs"` // this and EndMs: as it is heard
	EndMs    optionalMs `json:"endMs"`
	Unspoken *bool      `json:"unspoken"`
	Speaker  *string    `json:"speaker"`
	Forget   bool       `json:"forget"`
	Believe  bool       `json:"believe"`
	From     string     `json:"from"`
	Nonce    string     `json:"nonce"`
}

// optionalMs tells null from nothing.
type optionalMs struct{ ms *transcript.Ms }

// UnmarshalJSON implements json.Unmarshaler.
func (o *optionalMs) UnmarshalJSON(b []byte) error {
	ms := transcript.Unknown
	o.ms = &ms
	if string(b) == "null" {
		return nil
	}
	if err := json.Unmarshal(b, o.ms); err != nil || *o.ms < 0 {
		return errors.New("times are whole milliseconds from 0, or null")
	}
	return nil
}

// patchLine changes one line: when it begins, when it ends, whether it is said,
// and by whom.
func (s *Server) patchLine(c echo.Context) error {
	var b lineBody
	if err := readJSON(c, &b); err != nil {
		return err
	}
	r, err := s.Library.ChangeLine(c.Request().Context(), c.Param("episode"), c.QueryParam("lang"), c.Param("segment"), library.Wish{
		StartMs: b.StartMs.ms, EndMs: b.EndMs.ms, Unspoken: b.Unspoken, Speaker: b.Speaker, Forget: b.Forget, Believe: b.Believe, From: b.From, Nonce: b.Nonce,
	})
	if err != nil {
		return err
	}
	return s.sendReading(c, r, false)
}

type nonceBody struct {
	Nonce string `json:"nonce"`
}

func (s *Server) postUndo(c echo.Context) error { return s.turn(c, s.Library.Undo) }

func (s *Server) postRedo(c echo.Context) error { return s.turn(c, s.Library.Redo) }

func (s *Server) turn(c echo.Context, turn func(ctx context.Context, episode, language, nonce string) (library.Reading, error)) error {
	var b nonceBody
	if err := readJSON(c, &b); err != nil {
		return err
	}
	r, err := turn(c.Request().Context(), c.Param("episode"), c.QueryParam("lang"), b.Nonce)
	if err != nil {
		return err
	}
	return s.sendReading(c, r, false)
}

// patchEpisode changes what is known of an episode, or of the whole of one of
// its transcripts.
func (s *Server) patchEpisode(c echo.Context) error {
	var b struct {
		Audio  *string `json:"audio"`
		Found  *bool   `json:"found"` // false: none of the sounds that were found is this episode's
		Spoken *string `json:"spoken"`
		textBody
	}
	if err := readJSON(c, &b); err != nil {
		return err
	}
	if b.Shift.points != nil || b.Speakers != nil {
		if b.Audio != nil || b.Found != nil || b.Spoken != nil {
			return library.Errorf(library.Invalid, "Send shift and speakers by themselves: they are the transcript's, and the rest is the episode's.")
		}
		return s.patchText(c, b.textBody)
	}
	if b.Audio == nil && b.Found != nil && !*b.Found {
		b.Audio = new(string)
	}
	ep, err := s.Library.ChangeEpisode(c.Request().Context(), c.Param("episode"), library.EpisodeWish{Audio: b.Audio, Spoken: b.Spoken})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.episodeBody(ep))
}

// textBody is what may be changed of a whole transcript.
type textBody struct {
	Shift    shiftBody         `json:"shift"`
	Speakers map[string]string `json:"speakers"` // new names by id
	Nonce    string            `json:"nonce"`
}

// shiftBody tells no points from nothing.
type shiftBody struct{ points *transcript.Shift }

// UnmarshalJSON implements json.Unmarshaler.
func (s *shiftBody) UnmarshalJSON(b []byte) error {
	var points []map[string]json.RawMessage
	if err := json.Unmarshal(b, &points); err != nil || points == nil {
		return errors.New(`shift is a list of points, {"atMs": …, "byMs": …}; [] takes them all off`)
	}
	s.points = &transcript.Shift{}
	for i, p := range points {
		var ms [2]transcript.Ms
		for k, name := range []string{"atMs", "byMs"} {
			if err := json.Unmarshal(p[name], &ms[k]); err != nil || string(p[name]) == "null" {
				return fmt.Errorf("shift, point %d: %s is a whole number of milliseconds", i+1, name)
			}
		}
		if len(p) > len(ms) {
			return fmt.Errorf("shift, point %d: it has atMs and byMs, and nothing else", i+1)
		}
		*s.points = append(*s.points, transcript.ShiftPoint{AtMs: ms[0], ByMs: ms[1]})
	}
	return nil
}

func (s *Server) patchText(c echo.Context, b textBody) error {
	r, err := s.Library.ChangeText(c.Request().Context(), c.Param("episode"), c.QueryParam("lang"),
		library.TextWish{Shift: b.Shift.points, Speakers: b.Speakers, Nonce: b.Nonce})
	if err != nil {
		return err
	}
	return s.sendReading(c, r, false)
}

// readJSON reads a small request. What it does not know it refuses: a change
// that was only half understood would be lost without a word.
func readJSON(c echo.Context, into any) error {
	var b bytes.Buffer
	if _, err := b.ReadFrom(c.Request().Body); err != nil {
		return err
	}
	if b.Len() == 0 {
		return nil
	}
	d := json.NewDecoder(&b)
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if _, more := d.Token(); err == nil && more != io.EOF { //nolint:errorlint // as it comes
		err = errors.New("there is something behind it")
	}
	if err != nil {
		return &library.Error{Code: library.Invalid, Message: "This is not the JSON that is expected here: " + err.Error() + ".", Err: err}
	}
	return nil
}
