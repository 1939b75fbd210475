package library

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"hearsay/server/transcript"
)

// Wish is what a person wants of a line; exactly one of its first five fields
// is set. Times are those at which it is heard; Unknown takes one away.
type Wish struct {
	StartMs  *transcript.Ms // it begins there
	EndMs    *transcript.Ms // it ends there, and something begins that is not in the text
	Unspoken *bool          // the voice does not say it
	Speaker  *string        // who says it: the id of a speaker, else a name; "" for nobody
	Forget   bool           // a start that was set for it is given up, also where the line is gone

	Believe bool   // of StartMs: starts that contradict it are not believed any more
	From    string // of StartMs: the line that had it before the file was changed
	Nonce   string // names the wish: one sent twice counts once
}

// Contradiction is the error of a start that comes before that of an earlier
// line, or after that of a later one. Somebody has to say which to believe.
type Contradiction struct {
	Err   *Error
	Lines []int // those it contradicts, from 0, in order
}

func (c *Contradiction) Error() string { return c.Err.Error() }

func (c *Contradiction) Unwrap() error { return c.Err }

// ChangeLine alters a line of an episode's transcript and returns what stands
// then. A wish that has been granted already changes nothing.
func (l *Library) ChangeLine(ctx context.Context, episode, language, segment string, w Wish) (Reading, error) {
	return l.edit(ctx, episode, language, w.Nonce, func(e *editing) (Change, error) {
		return e.grant(segment, w)
	})
}

// TextWish is what a person wants of a whole transcript; exactly one of its
// first two fields is set.
type TextWish struct {
	Shift    *transcript.Shift // how the times of the text and of the sound differ, all of it; empty: not at all
	Speakers map[string]string // new names by id; those of one name become one
	Nonce    string            // names the wish: one sent twice counts once
}

// ChangeText alters a whole transcript and returns what stands then.
func (l *Library) ChangeText(ctx context.Context, episode, language string, w TextWish) (Reading, error) {
	return l.edit(ctx, episode, language, w.Nonce, func(e *editing) (Change, error) {
		switch {
		case (w.Shift == nil) == (len(w.Speakers) == 0):
			return Change{}, Errorf(Invalid, "Say what shall change, one thing at a time: shift or speakers.")
		case w.Shift != nil:
			return e.grantShift(*w.Shift)
		}
		return e.grantNames(w.Speakers)
	})
}

// grantShift turns a shift into a change, or says which of its points is wrong.
func (e *editing) grantShift(shift transcript.Shift) (Change, error) {
	if err := shift.Check(); err != nil {
		return Change{}, Errorf(Invalid, "shift: %s.", err)
	}
	if slices.Equal(shift, e.reading.Shift) {
		return Change{}, nil
	}
	return Change{Kind: changeShift, Before: mustJSON(textChange{Shift: e.reading.Shift}), After: mustJSON(textChange{Shift: shift})}, nil
}

// Undo takes back the last change that counts. Undoing is a change too: what
// was done stays on record.
func (l *Library) Undo(ctx context.Context, episode, language, nonce string) (Reading, error) {
	return l.edit(ctx, episode, language, nonce, func(e *editing) (Change, error) {
		return lastOf(changeUndo, e.history.standing, "There is nothing to undo.")
	})
}

// Redo brings back what was undone last.
func (l *Library) Redo(ctx context.Context, episode, language, nonce string) (Reading, error) {
	return l.edit(ctx, episode, language, nonce, func(e *editing) (Change, error) {
		return lastOf(changeRedo, e.history.undone, "There is nothing to redo.")
	})
}

func lastOf(kind string, changes []Change, none string) (Change, error) {
	if len(changes) == 0 {
		return Change{}, &Error{Code: Conflict, Message: none, Format: none}
	}
	return Change{Kind: kind, Target: strconv.FormatInt(changes[len(changes)-1].ID, 10), Before: "{}", After: "{}"}, nil
}

// EpisodeWish is what a person wants of an episode; nil fields stay.
type EpisodeWish struct {
	Audio  *string // address of its sound; "": that which its files name, and none of those found
	Spoken *string // language of the voice, "" if that is unknown
}

// ChangeEpisode alters an episode and returns it as it is then.
func (l *Library) ChangeEpisode(ctx context.Context, id string, w EpisodeWish) (Episode, error) {
	l.writing.Lock()
	defer l.writing.Unlock()
	ep, err := l.Store.FindEpisode(ctx, id)
	if err != nil {
		return ep, err
	}
	changes, err := l.Store.FindChanges(ctx, ep.ID)
	if err != nil {
		return ep, err
	}
	if w.Spoken, err = checkWish(ep, w); err != nil {
		return ep, err
	}
	before := episodeChange{Spoken: &ep.Spoken}
	if w.Audio != nil {
		before.Audio = new(string)
		if ep.Audio != nil {
			*before.Audio = ep.Audio.URL
		}
	}
	c := Change{Episode: ep.ID, Kind: changeEpisode, Before: mustJSON(before), After: mustJSON(episodeChange(w)), At: time.Now()}
	next := ep
	next.Audio = namedSound(ep, changes)
	changeEpisodeBy(&next, append(changes, c))
	if _, err := l.Store.SaveEdit(ctx, Edit{Change: c, Episode: &next}); err != nil {
		return ep, err
	}
	return l.Store.FindEpisode(ctx, ep.ID)
}

// checkWish returns the language that is wished for in its usual form.
func checkWish(ep Episode, w EpisodeWish) (spoken *string, err error) {
	if w.Audio == nil && w.Spoken == nil {
		return nil, Errorf(Invalid, "Say what shall change: audio or spoken.")
	}
	if w.Audio != nil {
		if _, err := soundAt(*w.Audio); *w.Audio != "" && err != nil {
			return nil, err
		}
		if ep.Audio != nil && ep.Audio.Kind == SoundFile {
			return nil, Errorf(Conflict, "The sound of %q is a file here, which is used before any address.", ep.Title)
		}
	}
	if w.Spoken == nil {
		return nil, nil
	}
	tag, err := checkLanguage(*w.Spoken)
	return &tag, err
}

// editing is a transcript while it is being changed.
type editing struct {
	episode  Episode
	imported transcript.Transcript
	changes  []Change
	history  history
	reading  Reading // before
}

// edit makes one change to a transcript, one at a time.
func (l *Library) edit(ctx context.Context, episode, language, nonce string, decide func(*editing) (Change, error)) (Reading, error) {
	l.writing.Lock()
	defer l.writing.Unlock()
	ep, err := l.Store.FindEpisode(ctx, episode)
	if err != nil {
		return Reading{}, err
	}
	e := editing{episode: ep}
	if e.reading.TranscriptInfo, e.imported, err = l.load(ctx, ep.ID, language); err != nil {
		return Reading{}, err
	}
	if e.changes, err = l.Store.FindChanges(ctx, ep.ID); err != nil {
		return Reading{}, err
	}
	e.history = replay(e.changes, e.reading.Language)
	if err := e.reading.take(e.imported, e.history, ep.DurationMs); err != nil {
		return Reading{}, err
	}
	if nonce != "" && slices.ContainsFunc(e.changes, func(c Change) bool { return c.Nonce == nonce }) {
		return e.reading, nil
	}
	c, err := decide(&e)
	if err != nil {
		return Reading{}, err
	}
	if c.Kind == "" { // it is so already
		return e.reading, nil
	}
	c.Episode, c.Language, c.Nonce, c.At = ep.ID, e.reading.Language, nonce, time.Now()
	return l.saveEdit(ctx, e, c)
}

// saveEdit stores a change with the lines that are others because of it, and
// returns what stands then.
func (l *Library) saveEdit(ctx context.Context, e editing, c Change) (Reading, error) {
	after := Reading{TranscriptInfo: e.reading.TranscriptInfo}
	if err := after.take(e.imported, replay(append(e.changes, c), c.Language), e.episode.DurationMs); err != nil {
		return Reading{}, err
	}
	heard := after.Heard()
	was, is := e.reading.Text, after.Text
	if !slices.Equal(e.reading.Shift, after.Shift) { // else the text's own times tell as much
		was, is = e.reading.Heard(), heard
	}
	after.Follows = follows(heard.Segments)
	var err error
	after.Changed, err = l.Store.SaveEdit(ctx, Edit{
		Change: c, Text: heard, Lines: altered(was, is), Follows: after.Follows,
	})
	return after, err
}

// altered lists the lines whose times or speakers are others.
func altered(before, after transcript.Transcript) []int {
	was, is := before.Names(), after.Names()
	var lines []int
	for i, b := range after.Segments {
		a := before.Segments[i]
		if a.StartMs != b.StartMs || a.Timing != b.Timing || a.PlusMinusMs != b.PlusMinusMs || was[a.Speaker] != is[b.Speaker] || !slices.Equal(a.Words, b.Words) {
			lines = append(lines, i)
		}
	}
	return lines
}

// grant turns a wish into a change, or says why it cannot be granted.
func (e *editing) grant(segment string, w Wish) (Change, error) {
	if n := w.count(); n != 1 {
		return Change{}, Errorf(Invalid, "Say what shall change, one thing at a time: startMs, endMs, unspoken, speaker or forget.")
	}
	segments := e.reading.Text.Segments
	i := slices.IndexFunc(segments, func(s transcript.Segment) bool { return s.ID == segment })
	if i < 0 && !w.Forget {
		return Change{}, Errorf(NotFound, "This line is not in the text any more: its file has changed. Reload the page.")
	}
	c := Change{Target: segment}
	var before, after lineChange
	if i >= 0 {
		s := segments[i]
		before = lineChange{StartMs: s.StartMs.OrNil(), EndMs: s.EndMs.OrNil(), Unspoken: s.Unspoken, Timing: s.Timing, Text: s.Text}
	}
	var err error
	for _, ms := range []**transcript.Ms{&w.StartMs, &w.EndMs} {
		if *ms, err = e.own(*ms); err != nil {
			return c, err
		}
	}
	switch {
	case w.StartMs != nil:
		c.Kind, after.StartMs, after.From = changeStart, w.StartMs.OrNil(), w.From
		after.Drop, err = e.checkStart(i, *w.StartMs, w.Believe)
	case w.EndMs != nil:
		c.Kind, after.EndMs = changeEnd, w.EndMs.OrNil()
		err = e.checkEnd(i, *w.EndMs)
	case w.Unspoken != nil:
		c.Kind, after.Unspoken = changeUnspoken, *w.Unspoken
	case w.Speaker != nil:
		return e.grantSpeaker(segments[i], *w.Speaker)
	case w.Forget:
		c.Kind = changeForget
		err = e.checkForget(segment)
	}
	c.Before, c.After = mustJSON(before), mustJSON(after)
	return c, err
}

// count says how many things are wished for.
func (w Wish) count() (n int) {
	for _, wanted := range []bool{w.StartMs != nil, w.EndMs != nil, w.Unspoken != nil, w.Speaker != nil, w.Forget} {
		if wanted {
			n++
		}
	}
	return n
}

// checkForget refuses to give up what nobody set.
func (e *editing) checkForget(segment string) error {
	said, err := e.history.sum()
	if s := said.lines[segment]; err == nil && (s == nil || !s.hasStart || !s.start.Known()) {
		err = Errorf(NotFound, "No start was set for this line, so there is none to forget.")
	}
	return err
}

// mustJSON writes values that cannot fail to be written: plain structs.
func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// maxMs bounds the times that are taken: no sound lasts for weeks.
const maxMs = transcript.Ms(30 * 24 * time.Hour / time.Millisecond)

// own turns the time of a wish into the text's own; nil stays nil.
func (e *editing) own(heard *transcript.Ms) (*transcript.Ms, error) {
	if heard == nil {
		return nil, nil
	}
	end := maxMs
	if e.episode.DurationMs.Known() {
		end = e.episode.DurationMs
	}
	if *heard > end {
		return nil, Errorf(Invalid, "%s is after the end of the sound, %s.", heard.Timestamp(), end.Timestamp())
	}
	ms := e.reading.Shift.Own(*heard)
	return &ms, nil
}

// clock writes one of the text's own times as people hear it.
func (e *editing) clock(ms transcript.Ms) string { return e.reading.Shift.Place(ms).Timestamp() }

// checkStart looks for known starts that a start contradicts. If it is to be
// believed nevertheless, it returns the lines that are not believed any more.
func (e *editing) checkStart(i int, start transcript.Ms, believe bool) (drop []string, err error) {
	if !start.Known() {
		return nil, nil
	}
	var against []int
	at := transcript.Unknown // what the first of them says
	segments := e.reading.Text.Segments
	for j, s := range segments {
		ms, byStart := contradicted(s, j, i, start)
		if !ms.Known() {
			continue
		}
		if against = append(against, j); !at.Known() {
			at = ms
		}
		if byStart { // a mark stays in the text, and is not used where it contradicts
			drop = append(drop, s.ID)
		}
	}
	if len(against) == 0 || believe {
		return drop, nil
	}
	other := []any{e.clock(start), e.clock(at), firstWords(segments[against[0]].Text)}
	refusal := Errorf(Conflict, "At %s this line would be out of order: an earlier line is spoken only at %s (“%s”). Which is right?", other...)
	if against[0] >= i {
		refusal = Errorf(Conflict, "At %s this line would be out of order: what follows is spoken already at %s (“%s”). Which is right?", other...)
	}
	return nil, &Contradiction{Lines: against, Err: refusal}
}

// contradicted returns the time of line j, s, which a start of line i
// contradicts, and whether it is the line's own start or that of a mark inside
// it; Unknown where nothing does.
func contradicted(s transcript.Segment, j, i int, start transcript.Ms) (ms transcript.Ms, byStart bool) {
	early := func(ms transcript.Ms) bool { return j < i && ms > start || j > i && ms < start }
	if s.IsSure() && early(s.StartMs) {
		return s.StartMs, true
	}
	for _, a := range s.Anchors {
		if !s.Unspoken && a.AtMs.Known() && (early(a.AtMs) || j == i && a.AtMs < start) {
			return a.AtMs, false
		}
	}
	return transcript.Unknown, false
}

// checkEnd refuses ends that the starts around them forbid.
func (e *editing) checkEnd(i int, end transcript.Ms) error {
	if !end.Known() {
		return nil
	}
	segments := e.reading.Text.Segments
	if s := segments[i]; s.IsSure() && s.StartMs >= end {
		return Errorf(Invalid, "The line begins at %s, so it cannot end at %s.", e.clock(s.StartMs), e.clock(end))
	}
	for _, s := range segments[i+1:] {
		if s.IsSure() && s.StartMs < end {
			return Errorf(Invalid, "A later line begins already at %s: go to the line that is spoken before %s.", e.clock(s.StartMs), e.clock(end))
		}
	}
	return nil
}

// firstWords is the beginning of a text, enough to know it by.
func firstWords(text string) string {
	const enough = 40
	for i, n := range []rune(text) {
		if i >= enough && n == ' ' {
			return string([]rune(text)[:i]) + " …"
		}
	}
	return text
}
