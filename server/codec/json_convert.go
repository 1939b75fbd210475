package codec

import (
	"reflect"

	"hearsay/server/transcript"
)

// toJSON gives a transcript the shape of our JSON.
func toJSON(t transcript.Transcript) jsonDocument {
	doc := jsonDocument{
		Version: jsonVersion, Format: t.Format, Language: t.Language, LanguageGuessed: t.LanguageGuessed,
		Spoken: t.Spoken, Date: t.Date, Introduction: t.Introduction, Afterword: t.Afterword, About: aboutToJSON(t.About),
		Segments: make([]jsonSegment, len(t.Segments)), Chapters: chaptersToJSON(t.Chapters), Problems: t.Problems,
	}
	for _, s := range t.Speakers {
		doc.Speakers = append(doc.Speakers, jsonSpeaker(s))
	}
	for i, s := range t.Segments {
		doc.Segments[i] = segmentToJSON(s)
	}
	return doc
}

func segmentToJSON(s transcript.Segment) jsonSegment {
	j := jsonSegment{
		ID: s.ID, StartMs: s.StartMs.OrNil(), EndMs: s.EndMs.OrNil(), Timestamp: s.StartMs.Timestamp(),
		Speaker: s.Speaker, Text: s.Text, Timing: s.Timing, PlusMinusMs: s.PlusMinusMs, Unspoken: s.Unspoken,
	}
	for _, w := range s.Words {
		j.Words = append(j.Words, jsonWord{w.StartMs.OrNil(), w.EndMs.OrNil(), w.Text})
	}
	for _, a := range s.Anchors {
		j.Anchors = append(j.Anchors, jsonAnchor{a.AtMs.OrNil(), a.Text, a.From, a.To})
	}
	return j
}

func chaptersToJSON(chapters []transcript.Chapter) []jsonChapter {
	var list []jsonChapter
	for _, c := range chapters {
		list = append(list, jsonChapter{c.StartMs.OrNil(), c.Title, c.Segment})
	}
	return list
}

// aboutToJSON returns nil where nothing is said.
func aboutToJSON(a transcript.About) *jsonAbout {
	j := jsonAbout{
		Title: a.Title, Show: a.Show, Date: a.Date, Language: a.Language, Spoken: a.Spoken,
		Audio: a.Audio, Source: a.Source, People: a.People, Rights: a.Rights, Chapters: chaptersToJSON(a.Chapters),
	}
	for _, f := range a.Found {
		j.Found = append(j.Found, jsonFound(f))
	}
	if reflect.ValueOf(j).IsZero() {
		return nil
	}
	return &j
}

// fromJSON is the inverse of toJSON.
func fromJSON(doc jsonDocument) transcript.Transcript {
	t := transcript.Transcript{
		Format: doc.Format, Language: doc.Language, LanguageGuessed: doc.LanguageGuessed,
		Spoken: doc.Spoken, Date: doc.Date, Introduction: doc.Introduction, Afterword: doc.Afterword,
		Chapters: chaptersFromJSON(doc.Chapters), Problems: doc.Problems,
	}
	if a := doc.About; a != nil {
		t.About = transcript.About{
			Title: a.Title, Show: a.Show, Date: a.Date, Language: a.Language, Spoken: a.Spoken,
			Audio: a.Audio, Source: a.Source, People: a.People, Rights: a.Rights, Chapters: chaptersFromJSON(a.Chapters),
		}
		for _, f := range a.Found {
			t.About.Found = append(t.About.Found, transcript.Found(f))
		}
	}
	for _, s := range doc.Speakers {
		t.Speakers = append(t.Speakers, transcript.Speaker(s))
	}
	for _, s := range doc.Segments {
		t.Segments = append(t.Segments, segmentFromJSON(s))
	}
	return t
}

func segmentFromJSON(j jsonSegment) transcript.Segment {
	s := transcript.Segment{
		ID: j.ID, StartMs: transcript.OrUnknown(j.StartMs), EndMs: transcript.OrUnknown(j.EndMs), Speaker: j.Speaker,
		Text: j.Text, Timing: j.Timing, PlusMinusMs: j.PlusMinusMs, Unspoken: j.Unspoken,
	}
	for _, w := range j.Words {
		s.Words = append(s.Words, transcript.Word{StartMs: transcript.OrUnknown(w.StartMs), EndMs: transcript.OrUnknown(w.EndMs), Text: w.Text})
	}
	for _, a := range j.Anchors {
		s.Anchors = append(s.Anchors, transcript.Anchor{AtMs: transcript.OrUnknown(a.AtMs), Text: a.Text, From: a.From, To: a.To})
	}
	return s
}

func chaptersFromJSON(list []jsonChapter) []transcript.Chapter {
	var chapters []transcript.Chapter
	for _, c := range list {
		chapters = append(chapters, transcript.Chapter{StartMs: transcript.OrUnknown(c.StartMs), Title: c.Title, Segment: c.Segment})
	}
	return chapters
}
