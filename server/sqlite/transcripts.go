package sqlite

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"io"
	"time"

	"hearsay/server/library"
	"hearsay/server/quote"
	"hearsay/server/transcript"
)

// FindTranscript implements library.Transcripts.
func (s *Store) FindTranscript(ctx context.Context, episode, language string) (library.StoredTranscript, error) {
	out := library.StoredTranscript{Episode: episode}
	var body []byte
	err := s.read.QueryRowContext(ctx, `SELECT t.language, v.format, v.key, v.lines, v.follows, v.guessed, `+lastChange+`, v.body
		FROM transcript t JOIN transcript_version v ON v.id = t.version
		WHERE t.episode = ?1 AND t.rank >= 0 AND (?2 = '' OR t.language = ?2) ORDER BY t.rank LIMIT 1`, episode, language).
		Scan(&out.Language, &out.Format, &out.Key, &out.Lines, &out.Follows, &out.Guessed, &out.Changed, &body)
	if err != nil {
		return out, notFound(err, "The episode %q has no transcript in that language.", episode)
	}
	out.Body, err = unpack(body)
	return out, err
}

// lastChange is the number of the last change made to transcript t.
const lastChange = `coalesce((SELECT max(id) FROM change WHERE episode = t.episode AND language = t.language), 0)`

// putTranscript adds a version and makes it the one that is served and searched.
func putTranscript(ctx context.Context, tx *sql.Tx, n library.NewTranscript, at time.Time) error {
	var id int64
	err := tx.QueryRowContext(ctx, `INSERT INTO transcript (episode, language) VALUES (?, ?)
		ON CONFLICT (episode, language) DO UPDATE SET language = excluded.language RETURNING id`, n.Episode, n.Language).Scan(&id)
	if err != nil {
		return err
	}
	var served string
	err = tx.QueryRowContext(ctx, `SELECT v.key FROM transcript t JOIN transcript_version v ON v.id = t.version WHERE t.id = ?`, id).Scan(&served)
	if err == nil && served == n.Key {
		return nil // another process was faster
	} else if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO transcript_version (transcript, key, format, lines, follows, guessed, created_at, source, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, n.Key, n.Format, n.Lines, n.Follows, n.Guessed, at.UTC().Format(time.RFC3339Nano), pack(n.Source), pack(n.Body))
	if err != nil {
		return err
	}
	version, err := result.LastInsertId()
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE transcript SET version = ? WHERE id = ?`, version, id); err != nil {
		return err
	}
	return putLines(ctx, tx, id, n.Text)
}

// relabel gives a transcript, and the changes made to it, another language. A
// transcript of that language which is out of sight gets the one that is free:
// the two are never mixed.
func relabel(ctx context.Context, tx *sql.Tx, episode string, languages [2]string) error {
	const nobody = "\x00"
	for _, step := range [][2]string{{languages[1], nobody}, {languages[0], languages[1]}, {nobody, languages[0]}} {
		for _, table := range []string{"transcript", "change"} {
			_, err := tx.ExecContext(ctx, `UPDATE `+table+` SET language = ? WHERE episode = ? AND language = ?`, step[1], episode, step[0])
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// rankTranscripts orders an episode's languages and hides those not named.
func rankTranscripts(ctx context.Context, tx *sql.Tx, episode string, languages []string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE transcript SET rank = -1 WHERE episode = ?`, episode); err != nil {
		return err
	}
	for rank, language := range languages {
		if _, err := tx.ExecContext(ctx, `UPDATE transcript SET rank = ? WHERE episode = ? AND language = ?`, rank, episode, language); err != nil {
			return err
		}
	}
	return nil
}

// putLines replaces the lines of a transcript in the search.
func putLines(ctx context.Context, tx *sql.Tx, id int64, t transcript.Transcript) error {
	for _, statement := range []string{
		`DELETE FROM line_index WHERE rowid IN (SELECT id FROM line WHERE transcript = ?)`,
		`DELETE FROM line WHERE transcript = ?`,
	} {
		if _, err := tx.ExecContext(ctx, statement, id); err != nil {
			return err
		}
	}
	line, err := tx.PrepareContext(ctx, `INSERT INTO line (transcript, ordinal, segment, start_ms, timing, plus_minus_ms, speaker, text, words)
		VALUES (`+placeholders(9)+`)`)
	if err != nil {
		return err
	}
	defer line.Close()
	index, err := tx.PrepareContext(ctx, `INSERT INTO line_index (rowid, tokens) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	defer index.Close()
	names := t.Names()
	indexed := tail(t.Segments)
	for i, s := range t.Segments {
		result, err := line.ExecContext(ctx, id, i, s.ID, nullMs(s.StartMs), s.Timing, int64(s.PlusMinusMs), names[s.Speaker], s.Text, wordTimes(s))
		if err != nil {
			return err
		}
		row, err := result.LastInsertId()
		if err != nil {
			return err
		}
		if _, err := index.ExecContext(ctx, row, indexed(i)); err != nil {
			return err
		}
	}
	return nil
}

// overlap is how many words of the next line are indexed with a line.
const overlap = 8

// tail returns what is indexed for the i-th line: its words and the first of
// the next. It is asked for each line once, in order, and splits each once.
func tail(segments []transcript.Segment) func(i int) string {
	var next []quote.Token
	if len(segments) > 0 {
		next = quote.Tokens(segments[0].Text)
	}
	return func(i int) string {
		own := next
		if next = nil; i+1 < len(segments) {
			next = quote.Tokens(segments[i+1].Text)
		}
		var b bytes.Buffer
		for _, t := range own {
			b.WriteString(t.Text)
			b.WriteByte(' ')
		}
		for _, t := range next[:min(len(next), overlap)] {
			b.WriteString(t.Text)
			b.WriteByte(' ')
		}
		return b.String()
	}
}

// wordTimes lists where in the line each timed word begins, and when.
func wordTimes(s transcript.Segment) any {
	if len(s.Words) == 0 {
		return nil
	}
	var times [][2]int64
	for i, at := range transcript.WordOffsets(s) {
		if s.Words[i].StartMs.Known() {
			times = append(times, [2]int64{int64(at), int64(s.Words[i].StartMs)})
		}
	}
	return toJSON(times)
}

// reindex makes the whole index anew from the lines.
func reindex(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO line_index (line_index) VALUES ('delete-all')`); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, `SELECT id, transcript, text FROM line ORDER BY transcript, ordinal`)
	if err != nil {
		return err
	}
	defer rows.Close()
	type indexRow struct{ id, transcript int64 }
	var ids []indexRow
	var segments []transcript.Segment
	for rows.Next() {
		var r indexRow
		var text string
		if err := rows.Scan(&r.id, &r.transcript, &text); err != nil {
			return err
		}
		ids, segments = append(ids, r), append(segments, transcript.Segment{Text: text})
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for from := 0; from < len(ids); {
		to := from
		for to < len(ids) && ids[to].transcript == ids[from].transcript {
			to++
		}
		indexed := tail(segments[from:to])
		for i := from; i < to; i++ {
			if _, err := tx.ExecContext(ctx, `INSERT INTO line_index (rowid, tokens) VALUES (?, ?)`, ids[i].id, indexed(i-from)); err != nil {
				return err
			}
		}
		from = to
	}
	return nil
}

// pack compresses a blob. Writing to memory cannot fail.
func pack(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

func unpack(b []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
