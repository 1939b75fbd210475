package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/labstack/echo/v4"
)

// packed is content in the codings that browsers take, each made when it is
// first asked for and then kept. Brotli takes a sixth off what gzip leaves of a
// transcript, and its best level as much off small scripts.
type packed struct {
	plain  []byte
	tag    string // names the content
	brotli func() []byte
	gzip   func() []byte
}

// Levels of brotli: what is packed while somebody waits, and what is packed once.
const (
	brotliQuick = 5
	brotliBest  = brotli.BestCompression
)

func pack(plain []byte, level int) *packed {
	sum := sha256.Sum256(plain)
	return &packed{
		plain: plain,
		tag:   hex.EncodeToString(sum[:8]),
		brotli: sync.OnceValue(func() []byte {
			return coded(plain, func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, level) })
		}),
		gzip: sync.OnceValue(func() []byte {
			return coded(plain, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
		}),
	}
}

// coded runs content through a coder; writing to memory does not fail.
func coded(plain []byte, coder func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	w := coder(&out)
	_, _ = w.Write(plain)
	_ = w.Close()
	return out.Bytes()
}

// send answers with content in a coding that the browser takes, or, where it
// has that already, says so.
func (p *packed) send(c echo.Context, mediaType, cache string) error {
	h := c.Response().Header()
	h.Set("Cache-Control", cache)
	h.Set("Vary", strings.TrimPrefix(h.Get("Vary")+", Accept-Encoding", ", "))
	body, tag := p.plain, p.tag
	switch accept := c.Request().Header.Get("Accept-Encoding"); {
	case takes(accept, "br"):
		h.Set("Content-Encoding", "br")
		body, tag = p.brotli(), tag+"-br"
	case takes(accept, "gzip"):
		h.Set("Content-Encoding", "gzip")
		body, tag = p.gzip(), tag+"-gz"
	}
	if strings.Contains(cache, "immutable") {
		return c.Blob(http.StatusOK, mediaType, body)
	}
	tag = `"` + tag + `"`
	h.Set("ETag", tag)
	if strings.Contains(c.Request().Header.Get("If-None-Match"), tag) {
		h.Del("Content-Encoding")
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, mediaType, body)
}

// takes reports whether a browser takes a coding.
func takes(accept, coding string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		name, weight, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if name == coding && strings.Trim(strings.TrimPrefix(weight, "q="), "0.") != "" || name == coding && weight == "" {
			return true
		}
	}
	return false
}

// packs keeps packed pages by what is in them: most readers of a page get the
// same.
type packs struct {
	mu   sync.Mutex
	kept []kept // the oldest first
	size int    // bytes of what is kept, unpacked
	slow sync.Mutex
}

type kept struct {
	*packed
	again bool // it was asked for more than once
}

const (
	maxKept = 32 << 20  // bytes: some fifteen pages of ten hours
	maxBest = 256 << 10 // bytes: brotli's best takes a fifth of a second for a hundred thousand
)

// of returns a page packed, as it was kept or anew. What is asked for again is
// packed as small as it goes, while nobody waits for that.
func (p *packs) of(plain []byte) *packed {
	fresh := pack(plain, brotliQuick)
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := p.index(fresh.tag); i >= 0 {
		page := &p.kept[i]
		if !page.again && len(plain) <= maxBest {
			go p.shrink(page.packed)
		}
		page.again = true
		return page.packed
	}
	p.kept = append(p.kept, kept{packed: fresh})
	p.size += len(plain)
	for p.size > maxKept && len(p.kept) > 1 {
		p.size -= len(p.kept[0].plain)
		p.kept = slices.Delete(p.kept, 0, 1)
	}
	return fresh
}

func (p *packs) index(tag string) int {
	return slices.IndexFunc(p.kept, func(k kept) bool { return k.tag == tag })
}

// shrink puts a page packed best in the place of the quick one; one at a time,
// for each takes a processor.
func (p *packs) shrink(page *packed) {
	p.slow.Lock()
	defer p.slow.Unlock()
	best := pack(page.plain, brotliBest)
	best.brotli()
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := p.index(page.tag); i >= 0 {
		p.kept[i].packed = best
	}
}
