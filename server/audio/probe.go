// Package audio reads sound files: how long they are, what they are called,
// and whether a browser can play them.
//
// Nothing that a file says about itself is trusted. Lengths are checked against
// the file before they are used, and where a format has no index the sound is
// counted instead of believing a header that promises a length.
package audio

import (
	"errors"
	"fmt"
	"os"

	"hearsay/server/transcript"
)

// Info is what a sound file says about itself.
type Info struct {
	DurationMs transcript.Ms // Unknown where the file does not tell
	MediaType  string        // by its content; the name only breaks ties
	Playable   bool          // the common browsers play it
	Problem    string        // what is wrong with it, one sentence, "" if nothing is
	Title      string
	Show       string // the tags' album
	Date       string // YYYY-MM-DD, or YYYY where the tags give no more
	Cover      []byte // a JPEG, PNG or WebP image, nil if there is none
	CoverType  string // its media type
}

// maxSeconds is the longest sound that is believed, 31 days. What claims to be
// longer has a length nobody knows.
const maxSeconds = 31 * 24 * 60 * 60

// Probe reads the file at path. It returns an error when the file cannot be
// read, is no sound file, or is damaged beyond use. Where something can still
// be played, what is wrong is the Problem instead, and a duration that cannot
// be told is Unknown.
func Probe(path string) (Info, error) {
	file, err := os.Open(path)
	if err != nil {
		return Info{}, err
	}
	defer file.Close()
	stat, err := file.Stat()
	if err != nil {
		return Info{}, err
	}
	if !stat.Mode().IsRegular() {
		return Info{}, errors.New("this is no file")
	}
	info, err := probe(&source{r: file, size: stat.Size()})
	if err != nil {
		return Info{}, err
	}
	addTags(&info, path)
	return info, nil
}

// sound is what the reader of a container found.
type sound struct {
	length     transcript.Ms
	mediaType  string
	unplayable string // the name of what browsers cannot play, "" where they can
	problem    string
}

// container is a way to store sound. Its reader is given where the file begins
// after the tags that may stand before anything.
type container struct {
	sniff func(head []byte) bool
	read  func(s *source, start int64) (sound, error)
}

// containers is every container, in the order in which they are asked. MP3
// stands last: it has no beginning to know it by.
var containers = []container{
	{isFLAC, readFLAC},
	{isOgg, readOgg},
	{isWAV, readWAV},
	{isMP4, readMP4},
	{isMatroska, readMatroska},
	{isUnplayable, readUnplayable},
	{isAAC, readAAC},
	{func([]byte) bool { return true }, readMP3},
}

// probe reads everything but the tags.
func probe(s *source) (Info, error) {
	if s.size == 0 {
		return Info{}, errors.New("the file is empty")
	}
	start := skipID3(s)
	var found sound
	var err error
	for _, c := range containers {
		if c.sniff(s.at(start, 64)) {
			found, err = c.read(s, start)
			break
		}
	}
	switch {
	case s.err != nil:
		return Info{}, s.err
	case err != nil:
		return Info{}, err
	case found.length == 0:
		return Info{}, errors.New("there is no sound in the file")
	}
	return found.info(), nil
}

// info words what was found.
func (f sound) info() Info {
	info := Info{
		DurationMs: f.length,
		MediaType:  f.mediaType,
		Playable:   f.unplayable == "",
		Problem:    f.problem,
	}
	switch {
	case !info.Playable:
		info.Problem = fmt.Sprintf("Browsers cannot play %s; convert it to MP3 or Opus.", f.unplayable)
	case info.Problem == "" && !info.DurationMs.Known():
		info.Problem = "The file does not say how long it is."
	}
	return info
}

// cutOff is the problem of a file that ends before its sound does.
const cutOff = "The file is cut off: the end of the sound is missing."

// span is the length of n units at so many of them a second, Unknown where that
// cannot be.
func span(n, rate uint64) transcript.Ms {
	if rate == 0 || rate > 1<<32 || n/rate > maxSeconds {
		return transcript.Unknown
	}
	return transcript.Ms((n*1000 + rate/2) / rate)
}
