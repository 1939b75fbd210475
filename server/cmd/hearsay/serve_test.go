package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asCommand makes this test binary behave as the command itself.
const asCommand = "HEARSAY_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// running is a server in a process of its own.
type running struct {
	*exec.Cmd
	t           *testing.T
	base, login string
	errs        *bytes.Buffer
}

// start serves an empty shelf and reads the addresses that it prints.
func start(t *testing.T, dir string, env ...string) running {
	t.Helper()
	self, err := os.Executable()
	check(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	r := running{Cmd: exec.CommandContext(ctx, self, "serve"), t: t, errs: &bytes.Buffer{}}
	r.Dir = dir
	r.Env = append(append(os.Environ(), asCommand+"=1", "HEARSAY_ADDR=127.0.0.1:0",
		"HEARSAY_DATA="+filepath.Join(dir, "data"), "HEARSAY_TRANSCRIPTS="+filepath.Join(dir, "shelf")), env...)
	r.Stderr = r.errs
	out, err := r.StdoutPipe()
	check(t, err)
	check(t, r.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := regexp.MustCompile(`http://[^ ]+`).FindString(lines.Text()); strings.Contains(m, "token=") {
			r.login = m
		} else if m != "" {
			r.base = strings.TrimSuffix(m, "/")
		}
		if strings.HasPrefix(lines.Text(), "The shelf is") {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return r
		}
	}
	t.Fatalf("it did not start: %s", r.errs)
	return r
}

func (r running) get(address string) string {
	r.t.Helper()
	answer, err := http.Get(address) //nolint:gosec,noctx // our own
	check(r.t, err)
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	check(r.t, err)
	return string(b)
}

// stop ends it as a service manager does.
func (r running) stop() {
	r.t.Helper()
	check(r.t, r.Process.Signal(syscall.SIGTERM))
	if err := r.Wait(); err != nil {
		r.t.Errorf("it ended with %v: %s", err, r.errs)
	}
	if strings.Contains(r.errs.String(), "level=ERROR") {
		r.t.Errorf("errors in the log: %s", r.errs)
	}
}

func TestServe(t *testing.T) {
	dir := desk(t, nil)
	r := start(t, dir)
	if got := r.get(r.base + "/healthz"); got != "ok\n" {
		t.Errorf("health: %q", got)
	}
	if d := call("", "health", "--addr", strings.TrimPrefix(r.base, "http://")); d.failed != nil {
		t.Errorf("hearsay health: %+v", d)
	}
	var list struct{ Episodes []struct{ ID, Origin string } }
	for deadline := time.Now().Add(40 * time.Second); len(list.Episodes) < 2 && time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		check(t, json.Unmarshal([]byte(r.get(r.base+"/api/episodes")), &list))
	}
	if len(list.Episodes) != 2 || list.Episodes[0].Origin != "demo" {
		t.Errorf("the demo is not there: %+v %s", list, r.errs)
	}
	if page := r.get(r.login); !strings.Contains(page, "The Light Keepers") {
		t.Errorf("the sign-in link leads to %.500s", page)
	}
	r.stop()
	for name, mode := range map[string]os.FileMode{"tmp": 0o700 | os.ModeDir, "token": 0o600} {
		if info, err := os.Stat(filepath.Join(dir, "data", name)); err != nil || info.Mode() != mode {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	again := start(t, dir, "HEARSAY_URL=http://pod.example/hearsay")
	if again.base != "http://pod.example/hearsay" || !strings.HasSuffix(again.login, r.login[strings.Index(r.login, "?"):]) {
		t.Errorf("at %q, sign-in %q, and before that %q", again.base, again.login, r.login)
	}
	again.stop()
}
