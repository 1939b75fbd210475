package library

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"hearsay/server/codec"
	"hearsay/server/timing"
	"hearsay/server/transcript"
)

// addTranscripts finishes the texts that are new or have changed.
func (im *importer) addTranscripts(ctx context.Context, texts []decoded) error {
	im.in.Languages = []string{}
	im.in.Relabel = im.relabelled(texts)
	seen := map[string]bool{}
	for _, d := range texts {
		lang := d.text.Language
		if seen[lang] {
			im.problem(fmt.Sprintf("%s is a second transcript in the same language and is not used", d.source.Path))
			continue
		}
		seen[lang] = true
		im.in.Languages = append(im.in.Languages, lang)
		key := im.key(d)
		had := lang
		if lang == im.in.Relabel[1] {
			had = im.in.Relabel[0]
		}
		stored, err := im.library.Store.FindTranscript(ctx, im.item.ID, had)
		if err == nil && stored.Language != had { // "" finds any
			stored, err = StoredTranscript{}, Errorf(NotFound, "There is none without a language.")
		}
		if err == nil && stored.Key == key {
			continue
		}
		if err != nil && CodeOf(err) != NotFound {
			return err
		}
		n, err := im.finish(d, key, stored)
		if err != nil {
			return err
		}
		im.in.Transcripts = append(im.in.Transcripts, n)
		im.out.Lines += n.Lines
		im.out.Repairs += len(n.Text.Problems)
	}
	if im.item.Partial || len(texts) < len(im.item.Texts) { // gone or broken: what was read before stays
		for _, t := range im.old.Transcripts {
			if !seen[t.Language] {
				im.in.Languages = append(im.in.Languages, t.Language)
			}
		}
	}
	if len(im.in.Languages) > 0 {
		im.in.Episode.Language = im.in.Languages[0]
	}
	return nil
}

// key names a version by everything that decides what it says.
func (im *importer) key(d decoded) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%d\n%s\n", ImportVersion, d.text.Language, im.in.Episode.DurationMs, strings.ToLower(d.source.Path))
	h.Write(d.source.Data)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// relabelled returns the language that one of the episode's transcripts had and
// the one it has now, where nothing else has come or gone.
func (im *importer) relabelled(texts []decoded) [2]string {
	if im.item.Partial || len(texts) < len(im.item.Texts) {
		return [2]string{}
	}
	was, is := make(map[string]bool), make(map[string]bool)
	for _, t := range im.old.Transcripts {
		was[t.Language] = true
	}
	for _, t := range texts {
		is[t.text.Language] = true
	}
	gone, come := missing(was, is), missing(is, was)
	if len(gone) != 1 || len(come) != 1 {
		return [2]string{}
	}
	return [2]string{gone[0], come[0]}
}

// missing lists what is in a and not in b.
func missing(a, b map[string]bool) []string {
	var list []string
	for k := range a {
		if !b[k] {
			list = append(list, k)
		}
	}
	return list
}

// finish cuts, times and names the lines of a text, keeping the ids of lines
// that the version before had, and puts on top what people have changed.
func (im *importer) finish(d decoded, key string, stored StoredTranscript) (NewTranscript, error) {
	t := d.text
	t.Segments = timing.Cut(t.Segments)
	timing.Reopen(t.Segments)
	t.Segments = timing.Estimate(t.Segments, im.in.Episode.DurationMs)
	if stored.Body != nil {
		old, err := codec.Decode(stored.Body, codec.Hint{Format: "json"})
		if err != nil {
			return NewTranscript{}, fmt.Errorf("stored transcript of %s: %w", im.item.ID, err)
		}
		keepIDs(old.Segments, &t)
	}
	body, err := codec.Encode(t, "json")
	if err != nil {
		return NewTranscript{}, refused(err)
	}
	served := Reading{Text: t}
	if err := served.take(t, replay(im.changes, cmp.Or(stored.Language, t.Language)), im.in.Episode.DurationMs); err != nil {
		return NewTranscript{}, err
	}
	heard := served.Heard()
	return NewTranscript{
		StoredTranscript: StoredTranscript{
			TranscriptInfo: TranscriptInfo{
				Language: t.Language, Format: t.Format, Key: key, Lines: len(t.Segments), Follows: follows(heard.Segments), Guessed: t.LanguageGuessed,
			},
			Episode: im.item.ID,
			Body:    body,
		},
		Source: d.source.Data,
		Text:   heard,
	}, nil
}

// follows judges how well a text follows the voice, by what most lines have.
func follows(segments []transcript.Segment) Follows {
	var words, lines, guesses, unspoken int
	for _, s := range segments {
		switch {
		case s.Unspoken:
			unspoken++
		case s.Timing == transcript.Estimated:
			guesses++
		case s.StartMs.Known():
			lines++
			if len(s.Words) > 0 {
				words++
			}
		}
	}
	switch n := len(segments) - unspoken; {
	case words*2 > n:
		return ByWord
	case lines*2 > n:
		return ByLine
	case lines+guesses > 0:
		return Roughly
	}
	return ByText
}
