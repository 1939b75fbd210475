package library

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"hearsay/server/transcript"
)

// The kinds of change. Those of a line have its segment's id as their target,
// those of a whole transcript have none. Times are the text's own, whatever
// shift was in force; people are recorded by name, for another import may give
// them other ids.
const (
	changeStart    = "start"    // when a line begins
	changeEnd      = "end"      // when a line ends and something begins that is not in the text
	changeUnspoken = "unspoken" // whether the voice says the line
	changeForget   = "forget"   // a start that was set is given up, whatever became of its line
	changeSpeaker  = "speaker"  // who says a line
	changeNames    = "names"    // what people are called, in the whole transcript
	changeShift    = "shift"    // how the times of the text and of the sound differ
	changeUndo     = "undo"     // the target is a change that counts no more
	changeRedo     = "redo"     // the target is a change that was undone and counts again
	changeEpisode  = "episode"  // where its sound is, the language of the voice
)

// lineChange is what Before and After say about a line; each kind has its own
// fields.
type lineChange struct {
	StartMs  *transcript.Ms    `json:"startMs,omitempty"` // nil: it is worked out
	EndMs    *transcript.Ms    `json:"endMs,omitempty"`   // nil: until the next line begins
	Unspoken bool              `json:"unspoken,omitempty"`
	Timing   transcript.Timing `json:"timing,omitempty"`  // before
	Text     string            `json:"text,omitempty"`    // before: finds the line again when the file has changed
	Speaker  *string           `json:"speaker,omitempty"` // a name; "": nobody
	// Drop lists lines whose starts this one contradicts and that are not
	// believed any more.
	Drop []string `json:"drop,omitempty"`
	// From is the line that had this start before the file was changed.
	From string `json:"from,omitempty"`
}

// textChange is what Before and After say about a whole transcript; each kind
// has its own field.
type textChange struct {
	Shift transcript.Shift  `json:"shift,omitempty"` // all of it
	Names map[string]string `json:"names,omitempty"` // after: the new ones by the old ones
}

// episodeChange is what Before and After say about an episode; what is nil
// stays as it was.
type episodeChange struct {
	Audio  *string `json:"audio,omitempty"` // an address; "": that which the files name, and none of those found
	Spoken *string `json:"spoken,omitempty"`
}

// changeEpisodeBy puts what people have said about an episode on top of what
// its files say. A sound file of its own stays. It returns the address of the
// sound that a person chose, "" where none is.
func changeEpisodeBy(ep *Episode, changes []Change) (chosen string) {
	named := ep.Audio
	for _, c := range changes {
		var after episodeChange
		if c.Kind != changeEpisode || json.Unmarshal([]byte(c.After), &after) != nil {
			continue
		}
		if after.Spoken != nil {
			ep.Spoken = *after.Spoken
		}
		if after.Audio == nil || named != nil && named.Kind == SoundFile {
			continue
		}
		ep.Audio, ep.Found, chosen = named, nil, "" // what was asked has been answered
		if a, err := soundAt(*after.Audio); err == nil {
			ep.Audio, chosen = a, *after.Audio
		}
	}
	return chosen
}

// namedSound is the sound that the files named before anybody chose another.
func namedSound(ep Episode, changes []Change) *Audio {
	for _, c := range changes {
		var before episodeChange
		if c.Kind != changeEpisode || json.Unmarshal([]byte(c.Before), &before) != nil || before.Audio == nil {
			continue
		}
		if a, err := soundAt(*before.Audio); err == nil {
			return a
		}
		return nil
	}
	return ep.Audio
}

// history is the changes of one transcript, sorted by what counts.
type history struct {
	standing []Change // in order
	undone   []Change // what redo would bring back, the next one last
}

// replay walks through the changes of an episode and keeps those of one
// transcript. A new change ends what could be redone.
func replay(changes []Change, language string) history {
	var h history
	for _, c := range changes {
		if c.Language != language || c.Kind == changeEpisode {
			continue
		}
		switch c.Kind {
		case changeUndo:
			h.standing, h.undone = moveLast(h.standing, h.undone, c.Target)
		case changeRedo:
			h.undone, h.standing = moveLast(h.undone, h.standing, c.Target)
		default:
			h.standing, h.undone = append(h.standing, c), nil
		}
	}
	return h
}

// moveLast moves a change from the end of one list to that of another.
func moveLast(from, to []Change, id string) (rest, grown []Change) {
	n := len(from) - 1
	if n < 0 || strconv.FormatInt(from[n].ID, 10) != id {
		return from, to
	}
	return from[:n], append(to, from[n])
}

// said is what people have said about a transcript.
type said struct {
	lines map[string]*stand   // by segment
	names []map[string]string // new names by old ones, to be followed in order
	added []string            // names that lines were given, in order
	shift transcript.Shift
}

// stand is what people have said about a line.
type stand struct {
	text     string // of the line, when its start was set
	start    transcript.Ms
	hasStart bool // a start was set, or taken away (Unknown)
	end      transcript.Ms
	unspoken *bool
	speaker  *string // a name; "": nobody
}

// sum sums up the changes that count.
func (h history) sum() (said, error) {
	s := said{lines: make(map[string]*stand)}
	for _, c := range h.standing {
		var err error
		switch c.Kind {
		case changeNames, changeShift:
			err = s.takeText(c)
		case changeStart, changeEnd, changeUnspoken, changeForget, changeSpeaker:
			err = s.takeLine(c)
		default:
			return s, fmt.Errorf("change %d is of a kind %q that is not known: it was made by a newer Hearsay", c.ID, c.Kind)
		}
		if err != nil {
			return s, fmt.Errorf("change %d: %w", c.ID, err)
		}
	}
	return s, nil
}

func (s *said) takeText(c Change) error {
	var after textChange
	if err := json.Unmarshal([]byte(c.After), &after); err != nil {
		return err
	}
	if c.Kind == changeShift {
		s.shift = after.Shift
		return nil
	}
	s.rename(after.Names)
	return nil
}

// of returns what was said about a line so far.
func (s *said) of(segment string) *stand {
	if s.lines[segment] == nil {
		s.lines[segment] = &stand{start: transcript.Unknown, end: transcript.Unknown}
	}
	return s.lines[segment]
}

func (s *said) takeLine(c Change) error {
	var before, after lineChange
	if err := errors.Join(json.Unmarshal([]byte(c.Before), &before), json.Unmarshal([]byte(c.After), &after)); err != nil {
		return err
	}
	l := s.of(c.Target)
	switch c.Kind {
	case changeStart:
		if after.From != "" {
			s.of(after.From).hasStart = false
		}
		for _, id := range after.Drop {
			d := s.of(id)
			d.start, d.hasStart = transcript.Unknown, true
		}
		l.start, l.hasStart, l.text = transcript.OrUnknown(after.StartMs), true, before.Text
		if after.StartMs != nil {
			l.unspoken = new(bool) // whoever times it has heard it
		}
	case changeEnd:
		l.end = transcript.OrUnknown(after.EndMs)
	case changeUnspoken:
		l.unspoken = &after.Unspoken
	case changeForget:
		l.hasStart = false
	case changeSpeaker:
		s.assign(l, after.Speaker)
	}
	return nil
}
