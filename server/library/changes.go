package library

import (
	"encoding/json"
	"fmt"
	"strconv"

	"hearsay/server/transcript"
)

// The kinds of change. Those of a line have its segment's id as their target.
const (
	changeStart    = "start"    // when a line begins
	changeEnd      = "end"      // when a line ends and something begins that is not in the text
	changeUnspoken = "unspoken" // whether the voice says the line
	changeForget   = "forget"   // a start that was set is given up, whatever became of its line
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
	Timing   transcript.Timing `json:"timing,omitempty"` // before
	Text     string            `json:"text,omitempty"`   // before: finds the line again when the file has changed
	// Drop lists lines whose starts this one contradicts and that are not
	// believed any more.
	Drop []string `json:"drop,omitempty"`
	// From is the line that had this start before the file was changed.
	From string `json:"from,omitempty"`
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

// stand is what people have said about a line.
type stand struct {
	text     string // of the line, when its start was set
	start    transcript.Ms
	hasStart bool // a start was set, or taken away (Unknown)
	end      transcript.Ms
	unspoken *bool
}

// stands sums up the changes that count, by segment.
func (h history) stands() (map[string]*stand, error) {
	all := make(map[string]*stand)
	of := func(id string) *stand {
		if all[id] == nil {
			all[id] = &stand{start: transcript.Unknown, end: transcript.Unknown}
		}
		return all[id]
	}
	for _, c := range h.standing {
		var before, after lineChange
		for _, f := range []struct {
			text string
			into *lineChange
		}{{c.Before, &before}, {c.After, &after}} {
			if err := json.Unmarshal([]byte(f.text), f.into); err != nil {
				return nil, fmt.Errorf("change %d: %w", c.ID, err)
			}
		}
		s := of(c.Target)
		switch c.Kind {
		case changeStart:
			if after.From != "" {
				of(after.From).hasStart = false
			}
			for _, id := range after.Drop {
				d := of(id)
				d.start, d.hasStart = transcript.Unknown, true
			}
			s.start, s.hasStart, s.text = transcript.OrUnknown(after.StartMs), true, before.Text
			if after.StartMs != nil {
				s.unspoken = new(bool) // whoever times it has heard it
			}
		case changeEnd:
			s.end = transcript.OrUnknown(after.EndMs)
		case changeUnspoken:
			s.unspoken = &after.Unspoken
		case changeForget:
			s.hasStart = false
		default:
			return nil, fmt.Errorf("change %d is of a kind %q that is not known: it was made by a newer Hearsay", c.ID, c.Kind)
		}
	}
	return all, nil
}
