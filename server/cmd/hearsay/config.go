package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"hearsay/server/audio"
	"hearsay/server/library"
	"hearsay/server/shelf"
	"hearsay/server/sqlite"
)

// option adds a flag with its twin in the environment.
func option(flags *flag.FlagSet, name, env, fallback, help string) *string {
	if v, ok := os.LookupEnv(env); ok {
		fallback = v
	}
	return flags.String(name, fallback, help+" ($"+env+")")
}

func addrOption(flags *flag.FlagSet) *string {
	return option(flags, "addr", "HEARSAY_ADDR", "127.0.0.1:8080", "address to listen on")
}

func dataOption(flags *flag.FlagSet) *string {
	return option(flags, "data", "HEARSAY_DATA", "./data", "folder of the database and the uploads")
}

func shelfOption(flags *flag.FlagSet) *string {
	return option(flags, "transcripts", "HEARSAY_TRANSCRIPTS", "./transcripts", "the shelf: folder of sound and transcripts")
}

// open opens the library in the data folder.
func open(ctx context.Context, data, folder string) (*library.Library, error) {
	uploads := shelf.Uploads{Dir: filepath.Join(data, library.UploadsRoot)}
	if err := os.MkdirAll(uploads.Dir, 0o750); err != nil {
		return nil, fmt.Errorf("the data folder cannot be used: %w", err)
	}
	store, err := sqlite.Open(ctx, data)
	if err != nil {
		return nil, err
	}
	onShelf := func(f library.File) bool {
		_, err := os.Stat(filepath.Join(folder, filepath.FromSlash(f.Path)))
		return err == nil
	}
	return &library.Library{Store: store, Probe: probe, IsAudio: audio.IsAudio, Uploads: uploads, OnShelf: onShelf}, nil
}

// useTemp keeps temporary files, large uploads on their way among them, in the
// data folder, where nobody else can put any: compiled code is cached there
// too. What an earlier run left of uploads goes.
func useTemp(data string) error {
	dir, err := filepath.Abs(filepath.Join(data, "tmp"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return err
	}
	left, err := filepath.Glob(filepath.Join(dir, "multipart-*"))
	if err != nil {
		return err
	}
	for _, name := range left {
		_ = os.Remove(name) // no matter: it only takes room
	}
	return os.Setenv("TMPDIR", dir)
}

// probe says what the library wants to know of a sound file.
func probe(path string) (library.Sound, error) {
	info, err := audio.Probe(path)
	return library.Sound{
		DurationMs: info.DurationMs, MediaType: info.MediaType, Problem: info.Problem, Unplayable: !info.Playable,
		Title: info.Title, Show: info.Show, Date: info.Date, Cover: info.Cover, CoverType: info.CoverType,
	}, err
}

// token returns the token that allows writing: the one given, else one kept in
// the data folder, made at the first start.
func token(given, data string) (string, error) {
	if given != "" {
		return given, nil
	}
	name := filepath.Join(data, "token")
	b, err := os.ReadFile(name)
	if err == nil && strings.TrimSpace(string(b)) != "" {
		return strings.TrimSpace(string(b)), nil
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	made := rand.Text()
	return made, os.WriteFile(name, []byte(made+"\n"), 0o600)
}

func newLog(std streams) *slog.Logger {
	return slog.New(slog.NewTextHandler(std.err, nil))
}
