package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"hearsay/server/library"
	"hearsay/server/quote"
	"hearsay/server/transcript"
)

// candidates is how many lines a question to the index may bring back. They
// are then weighed by quote.Find, which sees order and distance.
const candidates = 200

// Below this share of its words a line is no hit.
const leastScore = 0.5

// Search implements library.Quotes: the whole quote in a row first, then all of
// its words, and only where there is neither, most of them. The last word may
// be unfinished.
func (s *Store) Search(ctx context.Context, q library.Search) ([]library.Hit, error) {
	query := quote.Parse(q.Text)
	hits := []library.Hit{}
	if len(query.Words) == 0 {
		return hits, nil
	}
	seen := make(map[int64]bool)
	for _, question := range questions(query) {
		if len(hits) >= q.Limit || question.lax && len(hits) > 0 {
			break
		}
		found, err := s.ask(ctx, question, q, query, seen)
		if err != nil {
			return nil, err
		}
		sort.SliceStable(found, func(i, j int) bool { return found[i].Score > found[j].Score })
		hits = append(hits, found...)
	}
	return hits[:min(len(hits), q.Limit)], nil
}

// question is a MATCH expression. A lax one is asked only where the others
// found nothing, and its candidates have to be ranked, which reads every line
// that matches; to the others any line that matches is as good as the next.
type question struct {
	match string
	lax   bool
}

// questions are what to ask, from strict to lax. Words are letters and digits
// only, and quoted: nothing in them is syntax.
func questions(q quote.Query) []question {
	words := make([]string, len(q.Words))
	for i, w := range q.Words {
		words[i] = `"` + w + `"`
	}
	star := ""
	if q.Prefix {
		star = "*"
		words[len(words)-1] += star
	}
	if len(words) == 1 {
		return []question{{match: words[0]}}
	}
	return []question{
		{match: `"` + strings.Join(q.Words, " ") + `"` + star},
		{match: strings.Join(words, " AND ")},
		{match: strings.Join(words, " OR "), lax: true},
	}
}

// searchSQL takes candidates from the index alone, and only then looks at what
// they are. Its blanks take what narrows the candidates, and their order.
const searchSQL = `WITH found AS MATERIALIZED (
  SELECT rowid AS id FROM line_index WHERE line_index MATCH ?1 %s ORDER BY %s LIMIT ?5)
SELECT l.id, l.ordinal, l.segment, l.start_ms, l.timing, l.plus_minus_ms, l.speaker, l.text, l.words,
  e.id, e.title, e.show, t.language, t.rank > 0,
  coalesce((SELECT text FROM line WHERE transcript = l.transcript AND ordinal = l.ordinal - 1), ''),
  coalesce((SELECT text FROM line WHERE transcript = l.transcript AND ordinal = l.ordinal + 1), '')
FROM found f JOIN line l ON l.id = f.id JOIN transcript t ON t.id = l.transcript JOIN episode e ON e.id = t.episode
WHERE t.rank >= 0 AND (e.id = ?4 OR ` + shown + `)
ORDER BY f.id`

const narrowSQL = `AND rowid IN (SELECT l.id FROM line l JOIN transcript t ON t.id = l.transcript JOIN episode e ON e.id = t.episode
  WHERE (?2 = '' OR e.show = ?2) AND (?3 = '' OR l.speaker = ?3) AND (?4 = '' OR e.id = ?4))`

// ask puts one question to the index and weighs what comes back.
func (s *Store) ask(ctx context.Context, ask question, q library.Search, query quote.Query, seen map[int64]bool) ([]library.Hit, error) {
	narrow := ""
	if q.Show != "" || q.Speaker != "" || q.Episode != "" {
		narrow = narrowSQL
	}
	order := "rowid"
	if ask.lax {
		order = "rank"
	}
	rows, err := s.read.QueryContext(ctx, fmt.Sprintf(searchSQL, narrow, order), ask.match, q.Show, q.Speaker, q.Episode, candidates)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hits []library.Hit
	for rows.Next() {
		var id int64
		h, words, err := scanHit(rows, &id)
		if err != nil {
			return nil, err
		}
		if seen[id] {
			continue
		}
		if weigh(&h, query, words) {
			seen[id] = true
			hits = append(hits, h)
		}
	}
	return hits, rows.Err()
}

func scanHit(rows *sql.Rows, id *int64) (library.Hit, [][2]int64, error) {
	var h library.Hit
	var start sql.NullInt64
	var words sql.NullString
	err := rows.Scan(id, &h.Line, &h.Segment, &start, &h.Timing, &h.PlusMinusMs, &h.Speaker, &h.Text, &words,
		&h.Episode, &h.Title, &h.Show, &h.Language, &h.Other, &h.Before, &h.After)
	if err != nil {
		return h, nil, err
	}
	if h.StartMs = transcript.Unknown; start.Valid {
		h.StartMs = transcript.Ms(start.Int64)
	}
	var times [][2]int64
	if words.Valid {
		err = json.Unmarshal([]byte(words.String), &times)
	}
	return h, times, err
}

// weigh fills in how well the line, and what follows it, holds the query. It
// refuses lines that hold too little, and those where the match begins only in
// the next line: that line is a hit of its own.
func weigh(h *library.Hit, query quote.Query, words [][2]int64) bool {
	whole := h.Text
	if h.After != "" {
		whole += "\n" + h.After
	}
	tokens := quote.Tokens(whole)
	own := 0
	for own < len(tokens) && tokens[own].From < len(h.Text) {
		own++
	}
	m := quote.Find(query, tokens[:min(len(tokens), own+overlap)])
	if m.Score < leastScore || m.Marks[0][0] >= len(h.Text) {
		return false
	}
	h.Score, h.Exact, h.Marks = m.Score, m.Exact, [][2]int{}
	for _, mark := range m.Marks {
		from, to := mark[0], min(mark[1], len(h.Text))
		if from < to {
			h.Marks = append(h.Marks, [2]int{transcript.UTF16Len(h.Text[:from]), transcript.UTF16Len(h.Text[:to])})
		}
	}
	h.AtMs = h.StartMs
	for _, w := range words {
		if w[0] <= int64(h.Marks[0][0]) {
			h.AtMs = transcript.Ms(w[1])
		}
	}
	return true
}
