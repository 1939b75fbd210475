package codec

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"hearsay/server/transcript"
)

// Decode reads a source in whatever format it is in: the content decides, in
// the order of [Formats]; what the hint knows of name and type is asked only
// where no format knows the content. The segments returned stand in order of
// start, and each has an id, a timing and text. The error is an [*Error].
func Decode(src []byte, hint Hint) (transcript.Transcript, error) {
	if len(src) > MaxBytes {
		return transcript.Transcript{}, &Error{Text: fmt.Sprintf(
			"this is larger than %d MB: cut it into parts", MaxBytes>>20)}
	}
	text, problems, err := toText(src)
	if err != nil {
		return transcript.Transcript{}, err
	}
	if strings.TrimSpace(text) == "" {
		return transcript.Transcript{}, &Error{Text: "there is no text in it: give a transcript"}
	}
	format, err := detect(text, hint)
	if err != nil {
		return transcript.Transcript{}, err
	}
	t, err := format.Decode(text)
	if err != nil {
		return transcript.Transcript{}, err
	}
	t.Problems = append(problems, t.Problems...)
	if t.Format == "" {
		t.Format = format.Name
	}
	finish(&t)
	return t, nil
}

// detect finds the format of a source.
func detect(text string, hint Hint) (Format, error) {
	if hint.Format != "" {
		if f, ok := ByName(hint.Format); ok {
			return f, nil
		}
		return Format{}, unknownFormat(hint.Format)
	}
	for _, f := range Formats {
		if f.Sniff(text) {
			if f.Name == prose.Name && looksLikeJSON(text) {
				return Format{}, notOurJSON(text)
			}
			return f, nil
		}
	}
	mediaType, _, _ := strings.Cut(strings.ToLower(hint.MediaType), ";")
	extension := strings.ToLower(path.Ext(hint.FileName))
	for _, f := range Formats {
		if slices.Contains(f.Extensions, extension) || mediaType != "" && f.MediaType == mediaType {
			return f, nil
		}
	}
	return Format{}, &Error{Text: "this is in none of the formats that are known: " + names(readable)}
}

func unknownFormat(name string) error {
	return &Error{Text: fmt.Sprintf("there is no format %q: it is one of %s", name, names(readable))}
}

func readable(Format) bool   { return true }
func writable(f Format) bool { return f.Encode != nil }

// names lists the names of some formats.
func names(which func(Format) bool) string {
	var list []string
	for _, f := range Formats {
		if which(f) {
			list = append(list, f.Name)
		}
	}
	return strings.Join(list, ", ")
}

// finish brings what a decoder returned into the shape that all else relies on.
func finish(t *transcript.Transcript) {
	var r report
	r.list = t.Problems
	checkSegments(t, &r)
	sortByStart(t.Segments, func(s *transcript.Segment) transcript.Ms { return s.StartMs }, &r)
	transcript.AssignIDs(t.Segments)
	if t.Language == "" {
		t.Language = GuessLanguage(sample(t.Segments))
		t.LanguageGuessed = t.Language != ""
	}
	t.Problems = r.problems()
}

// checkSegments leaves out segments without text, and drops from the others what
// cannot be.
func checkSegments(t *transcript.Transcript, r *report) {
	known := make(map[string]bool, len(t.Speakers))
	for _, s := range t.Speakers {
		known[s.ID] = s.Name != ""
	}
	ids := make(map[string]bool, len(t.Segments))
	kept := t.Segments[:0]
	for i, s := range t.Segments {
		note := func(text string) { r.add(0, fmt.Sprintf("segment %d: %s", i+1, text)) }
		if strings.TrimSpace(s.Text) == "" {
			note("without text: left out")
			continue
		}
		if s.Speaker != "" && !known[s.Speaker] {
			note("a speaker who is not in the list: dropped")
			s.Speaker = ""
		}
		if s.ID != "" && ids[s.ID] {
			note("an id that is taken: replaced")
			s.ID = ""
		}
		ids[s.ID] = true
		checkSegment(&s, note)
		kept = append(kept, s)
	}
	if t.Segments = kept; len(kept) == 0 {
		t.Segments = nil
	}
}

// checkSegment drops the times of what is not spoken, an end that is not behind
// the start, words that are not those of the text, and marks outside it.
func checkSegment(s *transcript.Segment, note func(string)) {
	if s.Unspoken {
		if s.StartMs.Known() || s.EndMs.Known() || s.Words != nil {
			note("not spoken, yet with times: dropped")
		}
		s.StartMs, s.EndMs, s.Words = transcript.Unknown, transcript.Unknown, nil
	}
	switch {
	case !s.EndMs.Known() || s.EndMs > s.StartMs:
	case s.EndMs == s.StartMs:
		note("end is start: end dropped")
		s.EndMs = transcript.Unknown
	default:
		note("end before start: end dropped")
		s.EndMs = transcript.Unknown
	}
	if len(s.Words) > 0 && !wordsCover(s.Text, s.Words) {
		note("words that are not those of its text: dropped")
		s.Words = nil
	}
	if n := len(s.Anchors); n > 0 {
		if s.Anchors = anchorsInside(*s); len(s.Anchors) < n {
			note("marks that are not in its text: dropped")
		}
	}
	s.Timing = timingOf(*s)
	if s.Timing != transcript.Estimated || s.PlusMinusMs < 0 {
		s.PlusMinusMs = 0
	}
}

// timingOf fills in what follows from there being a start or none.
func timingOf(s transcript.Segment) transcript.Timing {
	switch {
	case !s.StartMs.Known():
		return transcript.None
	case s.Timing == transcript.Aligned || s.Timing == transcript.Estimated:
		return s.Timing
	}
	return transcript.Exact
}

// wordsCover reports whether the words are the text but for the blanks between
// them.
func wordsCover(text string, words []transcript.Word) bool {
	for _, w := range words {
		rest, ok := strings.CutPrefix(strings.TrimLeftFunc(text, unicode.IsSpace), w.Text)
		if !ok || w.Text == "" {
			return false
		}
		text = rest
	}
	return strings.TrimSpace(text) == ""
}

// anchorsInside returns the anchors that lie inside the text, nil if none does.
func anchorsInside(s transcript.Segment) []transcript.Anchor {
	var inside []transcript.Anchor
	length := transcript.UTF16Len(s.Text)
	for _, a := range s.Anchors {
		if 0 <= a.From && a.From <= a.To && a.To <= length {
			inside = append(inside, a)
		}
	}
	return inside
}

// sortByStart puts segments or cues in order of start. One without a start stays
// behind the one it follows.
func sortByStart[T any](items []T, startOf func(*T) transcript.Ms, r *report) {
	type place struct {
		key  transcript.Ms
		item T
	}
	var key, latest transcript.Ms
	keys := make([]transcript.Ms, len(items))
	moved := 0
	for i := range items {
		if start := startOf(&items[i]); start.Known() {
			key = start
		}
		if key < latest {
			moved++
		}
		latest = max(latest, key)
		keys[i] = key
	}
	if moved == 0 {
		return
	}
	r.add(0, fmt.Sprintf("sorted by start: %d out of order", moved))
	places := make([]place, len(items))
	for i, item := range items {
		places[i] = place{keys[i], item}
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(a.key, b.key) })
	for i, p := range places {
		items[i] = p.item
	}
}

// sample returns enough of the text to tell its language, from all over it.
func sample(segments []transcript.Segment) string {
	const pieces = 400
	var b strings.Builder
	step := 1 + len(segments)/pieces
	for i := 0; i < len(segments); i += step {
		text := segments[i].Text
		b.WriteString(text[:min(len(text), 1000)])
		b.WriteByte('\n')
	}
	return strings.ToValidUTF8(b.String(), "")
}
