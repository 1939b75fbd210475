package library

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"hearsay/server/codec"
)

// Uploads is the folder that takes what people send. Paths are relative to it,
// with slashes.
type Uploads interface {
	// Stage writes a file where nobody looks yet and returns it with its hash;
	// DiskPath says where.
	Stage(name string, r io.Reader) (*Source, error)
	// Place moves staged files to their paths and sets their DiskPath, all or
	// none. A path that is taken is a Conflict.
	Place(staged []*Source) error
	// Discard removes files, staged or placed.
	Discard(files []*Source)
	// Remove deletes an episode's files for good.
	Remove(files []File) error
}

// Upload is what a person sends.
type Upload struct {
	Audio, Text         io.Reader // nil: none
	AudioName, TextName string    // file names as the person has them
	AudioURL            string
	Title, Show         string
	Language, Spoken    string // of the text, of the voice
}

// Upload stores what a person sends and imports it. Where anything about it is
// refused nothing is stored.
func (l *Library) Upload(ctx context.Context, u Upload) (Outcome, error) {
	if u.Audio == nil && u.Text == nil && u.AudioURL == "" {
		return Outcome{}, Errorf(Invalid, "There is nothing here: send a sound file, its address, or a transcript.")
	}
	if u.AudioURL != "" {
		if _, err := soundAt(u.AudioURL); err != nil {
			return Outcome{}, err
		}
	}
	for _, tag := range []*string{&u.Language, &u.Spoken} {
		var err error
		if *tag, err = checkLanguage(strings.TrimSpace(*tag)); err != nil {
			return Outcome{}, err
		}
	}
	up := upload{library: l, Upload: u, base: uploadName(u)}
	if err := up.stage(); err != nil {
		l.Uploads.Discard(up.staged)
		return Outcome{}, err
	}
	out, err := up.commit(ctx)
	if err != nil {
		l.Uploads.Discard(up.staged)
	}
	return out, err
}

// upload carries one upload from step to step.
type upload struct {
	Upload
	library *Library
	base    string // of all its files, folder included
	item    Item
	staged  []*Source
}

// uploadName is where the files of an upload go: the title says it, else the
// name that the person's file has.
func uploadName(u Upload) string {
	name := u.Title
	address := new(url.URL)
	if a, err := url.Parse(u.AudioURL); err == nil {
		address = a
	}
	for _, n := range []string{u.AudioName, u.TextName, path.Base(address.Path)} {
		if name == "" {
			name = strings.TrimSuffix(n, path.Ext(n))
		}
	}
	if u.Show != "" {
		return path.Join(slug(u.Show), slug(name))
	}
	return slug(name)
}

// stage writes and checks each part, but nothing counts yet.
func (up *upload) stage() error {
	if up.Audio != nil {
		if !up.library.IsAudio(up.AudioName) {
			return Errorf(Invalid, "%q is no sound file that Hearsay knows; send MP3, M4A, Ogg, Opus, FLAC, WAV, MP4 or WebM.", path.Base(up.AudioName))
		}
		s, err := up.put(strings.ToLower(path.Ext(up.AudioName)), up.Audio)
		if err != nil {
			return err
		}
		if _, err := up.library.Probe(s.DiskPath); err != nil {
			return Errorf(Invalid, "The sound file cannot be read: %v.", err)
		}
		up.item.Audio = s
	}
	if up.Text != nil {
		data, err := io.ReadAll(io.LimitReader(up.Text, codec.MaxBytes+1))
		if err != nil {
			return err
		}
		t, err := codec.Decode(data, codec.Hint{FileName: up.TextName})
		if err != nil {
			return refused(err)
		}
		s, err := up.put(textExtension(up.TextName, t.Format), strings.NewReader(string(data)))
		if err != nil {
			return err
		}
		s.Data = data
		up.item.Texts = []Source{*s}
	}
	about := aboutFile(up.Upload)
	if about == "" {
		return nil
	}
	if _, _, err := codec.DecodeAbout([]byte(about)); err != nil {
		return Errorf(Invalid, "The title, show or address cannot be kept; shorten them and leave out unusual characters.")
	}
	s, err := up.put(".yaml", strings.NewReader(about))
	if err != nil {
		return err
	}
	s.Data = []byte(about)
	up.item.About = s
	return nil
}

func (up *upload) put(ext string, r io.Reader) (*Source, error) {
	s, err := up.library.Uploads.Stage(up.base+ext, r)
	if err == nil {
		up.staged = append(up.staged, s)
	}
	return s, err
}

// textExtension keeps what the person's file had, as far as Hearsay reads it.
func textExtension(name, format string) string {
	ext := strings.ToLower(path.Ext(name))
	f, _ := codec.ByName(format)
	for _, known := range append([]string{".txt", ".md", ".html", ".htm"}, f.Extensions...) {
		if ext == known {
			return ext
		}
	}
	if len(f.Extensions) > 0 {
		return f.Extensions[0]
	}
	return ".txt"
}

// aboutFile writes down what the person said, so that the folder alone holds
// everything. A JSON string is a YAML string.
func aboutFile(u Upload) string {
	var b strings.Builder
	for _, f := range []struct{ key, value string }{{"title", u.Title}, {"show", u.Show}, {"language", u.Language}, {"spoken", u.Spoken}, {"audio", u.AudioURL}} {
		if f.value != "" {
			value, _ := json.Marshal(f.value) // strings can be written
			fmt.Fprintf(&b, "%s: %s\n", f.key, value)
		}
	}
	return b.String()
}

// commit puts the files in place and imports them, one upload at a time.
func (up *upload) commit(ctx context.Context) (Outcome, error) {
	l := up.library
	l.uploading.Lock()
	defer l.uploading.Unlock()
	folder, base := path.Split(up.base)
	up.item.ID, up.item.Origin = EpisodeID(strings.TrimSuffix(folder, "/"), base), FromUpload
	up.item.Title, up.item.Whole = TitleOf(base), true
	old, err := l.Store.FindEpisode(ctx, up.item.ID)
	if err == nil {
		return up.again(ctx, old)
	}
	if CodeOf(err) != NotFound {
		return Outcome{}, err
	}
	if err := l.Uploads.Place(up.staged); err != nil {
		return Outcome{}, err
	}
	// Its files are in place: whoever sent them going away changes nothing.
	return l.Import(context.WithoutCancel(ctx), up.item)
}

// again takes an upload whose name is taken: by the very same files, and there
// is nothing to do; by others, and it is refused.
func (up *upload) again(ctx context.Context, old Episode) (Outcome, error) {
	files, err := up.library.filesOf(ctx, old.ID, UploadsRoot)
	if err != nil {
		return Outcome{}, err
	}
	have := make(map[string]bool, len(files))
	for _, f := range files {
		have[f.Hash] = true
	}
	for _, s := range up.staged {
		if len(files) != len(up.staged) || !have[s.Hash] {
			return Outcome{}, Errorf(Conflict, "There is an episode of that name already (%s); give this one another title.", old.ID)
		}
	}
	up.library.Uploads.Discard(up.staged)
	return Outcome{Episode: old}, nil
}

// filesOf lists what a root holds of an episode.
func (l *Library) filesOf(ctx context.Context, episode, root string) ([]File, error) {
	files, err := l.Store.FindFiles(ctx, root)
	return slices.DeleteFunc(files, func(f File) bool { return f.Episode != episode }), err
}

// Remove deletes an episode. Files that people put on the shelf themselves are
// theirs to delete: while they are there the episode would come back.
func (l *Library) Remove(ctx context.Context, id string) error {
	ep, err := l.Store.FindEpisode(ctx, id)
	if err != nil {
		return err
	}
	switch ep.Origin {
	case FromDemo:
		return Errorf(Conflict, "The demo leaves by itself as soon as there is another episode.")
	case FromUpload:
		err = l.removeUpload(ctx, ep.ID)
	case FromShelf:
		err = l.checkGone(ctx, ep)
	}
	if err != nil {
		return err
	}
	return l.Store.RemoveEpisode(ctx, ep.ID)
}

func (l *Library) removeUpload(ctx context.Context, id string) error {
	files, err := l.filesOf(ctx, id, UploadsRoot)
	if err != nil {
		return err
	}
	return l.Uploads.Remove(files)
}

// checkGone refuses while all of an episode's files are on the shelf. It looks
// for itself: a shelf that has lost too much at once marks nothing.
func (l *Library) checkGone(ctx context.Context, ep Episode) error {
	if ep.Missing {
		return nil
	}
	files, err := l.filesOf(ctx, ep.ID, ShelfRoot)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(files, l.OnShelf) {
		return Errorf(Conflict, "The files of %q are still on the shelf. Take them away, and then remove the episode.", ep.Title)
	}
	return nil
}

// The names of the folder that people fill themselves, and of the one that
// takes what they send.
const (
	ShelfRoot   = "shelf"
	UploadsRoot = "uploads"
)
