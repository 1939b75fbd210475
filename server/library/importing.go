package library

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"hearsay/server/codec"
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
	l.writing.Lock()
	defer l.writing.Unlock()
	old, err := l.Store.FindEpisode(ctx, item.ID)
	if err != nil && CodeOf(err) != NotFound {
		return Outcome{}, err
	}
	im := importer{library: l, item: item, old: old, isNew: err != nil}
	im.in.At = time.Now()
	if im.changes, err = l.Store.FindChanges(ctx, item.ID); err != nil {
		return Outcome{}, err
	}
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
	changes []Change
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
		about := t.About
		about.Spoken = cmp.Or(about.Spoken, t.Spoken)
		t.Spoken = "" // the episode knows it, for all its texts
		texts = append(texts, decoded{s, t})
		im.about = merge(im.about, im.checked(about))
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
	if a.Found == nil {
		a.Found = b.Found
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
	if ep.Audio == nil {
		ep.Found = soundsFound(a.Found)
	}
	for _, t := range texts {
		ep.Problems = append(ep.Problems, t.text.Problems...)
	}
	if instead := changeEpisodeBy(ep, im.changes); instead != "" && a.Audio != "" && instead != a.Audio {
		im.problem(fmt.Sprintf("the sound %s, chosen by hand, is used and not %s", instead, a.Audio))
	}
	im.in.FormerID = im.item.FormerID
}
