package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/mattn/go-sqlite3"

	"hearsay/server/library"
)

// SaveEdit implements library.Changes.
func (s *Store) SaveEdit(ctx context.Context, e library.Edit) (id int64, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if id, err = putChange(ctx, tx, e.Change); err != nil {
			return err
		}
		if e.Episode != nil {
			if err := changeEpisode(ctx, tx, *e.Episode); err != nil {
				return err
			}
		}
		if e.Follows == "" { // no transcript was changed
			return nil
		}
		return alterLines(ctx, tx, e)
	})
	return id, err
}

func putChange(ctx context.Context, tx *sql.Tx, c library.Change) (int64, error) {
	result, err := tx.ExecContext(ctx, `INSERT INTO change (episode, language, kind, target, before, after, nonce, at) VALUES (`+placeholders(8)+`)`,
		c.Episode, c.Language, c.Kind, c.Target, c.Before, c.After, c.Nonce, c.At.UTC().Format(time.RFC3339Nano))
	if sqliteErr := (sqlite3.Error{}); errors.As(err, &sqliteErr) && sqliteErr.ExtendedCode == sqlite3.ErrConstraintUnique {
		return 0, library.Errorf(library.Conflict, "This change has been made already.")
	}
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// changeEpisode writes what a person can change of an episode.
func changeEpisode(ctx context.Context, tx *sql.Tx, e library.Episode) error {
	_, err := tx.ExecContext(ctx, `UPDATE episode SET spoken = ?, audio = ?, found = ? WHERE id = ?`,
		e.Spoken, audioJSON(e.Audio), toJSON(e.Found), e.ID)
	return err
}

// alterLines brings the search in step with a transcript's new times and
// speakers.
func alterLines(ctx context.Context, tx *sql.Tx, e library.Edit) error {
	var id int64
	err := tx.QueryRowContext(ctx, `UPDATE transcript_version SET follows = ?1
		WHERE id = (SELECT version FROM transcript WHERE episode = ?2 AND language = ?3) RETURNING transcript`,
		e.Follows, e.Change.Episode, e.Change.Language).Scan(&id)
	if err != nil {
		return notFound(err, "The episode %q has no transcript in that language.", e.Change.Episode)
	}
	line, err := tx.PrepareContext(ctx, `UPDATE line SET start_ms = ?, timing = ?, plus_minus_ms = ?, speaker = ?, words = ? WHERE transcript = ? AND ordinal = ?`)
	if err != nil {
		return err
	}
	defer line.Close()
	names := e.Text.Names()
	for _, i := range e.Lines {
		s := e.Text.Segments[i]
		if _, err := line.ExecContext(ctx, nullMs(s.StartMs), s.Timing, int64(s.PlusMinusMs), names[s.Speaker], wordTimes(s), id, i); err != nil {
			return err
		}
	}
	return nil
}

// FindChanges implements library.Changes.
func (s *Store) FindChanges(ctx context.Context, episode string) ([]library.Change, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, episode, language, kind, target, before, after, nonce, at FROM change WHERE episode = ? ORDER BY id`, episode)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var changes []library.Change
	for rows.Next() {
		var c library.Change
		var at string
		if err := rows.Scan(&c.ID, &c.Episode, &c.Language, &c.Kind, &c.Target, &c.Before, &c.After, &c.Nonce, &at); err != nil {
			return nil, err
		}
		if c.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, rows.Err()
}
