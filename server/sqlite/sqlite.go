// Package sqlite keeps the library in one SQLite file: write-ahead log, one
// writer, many readers, every commit on the disk before it is acknowledged.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strconv"

	_ "github.com/mattn/go-sqlite3" // the driver

	"hearsay/server/library"
	"hearsay/server/quote"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrNoFTS5 means that the binary was built without full text search.
var ErrNoFTS5 = errors.New("this binary was built without full text search: build it with make, or with go build -tags sqlite_fts5")

// Store is a library.Store on SQLite.
type Store struct {
	write *sql.DB // one connection
	read  *sql.DB
}

var _ library.Store = (*Store)(nil)

// readers is the number of connections that may read at once.
const readers = 8

// Open opens the database in a folder, making or migrating it as needed. A
// database that a newer Hearsay has migrated is refused.
func Open(ctx context.Context, dir string) (*Store, error) {
	path := filepath.Join(dir, "hearsay.db")
	write, err := connect(path, "immediate", 1)
	if err != nil {
		return nil, err
	}
	s := &Store{write: write}
	if err := s.prepare(ctx, path); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", path, err), s.Close())
	}
	return s, nil
}

func connect(path, lock string, connections int) (*sql.DB, error) {
	query := url.Values{
		"_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_foreign_keys": {"on"}, "_busy_timeout": {"10000"}, "_txlock": {lock},
	}
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+query.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

func (s *Store) prepare(ctx context.Context, path string) error {
	var fts5 bool
	if err := s.write.QueryRowContext(ctx, "SELECT sqlite_compileoption_used('ENABLE_FTS5')").Scan(&fts5); err != nil {
		return err
	}
	if !fts5 {
		return ErrNoFTS5
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	var err error
	if s.read, err = connect(path, "deferred", readers); err != nil {
		return err
	}
	return s.refreshIndex(ctx)
}

// Close closes the database.
func (s *Store) Close() error {
	if s.read == nil {
		return s.write.Close()
	}
	return errors.Join(s.read.Close(), s.write.Close())
}

// migrate runs the numbered migrations that the database has not seen, each in
// a transaction of its own.
func (s *Store) migrate(ctx context.Context) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	var version int
	if err := s.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > len(names) {
		return fmt.Errorf("it has version %d, this Hearsay knows %d: use the newer Hearsay that made it", version, len(names))
	}
	for i, name := range names[version:] {
		script, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		err = s.inTx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, string(script)+"; PRAGMA user_version = "+strconv.Itoa(version+i+1))
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// refreshIndex makes the search index anew where another version of the tokens
// made it.
func (s *Store) refreshIndex(ctx context.Context) error {
	var have string
	err := s.write.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = 'tokens'").Scan(&have)
	if want := strconv.Itoa(quote.Version); err == nil && have == want {
		return nil
	} else if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return s.inTx(ctx, func(tx *sql.Tx) error {
		if err := reindex(ctx, tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO setting VALUES ('tokens', ?)", strconv.Itoa(quote.Version))
		return err
	})
}

// inTx runs f in a transaction of the one writer.
func (s *Store) inTx(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// notFound says in words that there is no such thing.
func notFound(err error, format string, args ...any) error {
	if errors.Is(err, sql.ErrNoRows) {
		return library.Errorf(library.NotFound, format, args...)
	}
	return err
}
