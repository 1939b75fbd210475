package web

import (
	"html/template"
	"iter"
	"slices"
	"strings"

	"hearsay/server/transcript"
)

// What the templates in static/*.html are given. They are the only copy of the
// markup; here is the only place that says what they may use.
//
// Functions: {{t "key"}} gives an interface word from static/words/LANGUAGE.json,
// with {{t "key" a b}} filling {0} and {1}; {{clock ms}} writes 00:02:11.

// frame is what every page has.
type frame struct {
	static   *staticFiles
	set      *pageSet
	Base     string   // path prefix, "" or "/hearsay"; every link begins with it
	Lang     string   // language of the interface
	SignedIn bool     // may write
	Sheets   []string // its style sheets, static/css/<name>.css
	Custom   bool     // the self-hoster has a style sheet: {{.Base}}/custom.css
	Version  string   // of the static files, for their URLs: {{.Base}}/static/{{.Version}}/css/app.css
}

// shelfPage is index.html.
type shelfPage struct {
	frame
	Query    string // ?q=, so that a search can be linked and works without scripts
	Hits     []hitView
	Blank    hitView // stays empty: the mould in <template> that the script fills
	Searched bool
	Episodes []episodeView
	Problems []problemView // files that could not be read
	Warning  string        // the shelf as a whole: cannot be read, lost half its files
	Demo     bool          // the shelf is empty, the demo is shown
}

// episodeView is an episode as the shelf lists it.
type episodeView struct {
	ID, URL, Title, Show string
	Date                 string // YYYY-MM-DD, "" if unknown
	DateText             string // 12 March 2024
	Length               string // 41 min, 1 h 12, "" if unknown
	Follows              string // how well the text follows the voice: words, lines, roughly, text, audio (no text yet)
	Languages            string // "English voice, French text", "" where there is nothing to say
	Cover                string // URL, "" if there is none
	Missing              bool   // its file has left the shelf
	Problems             []string
}

// problemView is a file that could not be read.
type problemView struct {
	Path, Text string
}

// hitView is one place where a quote was found.
type hitView struct {
	URL, Title, Speaker, Timestamp string
	Timing                         transcript.Timing
	Before, After                  string // the line before and the line after, for context
	Parts                          []markedPart
	Exact                          bool
}

// markedPart is a piece of a line; Marked pieces matched the query.
type markedPart struct {
	Text   string
	Marked bool
}

// episodePage is episode.html.
type episodePage struct {
	frame
	episodeView
	Hash         string // of the transcript version; changes when the text does
	TimesURL     string // the timing of every line and word, see times.go; "" without a transcript
	DurationMs   transcript.Ms
	Audio        *audioView  // nil: there is no sound
	Found        []audioView // named by the saved page, for who may confirm one: Kind, URL and Name
	Language     string      // of the text, for lang=
	Guessed      string      // the language's name, where it was guessed from the text
	Choices      []choiceView
	Introduction []string // paragraphs
	Afterword    []string
	Chapters     []transcript.Chapter // in order, StartMs known or Unknown
	// Body is the transcript, rendered from the template "lines" once a version
	// and kept; it is nil where there is no text yet.
	Body    template.HTML
	Exports []exportView
	Repairs []transcript.Problem
	Source  string // URL of the article, http or https
	Rights  string
	People  []string
	// Removable: who has signed in may remove it; while its files are on the
	// shelf it would come back.
	Removable bool
}

// fromRight lists the languages that are written from the right: their names
// hang there, and the marks at the left.
var fromRight = []string{"ar", "dv", "fa", "he", "ps", "ur", "yi"}

// FromRight reports whether the text begins at the right.
func (p episodePage) FromRight() bool {
	base, _, _ := strings.Cut(p.Language, "-")
	return slices.Contains(fromRight, base)
}

// audioView is the sound of an episode.
type audioView struct {
	Kind string // file, url, or that of somebody else's player: soundcloud
	URL  string
	Type string // media type, for <source type>
	// Of somebody else's player: the address of its frame, who they are, and the
	// host that the frame is loaded from. "" where the page plays the sound itself.
	Frame, Name, Host string
	// Unplayable: a player would only fail; Problem says why.
	Unplayable bool
	Problem    string // what is wrong with it, "" if nothing is
}

// Address is the URL as people read it.
func (a audioView) Address() string {
	_, address, _ := strings.Cut(a.URL, "://")
	return address
}

// Track is the number in an address that is for programs; "" in any other.
func (a audioView) Track() string {
	number, ok := strings.CutPrefix(a.Address(), "api.soundcloud.com/tracks/")
	if !ok || strings.Trim(number, "0123456789") != "" {
		return ""
	}
	return number
}

// choiceView is one of several transcripts.
type choiceView struct {
	Language, Name, URL string
	Current             bool
}

// speakerView is a speaker with a colour number, 1–6, that stays theirs.
type speakerView struct {
	ID, Name string
	Hue      int
}

// exportView is one form to take the transcript along.
type exportView struct {
	Name, URL string
}

// linesView is what the template "lines" is given: sections of about sixteen
// lines, so that the browser can leave out those nobody looks at, in stretches
// of some twenty, so that it need not look after hundreds of them.
type linesView struct {
	Language  string
	ShowNames bool // false where there is one speaker or none
	Sections  []sectionView
}

// Stretches are the sections, some at a time.
func (v linesView) Stretches() iter.Seq[[]sectionView] {
	return slices.Chunk(v.Sections, stretchSections)
}

type sectionView struct {
	Blocks []blockView
}

// blockView is a chapter heading or a turn; exactly one of them is set.
type blockView struct {
	Chapter *chapterView
	Turn    *turnView
}

type chapterView struct {
	Title   string
	StartMs transcript.Ms // Unknown: no time
}

// turnView is a run of lines by one speaker. A turn that goes over the end of a
// section goes on in the next with Continued set, and its name is not shown twice.
type turnView struct {
	Speaker   speakerView // Name "" if nobody is named
	Continued bool
	Start     string // 00:02:11, "" if unknown
	Timing    transcript.Timing
	Lines     []lineView
}

// lineView is one segment.
type lineView struct {
	Index       int // 0, 1, … over the whole transcript: data-line
	ID          string
	StartMs     transcript.Ms
	Start       string // 00:02:11, "" if unknown
	Timing      transcript.Timing
	PlusMinusMs transcript.Ms
	Parts       []linePart
}

// linePart is a piece of a line's text: words as they are, or a mark such as
// [crosstalk 00:02:11] that is shown as a small annotation. Together the parts
// are the whole text.
type linePart struct {
	Text   string
	Anchor bool
}
