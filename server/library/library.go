// Package library holds the use cases of Hearsay: importing, finding, reading
// and removing episodes. It owns the small interfaces that a store must
// fulfil; it knows no database, no web and no file system.
package library

import (
	"context"
	"fmt"
	"sync"
	"time"

	"hearsay/server/transcript"
)

// Library is the use cases over one store.
type Library struct {
	Store Store
	// Probe reads a sound file. It is a field because reading sound is the work
	// of a room next door.
	Probe func(path string) (Sound, error)
	// IsAudio tells sound files by their name.
	IsAudio func(name string) bool
	Uploads Uploads
	// OnShelf reports whether a file of the shelf is where it was.
	OnShelf func(f File) bool

	writing   sync.Mutex // imports and edits, one after the other
	uploading sync.Mutex
}

// Store is everything that is kept. Its methods return an [Error] with the code
// [NotFound] where there is nothing, and change all or nothing.
type Store interface {
	Episodes
	Transcripts
	Files
	Changes
	Quotes
	Close() error
}

// Episodes keeps episodes by id. An id that an episode once had still finds it.
type Episodes interface {
	FindEpisode(ctx context.Context, id string) (Episode, error)
	// FindEpisodes lists episodes by show, then date, newest first, then title.
	// next is what to pass as After for the page behind this one, "" at the end.
	FindEpisodes(ctx context.Context, filter EpisodeFilter) (episodes []Episode, next string, err error)
	// SaveImport stores what one import brought, in one transaction.
	SaveImport(ctx context.Context, in Import) error
	// FindCover returns a picture and its media type.
	FindCover(ctx context.Context, id string) (cover []byte, mediaType string, err error)
	MarkMissing(ctx context.Context, id string, missing bool) error
	// RemoveEpisode deletes an episode with its transcripts, changes and files.
	RemoveEpisode(ctx context.Context, id string) error
}

// Transcripts keeps the text of episodes, a version for every import.
type Transcripts interface {
	// FindTranscript returns the newest version in a language; "" takes the
	// episode's own language, else the first there is.
	FindTranscript(ctx context.Context, episode, language string) (StoredTranscript, error)
}

// Files keeps what is known about files on the shelf, so that an unchanged one
// is not read again.
type Files interface {
	FindFiles(ctx context.Context, root string) ([]File, error)
	SaveFiles(ctx context.Context, files []File) error
	RemoveFiles(ctx context.Context, root string, paths []string) error
}

// Changes keeps what people alter, in order, on top of the import.
type Changes interface {
	// SaveEdit stores a change and what follows from it, in one transaction. It
	// fails with [Conflict] where the episode has a change of that nonce.
	SaveEdit(ctx context.Context, e Edit) (id int64, err error)
	FindChanges(ctx context.Context, episode string) ([]Change, error)
}

// Quotes finds remembered words.
type Quotes interface {
	Search(ctx context.Context, q Search) ([]Hit, error)
}

// Episode is one recording and what belongs to it.
type Episode struct {
	ID, Title, Show string
	Date            string // YYYY-MM-DD, "" if unknown
	Language        string // of the first transcript
	Spoken          string // language of the voice, "" if unknown
	DurationMs      transcript.Ms
	Audio           *Audio  // nil: there is no sound
	Found           []Audio // sound that a saved page names, to be confirmed; none where there is sound
	Source          string  // URL of the article
	Rights          string
	People          []string
	Chapters        []transcript.Chapter // from talk.yaml; they win over the transcript's
	Cover           string               // media type of the cover, "" if there is none
	Origin          Origin
	Missing         bool // its files have left the shelf
	Problems        []transcript.Problem
	Transcripts     []TranscriptInfo
}

// Origin says where an episode came from.
type Origin string

// Where episodes come from. Demo episodes are shown while there are no others.
const (
	FromShelf  Origin = "shelf"
	FromUpload Origin = "upload"
	FromDemo   Origin = "demo"
)

// Audio is the sound of an episode.
type Audio struct {
	Kind string // SoundFile, SoundURL, or that of one of Players
	Root string // of a file: the folder it lies in, by name
	Path string // of a file: relative to the root, with slashes
	URL  string // of all others
	Type string // media type
	// Problem says what is wrong with it, "" if nothing is.
	Problem    string
	Unplayable bool // browsers cannot play it, or it cannot be read
}

// Follows says how well a text follows the voice.
type Follows string

// From best to worst.
const (
	ByWord  Follows = "words"   // every word has its time
	ByLine  Follows = "lines"   // most lines have a known time
	Roughly Follows = "roughly" // most times are estimated
	ByText  Follows = "text"    // no times: it can be read
	NoText  Follows = "audio"   // no transcript yet
)

// TranscriptInfo is what a list needs to know of a transcript.
type TranscriptInfo struct {
	Language string
	Format   string
	Key      string // see StoredTranscript
	Lines    int
	Follows  Follows
	Changed  int64 // the last change made to it, 0 if there is none
	Guessed  bool  // Language was guessed from the text
}

// Version names what is served: another import or another change is another
// version.
func (t TranscriptInfo) Version() string {
	if t.Changed == 0 {
		return t.Key
	}
	return fmt.Sprintf("%s.%d", t.Key, t.Changed)
}

// StoredTranscript is one version of a transcript, as it was imported.
type StoredTranscript struct {
	TranscriptInfo
	Episode string
	Body    []byte // Hearsay JSON, without the changes
}

// EpisodeFilter narrows a list; zero fields do not.
type EpisodeFilter struct {
	Show  string
	After string // from the page before
	Limit int    // 0: all
}

// Import is what one import changes.
type Import struct {
	Episode     Episode
	FormerID    string // an id that shall find this episode too, "" for none
	Cover       []byte // nil: as it was
	Transcripts []NewTranscript
	// Languages are those that the episode's files hold now; transcripts in
	// others are left out of sight. nil: as it was.
	Languages []string
	// Relabel names the language that a transcript had and the one it has now;
	// its versions and changes go with it.
	Relabel [2]string
	Files   []File
	At      time.Time
}

// NewTranscript is a transcript on its way into the store.
type NewTranscript struct {
	StoredTranscript
	Source []byte                // the file as it came
	Text   transcript.Transcript // what Body says, with the changes, as it is heard
}

// File is a file on the shelf as it was last seen.
type File struct {
	Root, Path string // name of the root; path below it, with slashes
	Size       int64
	ModTime    time.Time
	Hash       string // of the content
	Episode    string
	Problem    string // why it could not be read, "" if it could
	Line       int    // where, 0 for the file as a whole
	Gone       bool   // it was there and is not any more
}

// Change is one thing that a person altered, see changes.go for the kinds.
type Change struct {
	ID       int64
	Episode  string
	Language string // of the transcript, "" where the episode itself was changed
	Kind     string
	Target   string // id of a segment, or of a change
	Before   string // JSON
	After    string // JSON
	Nonce    string // names the wish, "" if it has no name
	At       time.Time
}

// Edit is a change and what is served because of it.
type Edit struct {
	Change  Change
	Episode *Episode              // as it is now; nil: as it was
	Text    transcript.Transcript // as it is heard now
	Lines   []int                 // the lines of Text whose times or speakers are others than before
	Follows Follows               // of Text
}

// Search is a question to the quotes.
type Search struct {
	Text                   string
	Show, Speaker, Episode string // "" for all; Speaker is a name
	Limit                  int    // at most this many hits; 0 means 20
}

// Hit is one place where a quote was found.
type Hit struct {
	Episode, Title, Show string
	Language             string
	Other                bool   // the language is not the one the episode opens in
	Segment              string // id
	Line                 int    // its place in the transcript, from 0
	StartMs              transcript.Ms
	AtMs                 transcript.Ms // start of the first matched word; StartMs where words have no times
	Timing               transcript.Timing
	PlusMinusMs          transcript.Ms
	Speaker              string   // name
	Text, Before, After  string   // the line and its neighbours
	Marks                [][2]int // UTF-16 ranges of Text
	Exact                bool
	Score                float64 // 0 … 1
}

// Sound is what a sound file says of itself.
type Sound struct {
	DurationMs        transcript.Ms
	MediaType         string
	Problem           string // what is wrong with it, "" if nothing is
	Unplayable        bool   // browsers cannot play it
	Title, Show, Date string
	Cover             []byte
	CoverType         string
}
