package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path"
	"strings"

	"github.com/labstack/echo/v4"
)

// staticFiles are the styles and scripts, each compressed once. Their version
// stands in their URLs, so a browser may keep them for ever.
type staticFiles struct {
	files   fs.FS
	reload  bool
	version string
	plain   map[string][]byte
	packed  map[string][]byte
	modules map[string][]string // what each script imports
}

func newStaticFiles(files fs.FS, reload bool) (*staticFiles, error) {
	s := &staticFiles{files: files, reload: reload, version: "dev", plain: make(map[string][]byte), packed: make(map[string][]byte), modules: make(map[string][]string)}
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
		s.plain[name] = b
		if path.Ext(name) == ".js" {
			if s.modules[name], err = modules(files, name); err != nil {
				return err
			}
		}
		s.packed[name], err = squeeze(b)
		return err
	})
	s.version = hex.EncodeToString(sum.Sum(nil)[:6])
	return s, err
}

// squeeze compresses as far as it goes; it is done once a file.
func squeeze(b []byte) ([]byte, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(b); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// public are the endings of what a browser may ask for; templates are not.
var public = map[string]bool{".css": true, ".js": true, ".svg": true, ".json": true}

func (s *Server) getStatic(c echo.Context) error {
	name := path.Clean(c.Param("*"))
	if !public[path.Ext(name)] || !fs.ValidPath(name) {
		return echo.ErrNotFound
	}
	b, ok := s.static.plain[name]
	if !ok {
		var err error
		if b, err = fs.ReadFile(s.static.files, name); err != nil {
			return echo.ErrNotFound
		}
	}
	cache := "public, max-age=31536000, immutable"
	if s.static.reload || c.Param("version") != s.static.version {
		cache = "no-cache"
	}
	return sendPacked(c, mime.TypeByExtension(path.Ext(name)), cache, b, s.static.packed[name])
}

// sendPacked sends bytes, or their compressed form to whom takes it.
func sendPacked(c echo.Context, mediaType, cache string, plain, packed []byte) error {
	h := c.Response().Header()
	h.Set("Cache-Control", cache)
	h.Set("Vary", "Accept-Encoding")
	if packed != nil && strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		plain = packed
	}
	return c.Blob(http.StatusOK, mediaType, plain)
}

func (s *Server) getCustomCSS(c echo.Context) error {
	b, err := os.ReadFile(s.CustomCSS)
	if err != nil {
		return echo.ErrNotFound
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return c.Blob(http.StatusOK, "text/css; charset=utf-8", b)
}
