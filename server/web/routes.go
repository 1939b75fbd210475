package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// routes is the table of contents. Reads are open; what stands in the second
// group needs the token or the cookie.
func (s *Server) routes(e *echo.Echo) {
	e.GET("/", s.getShelf)
	e.GET("/e/:episode", s.getEpisodePage)
	e.GET("/media/:episode", s.getMedia)
	e.HEAD("/media/:episode", s.getMedia)
	e.GET("/cover/:episode", s.getCover)
	e.GET("/static/:version/*", s.getStatic)
	e.GET("/custom.css", s.getCustomCSS)
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })

	e.GET("/api/episodes", s.getEpisodes)
	e.GET("/api/episodes/:episode", s.getEpisode)
	e.GET("/api/episodes/:episode/times", s.getTimes)
	e.GET("/api/episodes/:episode/:transcript", s.getTranscript) // transcript, transcript.vtt, …
	e.GET("/api/search", s.getSearch)

	e.GET("/sign-in", s.signInByLink)
	e.POST("/sign-in", s.signInByForm)
	e.PUT("/api/session", s.putSession)
	e.DELETE("/api/session", s.deleteSession)

	write := e.Group("/api", s.mayWrite)
	write.POST("/episodes", s.postEpisode)
	write.DELETE("/episodes/:episode", s.deleteEpisode)
}
