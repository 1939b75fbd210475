package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"hearsay/server/library"
	"hearsay/server/shelf"
	"hearsay/server/web"
	"hearsay/static"
	"hearsay/transcripts"
)

// goodbye is how long requests in flight have to finish.
const goodbye = 8 * time.Second

func serve(ctx context.Context, std streams, args []string) error {
	// Only a server has something to finish; every other command just ends.
	ctx, unhook := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer unhook()
	flags := newFlags("serve", std)
	addr := addrOption(flags)
	folder := shelfOption(flags)
	data := dataOption(flags)
	given := option(flags, "token", "HEARSAY_TOKEN", "", "token that allows writing; made at the first start if empty")
	outside := option(flags, "url", "HEARSAY_URL", "", "base URL as seen from outside, a path included")
	dev := flags.String("dev", "", "serve pages, styles and scripts from this folder, anew each time")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("serve takes no arguments, and got %q", flags.Arg(0))
	}
	log := newLog(std)
	lib, err := open(ctx, *data, *folder)
	if err != nil {
		return err
	}
	defer lib.Store.Close()
	if err := useTemp(*data); err != nil {
		return err
	}
	secret, err := token(*given, *data)
	if err != nil {
		return err
	}
	sh, err := openShelf(lib, *folder, *data, log)
	if err != nil {
		return err
	}
	files := fs.FS(static.Files)
	if *dev != "" {
		files = os.DirFS(*dev)
	}
	server, err := web.New(web.Config{
		Library: lib, Static: files, Reload: *dev != "", URL: *outside, Token: secret, Roots: dirs(sh.Roots),
		CustomCSS: filepath.Join(*data, "custom.css"), ShelfWarning: sh.Warning, Log: log,
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	greet(std, listener.Addr(), *outside, secret, *folder)
	ctx, stop := context.WithCancel(ctx)
	var watching sync.WaitGroup
	watching.Go(func() { sh.Watch(ctx) })
	defer watching.Wait() // before the store is closed
	defer stop()
	go server.Warm()
	return listen(ctx, server.HTTP(), listener)
}

// listen serves until the context ends, and then lets requests finish.
func listen(ctx context.Context, server *http.Server, listener net.Listener) error {
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		last, cancel := context.WithTimeout(context.Background(), goodbye)
		defer cancel()
		done <- server.Shutdown(last)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	if err := <-done; err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// greet prints where to go, with a link that signs in.
func greet(std streams, addr net.Addr, outside, secret, folder string) {
	base := strings.TrimSuffix(outside, "/")
	if base == "" {
		base = "http://" + addr.String()
		if host, port, err := net.SplitHostPort(addr.String()); err == nil && net.ParseIP(host).IsUnspecified() {
			base = "http://localhost:" + port
		}
	}
	fmt.Fprintf(std.out, "Hearsay is at     %s/\n", base)
	fmt.Fprintf(std.out, "Sign in to add at %s/sign-in?token=%s\n", base, url.QueryEscape(secret))
	fmt.Fprintf(std.out, "The shelf is      %s\n", folder)
}

// openShelf makes the folders that the shelf reads: the person's own, the
// uploads, and the demo.
func openShelf(lib *library.Library, folder, data string, log *slog.Logger) (*shelf.Shelf, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // it is the person's folder
		log.Warn("The shelf is not there and cannot be made.", "folder", folder, "error", err)
	}
	uploads := shelf.Uploads{Dir: filepath.Join(data, library.UploadsRoot)}
	if err := uploads.Clean(); err != nil {
		return nil, err
	}
	demo := filepath.Join(data, "demo")
	if err := unpackDemo(demo); err != nil {
		return nil, err
	}
	return &shelf.Shelf{Library: lib, Log: log, Roots: []shelf.Root{
		{Name: library.ShelfRoot, Dir: folder, Origin: library.FromShelf},
		{Name: library.UploadsRoot, Dir: uploads.Dir, Origin: library.FromUpload},
		{Name: "demo", Dir: demo, Origin: library.FromDemo},
	}}, nil
}

func dirs(roots []shelf.Root) map[string]string {
	m := make(map[string]string, len(roots))
	for _, r := range roots {
		m[r.Name] = r.Dir
	}
	return m
}

// unpackDemo writes the embedded demo where sound can be read and sought in.
func unpackDemo(to string) error {
	demo, err := fs.Sub(transcripts.Demo, "demo")
	if err != nil {
		return err
	}
	return fs.WalkDir(demo, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(to, filepath.FromSlash(name))
		if d.IsDir() {
			return os.MkdirAll(target, 0o750)
		}
		b, err := fs.ReadFile(demo, name)
		if err != nil {
			return err
		}
		if have, err := os.ReadFile(target); err == nil && string(have) == string(b) {
			return nil
		}
		return os.WriteFile(target, b, 0o600)
	})
}
