package library

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"hearsay/server/codec"
	"hearsay/server/transcript"
)

// Reading is a transcript as it is served: the import with the changes that
// people have made.
type Reading struct {
	TranscriptInfo
	Text       transcript.Transcript // in its own times
	Shift      transcript.Shift      // from those to when it is heard
	Set        []int                 // lines whose start a person set, in order
	Ends       []int                 // lines behind which a person said that something else comes
	Offers     []Offer
	Undo, Redo bool // there is something to undo, to redo
}

// Read returns an episode's transcript, ready to be shown: it says which
// language the voice speaks, and the chapters that stand beside the file win
// over those in it.
func (l *Library) Read(ctx context.Context, ep Episode, language string) (Reading, error) {
	var r Reading
	var err error
	if r.TranscriptInfo, r.Text, err = l.load(ctx, ep.ID, language); err != nil {
		return r, err
	}
	if r.Changed > 0 {
		changes, err := l.Store.FindChanges(ctx, ep.ID)
		if err != nil {
			return r, err
		}
		if err := r.take(r.Text, replay(changes, r.Language), ep.DurationMs); err != nil {
			return r, err
		}
	}
	r.Text.Spoken = ep.Spoken
	if len(ep.Chapters) > 0 {
		r.Text.Chapters = ep.Chapters
	}
	return r, nil
}

// load returns a transcript as it was imported.
func (l *Library) load(ctx context.Context, episode, language string) (info TranscriptInfo, t transcript.Transcript, err error) {
	stored, err := l.Store.FindTranscript(ctx, episode, language)
	if err != nil {
		return info, t, err
	}
	if t, err = codec.Decode(stored.Body, codec.Hint{Format: "json"}); err != nil {
		err = fmt.Errorf("stored transcript of %s: %w", episode, err)
	}
	return stored.TranscriptInfo, t, err
}

// take puts changes on top of an import.
func (r *Reading) take(imported transcript.Transcript, h history, duration transcript.Ms) error {
	s, err := h.sum()
	if err != nil {
		return err
	}
	r.Text, r.Shift = imported, s.shift
	r.Undo, r.Redo = len(h.standing) > 0, len(h.undone) > 0
	if !r.Undo {
		return nil
	}
	a := apply(&r.Text, s.lines, s.shift.Own(duration))
	s.name(&r.Text)
	r.Set, r.Ends, r.Offers = slices.Sorted(maps.Keys(a.set)), slices.Sorted(maps.Keys(a.ends)), a.offers
	for i := range r.Offers {
		r.Offers[i].StartMs = r.Shift.Place(r.Offers[i].StartMs)
	}
	return nil
}

// Heard returns the text with the times at which it is heard.
func (r Reading) Heard() transcript.Transcript { return r.Shift.Apply(r.Text) }

// Export returns an episode's transcript in a format.
func (l *Library) Export(ctx context.Context, ep Episode, language, format string) ([]byte, codec.Format, error) {
	f, ok := codec.ByName(format)
	if !ok || f.Encode == nil {
		return nil, f, Errorf(NotFound, "There is no export called %q.", format)
	}
	r, err := l.Read(ctx, ep, language)
	if err != nil {
		return nil, f, err
	}
	out, err := codec.Encode(r.Heard(), format)
	return out, f, refused(err)
}

// Search finds a remembered quote.
func (l *Library) Search(ctx context.Context, q Search) ([]Hit, error) {
	if len(q.Text) > maxQuery {
		return nil, Errorf(Invalid, "The search is too long: %d bytes, at most %d.", len(q.Text), maxQuery)
	}
	if q.Limit <= 0 || q.Limit > maxHits {
		q.Limit = defaultHits
	}
	return l.Store.Search(ctx, q)
}

const (
	maxQuery    = 2000 // bytes
	defaultHits = 20
	maxHits     = 100
)
