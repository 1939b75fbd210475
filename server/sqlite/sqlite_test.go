package sqlite_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/server/library"
	"hearsay/server/sqlite"
	"hearsay/server/storetest"
)

func open(t *testing.T, dir string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) library.Store { return open(t, t.TempDir()) })
}

func TestOpenTwiceKeepsEverything(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if err := s.SaveFiles(context.Background(), []library.File{{Root: "shelf", Path: "a"}}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = open(t, dir)
	defer s.Close()
	files, err := s.FindFiles(context.Background(), "shelf")
	if err != nil || len(files) != 1 {
		t.Fatalf("got %v, %v", files, err)
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	dir := t.TempDir()
	open(t, dir).Close()
	db, err := sql.Open("sqlite3", filepath.Join(dir, "hearsay.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("PRAGMA user_version = 999"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	_, err = sqlite.Open(context.Background(), dir)
	if err == nil || !strings.Contains(err.Error(), "newer Hearsay") {
		t.Fatalf("got %v", err)
	}
}

func TestFolderNamesAreTakenAsTheyAre(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b?c#d%20")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	open(t, dir).Close()
	if _, err := os.Stat(filepath.Join(dir, "hearsay.db")); err != nil {
		t.Fatal(err)
	}
}

func TestSettings(t *testing.T) {
	dir := t.TempDir()
	defer open(t, dir).Close()
	// Journal mode is a property of the file.
	db, err := sql.Open("sqlite3", filepath.Join(dir, "hearsay.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var mode string
	if err := db.QueryRow("PRAGMA journal_mode").Scan(&mode); err != nil || mode != "wal" {
		t.Fatalf("journal mode %q, %v", mode, err)
	}
}
