package sqlite

import (
	"context"
	"database/sql"
	"time"

	"hearsay/server/library"
)

// FindFiles implements library.Files.
func (s *Store) FindFiles(ctx context.Context, root string) ([]library.File, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT root, path, size, mod_time, hash, episode, problem, line, gone FROM file
		WHERE root = ? ORDER BY path`, root)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var files []library.File
	for rows.Next() {
		var f library.File
		var at string
		if err := rows.Scan(&f.Root, &f.Path, &f.Size, &at, &f.Hash, &f.Episode, &f.Problem, &f.Line, &f.Gone); err != nil {
			return nil, err
		}
		if f.ModTime, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, rows.Err()
}

// SaveFiles implements library.Files.
func (s *Store) SaveFiles(ctx context.Context, files []library.File) error {
	return s.inTx(ctx, func(tx *sql.Tx) error { return putFiles(ctx, tx, files) })
}

func putFiles(ctx context.Context, tx *sql.Tx, files []library.File) error {
	for _, f := range files {
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO file (root, path, size, mod_time, hash, episode, problem, line, gone)
			VALUES (`+placeholders(9)+`)`,
			f.Root, f.Path, f.Size, f.ModTime.UTC().Format(time.RFC3339Nano), f.Hash, f.Episode, f.Problem, f.Line, f.Gone)
		if err != nil {
			return err
		}
	}
	return nil
}

// RemoveFiles implements library.Files.
func (s *Store) RemoveFiles(ctx context.Context, root string, paths []string) error {
	return s.inTx(ctx, func(tx *sql.Tx) error {
		for _, p := range paths {
			if _, err := tx.ExecContext(ctx, `DELETE FROM file WHERE root = ? AND path = ?`, root, p); err != nil {
				return err
			}
		}
		return nil
	})
}
