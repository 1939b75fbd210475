package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/labstack/echo/v4"
)

func TestTakes(t *testing.T) {
	for accept, want := range map[string]bool{
		"": false, "br": true, "gzip, deflate, br, zstd": true, "gzip,br;q=0.5": true, "br;q=0": false, "br; q=0.0, gzip": false,
		"gzip": false, "brotli": false, "vibrato": false, "br ;q=1": true,
	} {
		if got := takes(accept, "br"); got != want {
			t.Errorf("%q: %v, want %v", accept, got, want)
		}
	}
}

func TestAPackedPageIsThePageAndIsSentOnce(t *testing.T) {
	plain := []byte(strings.Repeat("The tide went out. ", 1000))
	send := func(cache string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		if err := pack(plain, brotliQuick).send(echo.New().NewContext(r, w), "text/html", cache); err != nil {
			t.Fatal(err)
		}
		return w
	}
	a := send("no-cache", "Accept-Encoding", "gzip, br")
	got, err := io.ReadAll(brotli.NewReader(a.Body))
	if err != nil || !bytes.Equal(got, plain) || a.Header().Get("Content-Encoding") != "br" {
		t.Errorf("%v, %d bytes, %v", err, len(got), a.Header())
	}
	tag := a.Header().Get("ETag")
	if b := send("no-cache", "Accept-Encoding", "gzip, br", "If-None-Match", tag); b.Code != http.StatusNotModified || b.Body.Len() > 0 {
		t.Errorf("known already: %d, %d bytes", b.Code, b.Body.Len())
	}
	if b := send("no-cache", "If-None-Match", tag); b.Code != http.StatusOK || !bytes.Equal(b.Body.Bytes(), plain) {
		t.Errorf("known in another coding: %d", b.Code)
	}
	if b := send("immutable", "Accept-Encoding", "br"); b.Header().Get("ETag") != "" {
		t.Error("what never changes need not be asked for again")
	}
}

func TestPacksKeepTheNewest(t *testing.T) {
	var p packs
	first := p.of([]byte("page 0"))
	if p.of([]byte("page 0")) != first {
		t.Error("it was packed twice")
	}
	for i := range 20 {
		p.of(fmt.Appendf(make([]byte, maxKept/16), "page %d", i+1))
	}
	if len(p.kept) != 15 || p.size > maxKept || p.of([]byte("page 0")) == first {
		t.Errorf("%d are kept, %d bytes", len(p.kept), p.size)
	}
	if huge := p.of(make([]byte, maxKept+1)); len(p.kept) != 1 || p.of(huge.plain) != huge {
		t.Error("one that is larger than all is not kept")
	}
}

func TestAPageAskedForAgainIsPackedBest(t *testing.T) {
	var p packs
	var page []byte
	for i := range 2000 {
		page = fmt.Appendf(page, "%d keepers of %d lights, ", i*i, i)
	}
	quick := len(p.of(page).brotli())
	p.of(page)
	for deadline := time.Now().Add(10 * time.Second); len(p.of(page).brotli()) >= quick; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it still has %d bytes", quick)
		}
	}
	best := p.of(page)
	plain, err := io.ReadAll(brotli.NewReader(bytes.NewReader(best.brotli())))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(plain, page) || best.tag != pack(page, brotliQuick).tag || p.of(page) != best {
		t.Error("it is not the same page, or is packed on and on")
	}
}
