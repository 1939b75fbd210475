package sqlite

import (
	"context"
	"time"

	"hearsay/server/library"
)

// AddChange implements library.Changes.
func (s *Store) AddChange(ctx context.Context, c library.Change) (int64, error) {
	result, err := s.write.ExecContext(ctx, `INSERT INTO change (episode, kind, target, before, after, at) VALUES (`+placeholders(6)+`)`,
		c.Episode, c.Kind, c.Target, c.Before, c.After, c.At.UTC().Format(time.RFC3339Nano))
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// FindChanges implements library.Changes.
func (s *Store) FindChanges(ctx context.Context, episode string) ([]library.Change, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, episode, kind, target, before, after, at FROM change WHERE episode = ? ORDER BY id`, episode)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var changes []library.Change
	for rows.Next() {
		var c library.Change
		var at string
		if err := rows.Scan(&c.ID, &c.Episode, &c.Kind, &c.Target, &c.Before, &c.After, &at); err != nil {
			return nil, err
		}
		if c.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, rows.Err()
}
