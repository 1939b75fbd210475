package storetest

import (
	"fmt"
	"strings"
	"testing"

	"hearsay/server/library"
	"hearsay/server/transcript"
)

func saved(t *testing.T, s library.Store) {
	want := episode("talk")
	n := lines(t, "talk", "en", "Hello there.")
	n.Guessed = true
	save(t, s, want, n)
	got, err := s.FindEpisode(ctx, "talk")
	check(t, err)
	want.Transcripts = []library.TranscriptInfo{n.TranscriptInfo}
	equal(t, got, want)

	want.Title, want.Audio, want.DurationMs, want.People, want.Problems = "New", nil, transcript.Unknown, nil, nil
	want.Found = []library.Audio{{Kind: "soundcloud", URL: "https://soundcloud.com/ann/talk"}, {Kind: "url", URL: "https://example.org/a.mp3"}}
	save(t, s, want, n)
	got, err = s.FindEpisode(ctx, "talk")
	check(t, err)
	equal(t, got, want)
	stored, err := s.FindTranscript(ctx, "talk", "en")
	check(t, err)
	equal(t, stored, n.StoredTranscript)
}

func notThere(t *testing.T, s library.Store) {
	_, err := s.FindEpisode(ctx, "nobody")
	equal(t, library.CodeOf(err), library.NotFound)
	_, err = s.FindTranscript(ctx, "nobody", "")
	equal(t, library.CodeOf(err), library.NotFound)
	equal(t, library.CodeOf(s.RemoveEpisode(ctx, "nobody")), library.NotFound)
}

func listed(t *testing.T, s library.Store) {
	for _, e := range []struct{ id, show, date string }{{"c", "B", ""}, {"a", "A", "2024-01-01"}, {"b", "A", "2024-02-01"}} {
		ep := episode(e.id)
		ep.Show, ep.Date = e.show, e.date
		save(t, s, ep)
	}
	ids := func(f library.EpisodeFilter) (ids []string, next string) {
		episodes, next, err := s.FindEpisodes(ctx, f)
		check(t, err)
		for _, e := range episodes {
			ids = append(ids, e.ID)
		}
		return ids, next
	}
	all, next := ids(library.EpisodeFilter{})
	equal(t, all, []string{"b", "a", "c"})
	equal(t, next, "")
	page, next := ids(library.EpisodeFilter{Limit: 2})
	equal(t, page, []string{"b", "a"})
	page, next = ids(library.EpisodeFilter{Limit: 2, After: next})
	equal(t, page, []string{"c"})
	equal(t, next, "")
	page, _ = ids(library.EpisodeFilter{Show: "B"})
	equal(t, page, []string{"c"})
}

func demo(t *testing.T, s library.Store) {
	d := episode("demo")
	d.Origin = library.FromDemo
	save(t, s, d, lines(t, "demo", "en", "A lighthouse speaks."))
	all, _, err := s.FindEpisodes(ctx, library.EpisodeFilter{})
	check(t, err)
	equal(t, len(all), 1)
	equal(t, len(search(t, s, library.Search{Text: "lighthouse"})), 1)
	save(t, s, episode("talk"))
	all, _, err = s.FindEpisodes(ctx, library.EpisodeFilter{})
	check(t, err)
	equal(t, []any{len(all), all[0].ID}, []any{1, "talk"})
	equal(t, len(search(t, s, library.Search{Text: "lighthouse"})), 0)
	_, err = s.FindEpisode(ctx, "demo")
	check(t, err)
}

func versions(t *testing.T, s library.Store) {
	save(t, s, episode("talk"), lines(t, "talk", "en", "The old words."))
	second := lines(t, "talk", "en", "The new words.", "And more.")
	save(t, s, episode("talk"), second)
	stored, err := s.FindTranscript(ctx, "talk", "")
	check(t, err)
	equal(t, stored, second.StoredTranscript)
	equal(t, len(search(t, s, library.Search{Text: "old words "})), 0)
	equal(t, len(search(t, s, library.Search{Text: "new words "})), 1)
}

func languages(t *testing.T, s library.Store) {
	save(t, s, episode("talk"), lines(t, "talk", "fr", "Bonjour à tous."), lines(t, "talk", "en", "Hello all."))
	for ask, want := range map[string]string{"": "fr", "fr": "fr", "en": "en"} {
		stored, err := s.FindTranscript(ctx, "talk", ask)
		check(t, err)
		equal(t, stored.Language, want)
	}
	equal(t, search(t, s, library.Search{Text: "bonjour"})[0].Language, "fr")
	// A language whose file is gone is neither served nor found.
	check(t, s.SaveImport(ctx, library.Import{Episode: episode("talk"), At: noon, Languages: []string{"en"}}))
	_, err := s.FindTranscript(ctx, "talk", "fr")
	equal(t, library.CodeOf(err), library.NotFound)
	equal(t, len(search(t, s, library.Search{Text: "bonjour"})), 0)
}

func quotes(t *testing.T, s library.Store) {
	save(t, s, episode("talk"), lines(t, "talk", "fr",
		"L’été, le cœur de l'île bat plus fort.", "Personne ne l'a demandé.", "私はその本を読んだ。", "We don't know, 20,000 ships passed."))
	for query, want := range map[string]string{
		"coeur de l ile":       "L’été",
		"CŒUR":                 "L’été",
		"ete le":               "L’été",
		"l'a deman":            "Personne",
		"demandé personne":     "Personne",
		"その本":                  "私",
		"dont know 20000 shi":  "We",
		"plus quelconque fort": "L’été",
	} {
		hits := search(t, s, library.Search{Text: query})
		if len(hits) == 0 || !strings.HasPrefix(hits[0].Text, want) {
			t.Errorf("%q: got %+v, want the line that begins with %q", query, hits, want)
		}
	}
	h := search(t, s, library.Search{Text: "le cœur de"})[0]
	equal(t, []any{h.Marks, h.Exact, h.Score, h.Speaker, h.StartMs, h.Before, h.After}, []any{
		[][2]int{{7, 17}}, true, 1.0, "Ann", transcript.Ms(0), "", "Personne ne l'a demandé."})
	equal(t, len(search(t, s, library.Search{Text: "zebra"})), 0)
	equal(t, len(search(t, s, library.Search{Text: "!?"})), 0)
	equal(t, len(search(t, s, library.Search{Text: "île bat plus fort personne ne"})), 1)
}

func crossLine(t *testing.T, s library.Store) {
	save(t, s, episode("talk"), lines(t, "talk", "en", "Nobody asked for it,", "nobody read it.", "End."))
	hits := search(t, s, library.Search{Text: "asked for it nobody read"})
	equal(t, len(hits) > 0, true)
	equal(t, []any{hits[0].Text, hits[0].Exact, hits[0].Marks}, []any{"Nobody asked for it,", true, [][2]int{{7, 20}}})
}

func narrowed(t *testing.T, s library.Store) {
	for _, id := range []string{"one", "two"} {
		ep := episode(id)
		ep.Show = "Show " + id
		save(t, s, ep, lines(t, id, "en", "The harbour wall.", "The harbour light."))
	}
	equal(t, len(search(t, s, library.Search{Text: "harbour"})), 4)
	equal(t, len(search(t, s, library.Search{Text: "harbour", Limit: 3})), 3)
	equal(t, len(search(t, s, library.Search{Text: "harbour", Episode: "one"})), 2)
	equal(t, len(search(t, s, library.Search{Text: "harbour", Show: "Show two", Speaker: "Ben"})), 1)
}

func hostile(t *testing.T, s library.Store) {
	save(t, s, episode("talk"), lines(t, "talk", "en", "Not a near and or star."))
	for _, q := range []string{`"`, `""`, `*`, `a AND`, `NEAR(a b)`, `tokens:a`, `{a}`, `^a`, `a OR`, `NOT`, "a\x00b", `(`, `';--`, strings.Repeat("a ", 900)} {
		search(t, s, library.Search{Text: q})
	}
	equal(t, len(search(t, s, library.Search{Text: "NEAR and OR"})), 1)
}

func formerID(t *testing.T, s library.Store) {
	check(t, s.SaveImport(ctx, library.Import{Episode: episode("talk"), FormerID: "old-talk", At: noon}))
	got, err := s.FindEpisode(ctx, "old-talk")
	check(t, err)
	equal(t, got.ID, "talk")
}

func removed(t *testing.T, s library.Store) {
	save(t, s, episode("talk"), lines(t, "talk", "en", "Gone soon."))
	check(t, s.SaveFiles(ctx, []library.File{{Root: "shelf", Path: "talk.mp3", ModTime: noon, Episode: "talk"}}))
	_, err := s.SaveEdit(ctx, library.Edit{Change: library.Change{Episode: "talk", Kind: "start", At: noon}})
	check(t, err)
	check(t, s.RemoveEpisode(ctx, "talk"))
	_, err = s.FindEpisode(ctx, "talk")
	equal(t, library.CodeOf(err), library.NotFound)
	equal(t, len(search(t, s, library.Search{Text: "gone"})), 0)
	kept, err := s.FindFiles(ctx, "shelf")
	check(t, err)
	equal(t, len(kept), 0)
	left, err := s.FindChanges(ctx, "talk")
	check(t, err)
	equal(t, len(left), 0)
}

func files(t *testing.T, s library.Store) {
	a := library.File{Root: "shelf", Path: "a.vtt", Size: 3, ModTime: noon, Hash: "h", Episode: "a", Problem: "bad", Line: 7, Gone: true}
	b := library.File{Root: "shelf", Path: "b.vtt", ModTime: noon}
	other := library.File{Root: "uploads", Path: "a.vtt", ModTime: noon}
	check(t, s.SaveFiles(ctx, []library.File{b, a, other}))
	a.Size = 4
	check(t, s.SaveFiles(ctx, []library.File{a}))
	got, err := s.FindFiles(ctx, "shelf")
	check(t, err)
	equal(t, got, []library.File{a, b})
	check(t, s.RemoveFiles(ctx, "shelf", []string{"a.vtt"}))
	got, err = s.FindFiles(ctx, "shelf")
	check(t, err)
	equal(t, got, []library.File{b})
}

func changes(t *testing.T, s library.Store) {
	save(t, s, episode("talk"))
	var want []library.Change
	for i, kind := range []string{"start", "text", "start"} {
		c := library.Change{Episode: "talk", Language: "fr", Kind: kind, Target: "seg", Before: "1", After: "2", Nonce: fmt.Sprint("n", i), At: noon}
		id, err := s.SaveEdit(ctx, library.Edit{Change: c})
		check(t, err)
		c.ID = id
		want = append(want, c)
	}
	_, err := s.SaveEdit(ctx, library.Edit{Change: library.Change{Episode: "talk", Kind: "start", Nonce: "n1", At: noon}})
	equal(t, library.CodeOf(err), library.Conflict)
	got, err := s.FindChanges(ctx, "talk")
	check(t, err)
	equal(t, got, want)
}

// edits are seen by whoever reads and searches.
func edits(t *testing.T, s library.Store) {
	n := lines(t, "talk", "en", "The first line.", "The second line.")
	save(t, s, episode("talk"), n, lines(t, "talk", "fr", "La ligne."))
	moved := n.Text.Segments[1]
	moved.StartMs, moved.Timing, moved.PlusMinusMs, moved.Speaker = 7_000, transcript.Estimated, 1500, "s3"
	n.Text.Speakers = append(n.Text.Speakers, transcript.Speaker{ID: "s3", Name: "Cleo"})
	n.Text.Segments[1] = moved
	c := library.Change{Episode: "talk", Language: "en", Kind: "start", Target: moved.ID, At: noon}
	id, err := s.SaveEdit(ctx, library.Edit{Change: c, Text: n.Text, Lines: []int{1}, Follows: library.Roughly})
	check(t, err)
	stored, err := s.FindTranscript(ctx, "talk", "en")
	check(t, err)
	equal(t, []any{stored.Changed, stored.Follows, stored.Key}, []any{id, library.Roughly, n.Key})
	ep, err := s.FindEpisode(ctx, "talk")
	check(t, err)
	equal(t, []any{ep.Transcripts[0].Changed, ep.Transcripts[0].Follows, ep.Transcripts[1].Changed}, []any{id, library.Roughly, int64(0)})
	h := search(t, s, library.Search{Text: "second line"})[0]
	equal(t, []any{h.StartMs, h.Timing, h.PlusMinusMs, h.Speaker}, []any{transcript.Ms(7_000), transcript.Estimated, transcript.Ms(1500), "Cleo"})
	equal(t, len(search(t, s, library.Search{Text: "second line", Speaker: "Cleo"})), 1)
	equal(t, len(search(t, s, library.Search{Text: "second line", Speaker: "Ben"})), 0)
	equal(t, search(t, s, library.Search{Text: "first line"})[0].Speaker, "Ann")

	ep.Spoken, ep.Audio = "de", &library.Audio{Kind: library.SoundURL, URL: "https://example.org/a.mp3"}
	_, err = s.SaveEdit(ctx, library.Edit{Change: library.Change{Episode: "talk", Kind: "audio", At: noon}, Episode: &ep})
	check(t, err)
	again, err := s.FindEpisode(ctx, "talk")
	check(t, err)
	equal(t, again, ep)
}

func relabelled(t *testing.T, s library.Store) {
	save(t, s, episode("talk"), lines(t, "talk", "en", "One line."), lines(t, "talk", "fr", "Une ligne."))
	change := func(language string) int64 {
		id, err := s.SaveEdit(ctx, library.Edit{Change: library.Change{Episode: "talk", Language: language, Kind: "start", At: noon}, Follows: library.ByLine})
		check(t, err)
		return id
	}
	en, fr := change("en"), change("fr")
	for _, c := range []struct {
		relabel [2]string
		now     string
		changed int64
	}{
		{[2]string{"en", "de"}, "de", en},
		{[2]string{"de", "fr"}, "fr", en}, // fr is out of sight by now, and keeps what is its own
		{[2]string{"de", "fr"}, "fr", fr},
	} {
		check(t, s.SaveImport(ctx, library.Import{Episode: episode("talk"), At: noon, Relabel: c.relabel, Languages: []string{c.now}}))
		stored, err := s.FindTranscript(ctx, "talk", c.now)
		check(t, err)
		equal(t, stored.Changed, c.changed)
		_, err = s.FindTranscript(ctx, "talk", c.relabel[0])
		equal(t, library.CodeOf(err), library.NotFound)
	}
}

func allOrNothing(t *testing.T, s library.Store) {
	stray := lines(t, "somebody-else", "en", "Nothing of this stays.")
	err := s.SaveImport(ctx, library.Import{Episode: episode("talk"), Transcripts: []library.NewTranscript{stray}, At: noon})
	equal(t, err != nil, true)
	_, err = s.FindEpisode(ctx, "talk")
	equal(t, library.CodeOf(err), library.NotFound)
	equal(t, len(search(t, s, library.Search{Text: "stays"})), 0)
}
