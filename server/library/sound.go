package library

import (
	"net/url"
	"slices"

	"hearsay/server/transcript"
)

// The kinds of sound; the others are those of [Players].
const (
	SoundFile = "file" // it lies in one of our folders
	SoundURL  = "url"  // a plain sound file elsewhere
)

// Player is somebody else's player, which plays what they host in a frame of
// its own. A new one is one more file like soundcloud.go, one more line in
// [Players], and its protocol in static/js/io.
type Player struct {
	Kind string // of the sound it plays, and of the script that speaks to it
	Name string // as people call it
	Host string // what the frame is loaded from; it learns who listens
	// Track reads an address, of a page or of a frame: the address of the sound
	// in its one usual form, false if it is none of theirs. An error says what is
	// wrong with an address that is theirs and cannot be played.
	Track func(address *url.URL) (track string, ok bool, err error)
	// Frame is the address of the player with a track in it, not yet playing.
	Frame func(track string) string
}

// Players are the players of others that are known, in the order they are asked.
var Players = []Player{soundCloud}

// PlayerOf returns the player of a kind of sound; none plays files and URLs.
func PlayerOf(kind string) (Player, bool) {
	for _, p := range Players {
		if p.Kind == kind {
			return p, true
		}
	}
	return Player{}, false
}

// soundAt tells what kind of sound an address leads to.
func soundAt(address string) (*Audio, error) {
	if err := checkURL(address); err != nil {
		return nil, err
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	for _, p := range Players {
		if track, ok, err := p.Track(u); err != nil {
			return nil, err
		} else if ok {
			return &Audio{Kind: p.Kind, URL: track}, nil
		}
	}
	return &Audio{Kind: SoundURL, URL: address}, nil
}

// soundsFound keeps of what a page names what can be played: tracks of the
// known players and, outside of frames, sound files.
func soundsFound(found []transcript.Found) []Audio {
	var sounds []Audio
	for _, f := range found {
		a, err := soundAt(f.Address)
		if err != nil || f.Frame && a.Kind == SoundURL || slices.Contains(sounds, *a) {
			continue
		}
		sounds = append(sounds, *a)
	}
	return sounds
}
