package library

import (
	"context"
	"fmt"

	"hearsay/server/codec"
	"hearsay/server/transcript"
)

// Transcript returns an episode's transcript, ready to be shown: it says which
// language the voice speaks, and the chapters that stand beside the file win
// over those in it.
func (l *Library) Transcript(ctx context.Context, ep Episode, language string) (transcript.Transcript, StoredTranscript, error) {
	stored, err := l.Store.FindTranscript(ctx, ep.ID, language)
	if err != nil {
		return transcript.Transcript{}, stored, err
	}
	t, err := codec.Decode(stored.Body, codec.Hint{Format: "json"})
	if err != nil {
		return t, stored, fmt.Errorf("stored transcript of %s: %w", ep.ID, err)
	}
	t.Spoken = ep.Spoken
	if len(ep.Chapters) > 0 {
		t.Chapters = ep.Chapters
	}
	return t, stored, nil
}

// Export returns an episode's transcript in a format.
func (l *Library) Export(ctx context.Context, ep Episode, language, format string) ([]byte, codec.Format, error) {
	f, ok := codec.ByName(format)
	if !ok || f.Encode == nil {
		return nil, f, Errorf(NotFound, "There is no export called %q.", format)
	}
	if format == "json" && len(ep.Chapters) == 0 && ep.Spoken == "" { // that is how it is kept
		stored, err := l.Store.FindTranscript(ctx, ep.ID, language)
		return stored.Body, f, err
	}
	t, _, err := l.Transcript(ctx, ep, language)
	if err != nil {
		return nil, f, err
	}
	out, err := codec.Encode(t, format)
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
