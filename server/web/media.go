package web

import (
	"cmp"
	"net/http"
	"os"

	"github.com/labstack/echo/v4"

	"hearsay/server/library"
)

// inert is the policy of what comes from people's files: whatever it holds, it
// does nothing.
const inert = "default-src 'none'; sandbox"

// getMedia sends the sound, whole or in ranges.
func (s *Server) getMedia(c echo.Context) error {
	ep, err := s.Library.Store.FindEpisode(c.Request().Context(), c.Param("episode"))
	if err != nil {
		return err
	}
	file, err := s.openSound(ep)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", cmp.Or(ep.Audio.Type, "application/octet-stream"))
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Security-Policy", inert)
	// The plain writer, not echo's: only that one lets the kernel copy the file.
	http.ServeContent(c.Response().Writer, c.Request(), "", info.ModTime(), file)
	return nil
}

// openSound opens an episode's sound file, never outside its root.
func (s *Server) openSound(ep library.Episode) (*os.File, error) {
	gone := library.Errorf(library.NotFound, "The sound of %q is not here.", ep.Title)
	if ep.Audio == nil || ep.Audio.Kind != library.SoundFile {
		return nil, gone
	}
	root, err := os.OpenRoot(s.Roots[ep.Audio.Root])
	if err != nil {
		return nil, gone
	}
	defer root.Close()
	file, err := root.Open(ep.Audio.Path)
	if err != nil {
		return nil, gone
	}
	return file, nil
}

func (s *Server) getCover(c echo.Context) error {
	cover, mediaType, err := s.Library.Store.FindCover(c.Request().Context(), c.Param("episode"))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	c.Response().Header().Set("Content-Security-Policy", inert)
	return c.Blob(http.StatusOK, mediaType, cover)
}
