package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// routes is the table of contents. Reads are open; what stands last needs
// the token or the cookie.
func (s *Server) routes(e *echo.Echo) {
	get := func(path string, h echo.HandlerFunc) { e.Match([]string{http.MethodGet, http.MethodHead}, path, h) }
	get("/", s.getShelf)
	get("/e/:episode", s.getEpisodePage)
	get("/media/:episode", s.getMedia)
	get("/cover/:episode", s.getCover)
	get("/static/:version/*", s.getStatic)
	get("/custom.css", s.getCustomCSS)
	get("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })

	get("/api/episodes", s.getEpisodes)
	get("/api/episodes/:episode", s.getEpisode)
	get("/api/episodes/:episode/times", s.getTimes)
	get("/api/episodes/:episode/:transcript", s.getTranscript) // transcript, transcript.vtt, …
	get("/api/search", s.getSearch)

	e.GET("/sign-in", s.signInByLink)
	e.POST("/sign-in", s.signInByForm, small)
	e.PUT("/api/session", s.putSession, small)
	e.DELETE("/api/session", s.deleteSession)

	e.POST("/e/:episode/remove", s.removeByForm, s.mayWrite)
	e.POST("/api/episodes", s.postEpisode, s.mayWrite)
	e.DELETE("/api/episodes/:episode", s.deleteEpisode, s.mayWrite)
	e.GET("/api/episodes/:episode/changes", s.getReading, s.mayWrite)
	e.PATCH("/api/episodes/:episode", s.patchEpisode, s.mayWrite, small)
	e.PATCH("/api/episodes/:episode/segments/:segment", s.patchLine, s.mayWrite, small)
	e.POST("/api/episodes/:episode/undo", s.postUndo, s.mayWrite, small)
	e.POST("/api/episodes/:episode/redo", s.postRedo, s.mayWrite, small)
}

// Routes lists every route as "METHOD /path", for those who want to be sure
// that they know all of them.
func (s *Server) Routes() []string {
	var routes []string
	for _, r := range s.echo.Routes() {
		routes = append(routes, r.Method+" "+r.Path)
	}
	return routes
}
