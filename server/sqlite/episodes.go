package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"hearsay/server/library"
	"hearsay/server/transcript"
)

const episodeColumns = `e.id, e.title, e.show, e.date, e.language, e.spoken, e.duration_ms, e.audio, e.found, e.source, e.rights,
  e.people, e.chapters, e.problems, e.origin, e.missing, e.cover_type,
  (SELECT json_group_array(json_object('Language', language, 'Format', format, 'Key', key, 'Lines', lines, 'Follows', follows,
     'Guessed', json(iif(guessed, 'true', 'false')), 'Changed', changed))
   FROM (SELECT t.language, v.format, v.key, v.lines, v.follows, v.guessed, ` + lastChange + ` AS changed
         FROM transcript t JOIN transcript_version v ON v.id = t.version
         WHERE t.episode = e.id AND t.rank >= 0 ORDER BY t.rank))`

// FindEpisode implements library.Episodes.
func (s *Store) FindEpisode(ctx context.Context, id string) (library.Episode, error) {
	row := s.read.QueryRowContext(ctx, `SELECT `+episodeColumns+` FROM episode e
		WHERE e.id = ?1 OR e.id = (SELECT episode FROM former_id WHERE id = ?1) ORDER BY e.id <> ?1 LIMIT 1`, id)
	e, err := scanEpisode(row.Scan)
	return e, notFound(err, "There is no episode %q.", id)
}

// FindEpisodes implements library.Episodes. Demo episodes are listed only while
// there are no others.
func (s *Store) FindEpisodes(ctx context.Context, f library.EpisodeFilter) ([]library.Episode, string, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = -1
	}
	rows, err := s.read.QueryContext(ctx, `SELECT `+episodeColumns+` FROM episode e
		WHERE (?1 = '' OR e.show = ?1) AND `+shown+`
		ORDER BY e.show, e.date DESC, e.title, e.id LIMIT ?2 + (?2 > 0) OFFSET ?3`, f.Show, limit, offset(f.After))
	if err != nil {
		return nil, "", err
	}
	defer rows.Close()
	var episodes []library.Episode
	for rows.Next() {
		e, err := scanEpisode(rows.Scan)
		if err != nil {
			return nil, "", err
		}
		episodes = append(episodes, e)
	}
	next := ""
	if limit > 0 && len(episodes) > limit {
		episodes, next = episodes[:limit], fmt.Sprint(offset(f.After)+limit)
	}
	return episodes, next, rows.Err()
}

// shown leaves the demo out as soon as there is anything else.
const shown = `(e.origin <> 'demo' OR NOT EXISTS (SELECT 1 FROM episode WHERE origin <> 'demo'))`

func offset(after string) (n int) {
	fmt.Sscan(after, &n) //nolint:errcheck // anything but a number is the beginning
	return max(n, 0)
}

func scanEpisode(scan func(...any) error) (library.Episode, error) {
	var e library.Episode
	var duration sql.NullInt64
	var audio sql.NullString
	var found, people, chapters, problems, transcripts string
	err := scan(&e.ID, &e.Title, &e.Show, &e.Date, &e.Language, &e.Spoken, &duration, &audio, &found, &e.Source, &e.Rights,
		&people, &chapters, &problems, &e.Origin, &e.Missing, &e.Cover, &transcripts)
	if err != nil {
		return e, err
	}
	if e.DurationMs = transcript.Unknown; duration.Valid {
		e.DurationMs = transcript.Ms(duration.Int64)
	}
	for _, f := range []struct {
		text string
		into any
	}{{found, &e.Found}, {people, &e.People}, {chapters, &e.Chapters}, {problems, &e.Problems}, {transcripts, &e.Transcripts}, {audio.String, &e.Audio}} {
		if f.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(f.text), f.into); err != nil {
			return e, fmt.Errorf("episode %s: %w", e.ID, err)
		}
	}
	return e, nil
}

// SaveImport implements library.Episodes.
func (s *Store) SaveImport(ctx context.Context, in library.Import) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if err := putEpisode(ctx, tx, in); err != nil {
			return err
		}
		if in.Relabel[0] != in.Relabel[1] {
			if err := relabel(ctx, tx, in.Episode.ID, in.Relabel); err != nil {
				return err
			}
		}
		for _, t := range in.Transcripts {
			if err := putTranscript(ctx, tx, t, in.At); err != nil {
				return err
			}
		}
		if in.Languages != nil {
			if err := rankTranscripts(ctx, tx, in.Episode.ID, in.Languages); err != nil {
				return err
			}
		}
		return putFiles(ctx, tx, in.Files)
	})
}

func putEpisode(ctx context.Context, tx *sql.Tx, in library.Import) error {
	e := in.Episode
	_, err := tx.ExecContext(ctx, `INSERT INTO episode (id, title, show, date, language, spoken, duration_ms, audio, found, source, rights,
		  people, chapters, problems, origin, missing, cover_type)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
		ON CONFLICT (id) DO UPDATE SET title = excluded.title, show = excluded.show, date = excluded.date, language = excluded.language,
		  spoken = excluded.spoken, duration_ms = excluded.duration_ms, audio = excluded.audio, found = excluded.found, source = excluded.source,
		  rights = excluded.rights, people = excluded.people, chapters = excluded.chapters, problems = excluded.problems,
		  origin = excluded.origin, missing = 0, cover_type = excluded.cover_type`,
		e.ID, e.Title, e.Show, e.Date, e.Language, e.Spoken, nullMs(e.DurationMs), audioJSON(e.Audio), toJSON(e.Found), e.Source, e.Rights,
		toJSON(e.People), toJSON(e.Chapters), toJSON(e.Problems), e.Origin, e.Cover)
	if err != nil {
		return err
	}
	if in.Cover != nil {
		if _, err := tx.ExecContext(ctx, `UPDATE episode SET cover = ? WHERE id = ?`, in.Cover, e.ID); err != nil {
			return err
		}
	}
	if in.FormerID == "" || in.FormerID == e.ID {
		return nil
	}
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO former_id (id, episode) VALUES (?, ?)`, in.FormerID, e.ID)
	return err
}

// FindCover implements library.Episodes.
func (s *Store) FindCover(ctx context.Context, id string) (cover []byte, mediaType string, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT cover, cover_type FROM episode WHERE id = ? AND cover_type <> ''`, id).Scan(&cover, &mediaType)
	return cover, mediaType, notFound(err, "The episode %q has no cover.", id)
}

// MarkMissing implements library.Episodes.
func (s *Store) MarkMissing(ctx context.Context, id string, missing bool) error {
	_, err := s.write.ExecContext(ctx, `UPDATE episode SET missing = ? WHERE id = ?`, missing, id)
	return err
}

// RemoveEpisode implements library.Episodes.
func (s *Store) RemoveEpisode(ctx context.Context, id string) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM line_index WHERE rowid IN
			(SELECT l.id FROM line l JOIN transcript t ON t.id = l.transcript WHERE t.episode = ?)`, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM file WHERE episode = ?`, id); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `DELETE FROM episode WHERE id = ?`, id)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return notFound(firstError(err, sql.ErrNoRows), "There is no episode %q.", id)
		}
		return nil
	})
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// toJSON writes values that cannot fail to be written: plain structs.
func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// audioJSON is NULL where there is no sound.
func audioJSON(a *library.Audio) any {
	if a == nil {
		return nil
	}
	return toJSON(a)
}

func nullMs(m transcript.Ms) any {
	if !m.Known() {
		return nil
	}
	return int64(m)
}

// placeholders writes n question marks.
func placeholders(n int) string {
	return strings.TrimSuffix(strings.Repeat("?, ", n), ", ")
}
