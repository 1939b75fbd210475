package library

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/server/transcript"
)

// rename calls people by new names, all at once: two may change theirs. It goes
// for the lines that were given to somebody so far, not for later ones.
func (s *said) rename(names map[string]string) {
	s.names = append(s.names, names)
	for _, l := range s.lines {
		if l.speaker != nil {
			l.speaker = new(renamed(*l.speaker, names))
		}
	}
	for i, name := range s.added {
		s.added[i] = renamed(name, names)
	}
}

func renamed(name string, names map[string]string) string {
	if now, ok := names[name]; ok {
		return now
	}
	return name
}

// assign gives a line to somebody.
func (s *said) assign(l *stand, name *string) {
	if l.speaker = name; name != nil && *name != "" && !slices.Contains(s.added, *name) {
		s.added = append(s.added, *name)
	}
}

// name puts what was said about the speakers on top of an import. Those who
// have one name are one; who says no line is left out. The lines are t's own.
func (s *said) name(t *transcript.Transcript) {
	if len(s.names) == 0 && !s.assigned() {
		return
	}
	people := t.Names()
	ids := make(map[string]string) // by name
	now := map[string]string{"": ""}
	all := make([]transcript.Speaker, 0, len(t.Speakers)+len(s.added))
	join := func(p transcript.Speaker) {
		if _, there := ids[p.Name]; !there {
			ids[p.Name], all = p.ID, append(all, p)
		}
		now[p.ID] = ids[p.Name]
	}
	for _, p := range t.Speakers {
		for _, names := range s.names {
			p.Name = renamed(p.Name, names)
		}
		join(p)
	}
	for n := 1; len(s.added) > 0; n++ {
		id := fmt.Sprint("s", n)
		if _, taken := people[id]; !taken {
			join(transcript.Speaker{ID: id, Name: s.added[0]})
			s.added = s.added[1:]
		}
	}
	ids[""] = ""
	speaks := make(map[string]bool)
	for i := range t.Segments {
		l := &t.Segments[i]
		l.Speaker = now[l.Speaker]
		if st := s.lines[l.ID]; st != nil && st.speaker != nil {
			l.Speaker = ids[*st.speaker]
		}
		speaks[l.Speaker] = true
	}
	t.Speakers = slices.DeleteFunc(all, func(p transcript.Speaker) bool { return !speaks[p.ID] })
}

// assigned reports whether a line was given to somebody, or taken from all.
func (s *said) assigned() bool {
	for _, l := range s.lines {
		if l.speaker != nil {
			return true
		}
	}
	return false
}

// grantNames turns new names, by speaker, into a change.
func (e *editing) grantNames(wanted map[string]string) (Change, error) {
	now := e.reading.Text.Names()
	names := make(map[string]string)
	for id, name := range wanted {
		old, ok := now[id]
		if !ok {
			return Change{}, Errorf(NotFound, "speakers: there is no %q in this text any more. Reload the page.", id)
		}
		name, err := cleanName(name)
		if err != nil {
			return Change{}, Errorf(Invalid, "speakers: the name of %s %s.", id, err)
		}
		if name == "" {
			return Change{}, Errorf(Invalid, "speakers: the name of %s is empty. Write one, or give the lines to somebody else.", id)
		}
		if name != old {
			names[old] = name
		}
	}
	if len(names) == 0 {
		return Change{}, nil
	}
	return Change{Kind: changeNames, Before: "{}", After: mustJSON(textChange{Names: names})}, nil
}

// grantSpeaker turns who says a line, an id or a name, into a change.
func (e *editing) grantSpeaker(line transcript.Segment, who string) (Change, error) {
	names := e.reading.Text.Names()
	before := names[line.Speaker]
	name, ok := names[who]
	if !ok {
		var err error
		if name, err = cleanName(who); err != nil {
			return Change{}, Errorf(Invalid, "speaker: the name %s.", err)
		}
	}
	if name == before {
		return Change{}, nil
	}
	return Change{Kind: changeSpeaker, Target: line.ID,
		Before: mustJSON(lineChange{Speaker: &before, Text: line.Text}), After: mustJSON(lineChange{Speaker: &name})}, nil
}

const maxName = 100 // characters

// cleanName tidies a name that was typed, or says what is wrong with it.
func cleanName(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if n := utf8.RuneCountInString(name); n > maxName {
		return "", fmt.Errorf("has %d characters, and at most %d are taken", n, maxName)
	}
	if strings.ContainsFunc(name, unicode.IsControl) {
		return "", fmt.Errorf("holds characters that are no text")
	}
	return name, nil
}
