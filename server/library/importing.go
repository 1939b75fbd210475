package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"hearsay/server/codec"
	"hearsay/server/timing"
	"hearsay/server/transcript"
)

// ImportVersion goes into the key of every transcript, and the shelf keeps it
// with the hash of every file: when the way of reading, cutting or estimating
// changes, the next scan reads everything anew.
const ImportVersion = "2"

// Item is what belongs to one episode, as found: files with one base name.
type Item struct {
	ID       string // the id that its place gives it
	Title    string // from the file name, where nothing better is known
	Show     string // from the folder
	Origin   Origin
	Audio    *Source // nil: there is none
	Texts    []Source
	About    *Source  // talk.yaml
	Spare    []Source // a second sound, a second talk.yaml: there, but not used
	FormerID string   // the id that the same files had before they were renamed
	// Partial means that texts which the episode had are gone: they stay.
	Partial bool
	// Whole means that a file that cannot be read refuses the others too.
	Whole bool
}

// Source is one file of an item.
type Source struct {
	File
	Language string // from the name, talk.fr.vtt; "" if it says nothing
	DiskPath string // of the audio, for probing
	Type     string // media type, as far as the name tells
	Data     []byte // of texts
}

// Outcome is what became of an item.
type Outcome struct {
	Episode  Episode
	Changed  bool
	Lines    int     // of the new transcripts
	Repairs  int     // of the new transcripts
	Refusals []error // files that could not be read; the others were
}

// Import reads an item and stores it. A file that cannot be read does not stop
// the others: its refusal is in the outcome and with the file. Nothing is
// stored where no file could be read. Imports go one after the other: an upload
// and a scan that finds its files do not get in each other's way.
func (l *Library) Import(ctx context.Context, item Item) (Outcome, error) {
	l.importing.Lock()
	defer l.importing.Unlock()
	old, err := l.Store.FindEpisode(ctx, item.ID)
	if err != nil && CodeOf(err) != NotFound {
		return Outcome{}, err
	}
	im := importer{library: l, item: item, old: old, isNew: err != nil}
	im.in.At = time.Now()
	im.readAbout()
	im.readAudio()
	texts := im.decode()
	if item.Whole && len(im.out.Refusals) > 0 {
		return im.out, im.out.Refusals[0]
	}
	im.noteSpare()
	im.describe(texts)
	if err := im.addTranscripts(ctx, texts); err != nil {
		return Outcome{}, err
	}
	if im.isNew && len(texts) == 0 && im.in.Episode.Audio == nil {
		if err := l.Store.SaveFiles(ctx, im.in.Files); err != nil {
			return Outcome{}, err
		}
		return im.out, nil // nothing could be read: only the refusals are kept
	}
	if err := l.Store.SaveImport(ctx, im.in); err != nil {
		return Outcome{}, err
	}
	im.out.Changed = im.isNew || len(im.in.Transcripts) > 0
	im.out.Episode, err = l.Store.FindEpisode(ctx, item.ID)
	return im.out, err
}

// importer carries one import from step to step.
type importer struct {
	library *Library
	item    Item
	old     Episode
	isNew   bool
	about   transcript.About
	sound   Sound
	in      Import
	out     Outcome
}

// decoded is a text that could be read.
type decoded struct {
	source Source
	text   transcript.Transcript
}

// keep notes a file, and why it could not be read, if so.
func (im *importer) keep(s Source, refusal error) {
	f := s.File
	f.Episode, f.Problem, f.Line, f.Gone = im.item.ID, "", 0, false
	if refusal != nil {
		f.Problem = refusal.Error()
		var e *Error
		if errors.As(refusal, &e) {
			f.Problem, f.Line = e.Message, e.Line
		}
		im.out.Refusals = append(im.out.Refusals, refusal)
	}
	im.in.Files = append(im.in.Files, f)
}

func (im *importer) readAbout() {
	if im.item.About == nil {
		return
	}
	about, problems, err := codec.DecodeAbout(im.item.About.Data)
	if err == nil && about.Audio != "" {
		_, err = soundAt(about.Audio)
	}
	im.keep(*im.item.About, refused(err))
	im.about = im.checked(about)
	im.in.Episode.Problems = append(im.in.Episode.Problems, problems...)
}

// checked drops what is no language and no address.
func (im *importer) checked(about transcript.About) transcript.About {
	for _, address := range []*string{&about.Audio, &about.Source} {
		if err := checkURL(*address); *address != "" && err != nil {
			im.problem(err.Error())
			*address = ""
		}
	}
	for _, tag := range []*string{&about.Language, &about.Spoken} {
		var err error
		if *tag, err = checkLanguage(*tag); err != nil {
			im.problem(err.Error())
		}
	}
	return about
}

func (im *importer) problem(text string) {
	im.in.Episode.Problems = append(im.in.Episode.Problems, transcript.Problem{Text: text})
}

// noteSpare remembers the files that are not used, so that they are not read
// again, and says so.
func (im *importer) noteSpare() {
	for _, s := range im.item.Spare {
		im.keep(s, nil)
		im.problem(fmt.Sprintf("%s is a second file of its kind and is not used", s.Path))
	}
}

// readAudio probes the sound file. Sound that cannot be read is listed, and
// says why it does not play.
func (im *importer) readAudio() {
	ep := &im.in.Episode
	ep.DurationMs = transcript.Unknown
	a := im.item.Audio
	if a == nil {
		return
	}
	sound, err := im.library.Probe(a.DiskPath)
	if err != nil {
		refusal := Errorf(Invalid, "%s", sentence(err.Error()))
		im.keep(*a, refusal)
		sound = Sound{DurationMs: transcript.Unknown, MediaType: a.Type, Problem: refusal.Message, Unplayable: true}
	} else {
		im.keep(*a, nil)
	}
	im.sound = sound
	ep.DurationMs = sound.DurationMs
	ep.Audio = &Audio{Kind: SoundFile, Root: a.Root, Path: a.Path, Type: sound.MediaType, Problem: sound.Problem, Unplayable: sound.Unplayable}
	ep.Cover, im.in.Cover = sound.CoverType, sound.Cover
	if sound.Cover == nil {
		im.in.Cover = []byte{}
	}
}

// decode reads the texts; the first in a language wins.
func (im *importer) decode() []decoded {
	var texts []decoded
	for _, s := range im.item.Texts {
		t, err := codec.Decode(s.Data, codec.Hint{FileName: s.Path, MediaType: s.Type})
		if im.keep(s, refused(err)); err != nil {
			continue
		}
		if s.Language != "" {
			t.Language, t.LanguageGuessed = s.Language, false
		} else if im.about.Language != "" {
			t.Language, t.LanguageGuessed = im.about.Language, false
		}
		texts = append(texts, decoded{s, t})
		im.about = merge(im.about, im.checked(t.About))
		if im.about.Date == "" {
			im.about.Date = t.Date
		}
	}
	return texts
}

// merge fills what a leaves open from b.
func merge(a, b transcript.About) transcript.About {
	first := func(a *string, b string) {
		if *a == "" {
			*a = b
		}
	}
	first(&a.Title, b.Title)
	first(&a.Show, b.Show)
	first(&a.Date, b.Date)
	first(&a.Language, b.Language)
	first(&a.Spoken, b.Spoken)
	first(&a.Audio, b.Audio)
	first(&a.Source, b.Source)
	first(&a.Rights, b.Rights)
	if a.People == nil {
		a.People = b.People
	}
	if a.Chapters == nil {
		a.Chapters = b.Chapters
	}
	return a
}

// describe fills the episode: what stands beside the file wins over the audio's
// tags, and those over the file's name.
func (im *importer) describe(texts []decoded) {
	a := merge(im.about, transcript.About{Title: im.sound.Title, Show: im.item.Show, Date: im.sound.Date})
	a = merge(a, transcript.About{Title: im.item.Title, Show: im.sound.Show})
	ep := &im.in.Episode
	ep.ID, ep.Origin = im.item.ID, im.item.Origin
	ep.Title, ep.Show, ep.Date, ep.Spoken = a.Title, a.Show, a.Date, a.Spoken
	ep.Source, ep.Rights, ep.People, ep.Chapters = a.Source, a.Rights, a.People, a.Chapters
	if ep.Audio == nil && a.Audio != "" {
		var err error
		if ep.Audio, err = soundAt(a.Audio); err != nil {
			im.problem(err.Error())
		}
	}
	for _, t := range texts {
		ep.Problems = append(ep.Problems, t.text.Problems...)
	}
	im.in.FormerID = im.item.FormerID
}

// addTranscripts finishes the texts that are new or have changed.
func (im *importer) addTranscripts(ctx context.Context, texts []decoded) error {
	im.in.Languages = []string{}
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
		stored, err := im.library.Store.FindTranscript(ctx, im.item.ID, lang)
		if err == nil && stored.Key == key {
			continue
		}
		if err != nil && CodeOf(err) != NotFound {
			return err
		}
		n, err := im.finish(d, key, stored.Body)
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

// finish cuts, times and names the lines of a text, keeping the ids of lines
// that the version before had.
func (im *importer) finish(d decoded, key string, before []byte) (NewTranscript, error) {
	t := d.text
	t.Segments = timing.Cut(t.Segments)
	timing.Reopen(t.Segments)
	t.Segments = timing.Estimate(t.Segments, im.in.Episode.DurationMs)
	if before != nil {
		old, err := codec.Decode(before, codec.Hint{Format: "json"})
		if err != nil {
			return NewTranscript{}, fmt.Errorf("stored transcript of %s: %w", im.item.ID, err)
		}
		keepIDs(old.Segments, &t)
	}
	body, err := codec.Encode(t, "json")
	if err != nil {
		return NewTranscript{}, refused(err)
	}
	return NewTranscript{
		StoredTranscript: StoredTranscript{
			TranscriptInfo: TranscriptInfo{
				Language: t.Language, Format: t.Format, Key: key, Lines: len(t.Segments), Follows: follows(t.Segments),
			},
			Episode: im.item.ID,
			Body:    body,
		},
		Source: d.source.Data,
		Text:   t,
	}, nil
}

// follows judges how well a text follows the voice, by what most lines have.
func follows(segments []transcript.Segment) Follows {
	if len(segments) == 0 {
		return ByText
	}
	var words, lines, guesses int
	for _, s := range segments {
		switch {
		case s.Timing == transcript.Estimated:
			guesses++
		case s.StartMs.Known():
			lines++
			if len(s.Words) > 0 {
				words++
			}
		}
	}
	switch n := len(segments); {
	case words*2 > n:
		return ByWord
	case lines*2 > n:
		return ByLine
	case lines+guesses > 0:
		return Roughly
	}
	return ByText
}
