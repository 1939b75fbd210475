package web

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// staticFiles are the styles and scripts, each compressed once. Their version
// stands in their URLs, so a browser may keep them for ever.
type staticFiles struct {
	files   fs.FS
	reload  bool
	version string
	packed  map[string]*packed
	modules map[string][]string // what each script imports
	styles  sync.Map            // inlined, by the sheets it is made of
}

func newStaticFiles(files fs.FS, reload bool) (*staticFiles, error) {
	s := &staticFiles{files: files, reload: reload, version: "dev", packed: make(map[string]*packed), modules: make(map[string][]string)}
	if reload {
		return s, nil
	}
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if b, err = joinCSS(files, name, b); err != nil {
			return err
		}
		sum.Write([]byte(name))
		sum.Write(b)
		s.packed[name] = pack(b, brotliBest)
		if path.Ext(name) == ".js" {
			if s.modules[name], err = modules(files, name); err != nil {
				return err
			}
		}
		return nil
	})
	s.version = hex.EncodeToString(sum.Sum(nil)[:6])
	return s, err
}

// Warm packs ahead what browsers ask for first: a second's work.
func (s *Server) Warm() {
	for name, p := range s.static.packed {
		if public[path.Ext(name)] {
			p.brotli()
		}
	}
}

// public are the endings of what a browser may ask for; templates are not.
var public = map[string]bool{".css": true, ".js": true, ".svg": true, ".json": true}

func (s *Server) getStatic(c echo.Context) error {
	name := path.Clean(c.Param("*"))
	if !public[path.Ext(name)] || !fs.ValidPath(name) {
		return echo.ErrNotFound
	}
	p, ok := s.static.packed[name]
	if !ok {
		b, err := fs.ReadFile(s.static.files, name)
		if err != nil {
			return echo.ErrNotFound
		}
		p = pack(b, brotliQuick)
	}
	plainHeaders(c)
	if path.Ext(name) == ".svg" { // which is a document, opened by itself
		c.Response().Header().Set("Content-Security-Policy", "default-src 'none'")
		c.Response().Header().Set("X-Content-Type-Options", "nosniff")
	}
	cache := "max-age=31536000, immutable"
	if s.static.reload || c.Param("version") != s.static.version {
		cache = "no-cache"
	}
	return p.send(c, strings.TrimSuffix(mime.TypeByExtension(path.Ext(name)), "; charset=utf-8"), cache)
}

// plainHeaders leaves off what only documents need: a page asks for some thirty
// small files.
func plainHeaders(c echo.Context) {
	for _, name := range []string{"Content-Security-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Referrer-Policy", "X-Content-Type-Options"} {
		c.Response().Header().Del(name)
	}
}

func (s *Server) getCustomCSS(c echo.Context) error {
	b, err := os.ReadFile(s.CustomCSS)
	if err != nil {
		return echo.ErrNotFound
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return c.Blob(http.StatusOK, "text/css; charset=utf-8", b)
}
