// Package web serves the library over HTTP: pages for people, JSON for
// programs. routes.go is its table of contents.
package web

import (
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"hearsay/server/library"
)

// Config is what a server is made from.
type Config struct {
	Library *library.Library
	Static  fs.FS  // the folder static
	Reload  bool   // read templates and static files anew each time
	URL     string // base URL as seen from outside, a path included; "" is the address itself
	Token   string // allows writing
	// Roots maps the names of the folders that hold sound to where they lie.
	Roots map[string]string
	// CustomCSS is the path of the self-hoster's own style sheet; it need not exist.
	CustomCSS string
	// ShelfWarning says what is wrong with the shelf as a whole.
	ShelfWarning func() string
	Log          *slog.Logger
}

// Server answers requests.
type Server struct {
	Config
	echo   *echo.Echo
	base   string // path prefix of every link, "" or "/hearsay"
	prefix string // the same, not escaped
	secure bool   // seen through https
	static *staticFiles
	pages  *pages
	forms  forms
	packs  packs
	guard  guard
}

// New makes a server. It fails where the templates do not parse.
func New(c Config) (*Server, error) {
	outside, err := parseOutside(c.URL)
	if err != nil {
		return nil, err
	}
	s := &Server{Config: c, echo: echo.New(), base: outside.EscapedPath(), prefix: outside.Path, secure: outside.Scheme == "https"}
	if s.static, err = newStaticFiles(c.Static, c.Reload); err != nil {
		return nil, err
	}
	if s.pages, err = newPages(c.Static, c.Reload); err != nil {
		return nil, err
	}
	s.guard = newGuard(c.Token)
	crossOrigin := http.NewCrossOriginProtection()
	if outside.Host != "" {
		if err := crossOrigin.AddTrustedOrigin(outside.Scheme + "://" + outside.Host); err != nil {
			return nil, err
		}
	}
	e := s.echo
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = echo.ExtractIPDirect() // headers of a proxy can be made up
	if outside.Host != "" {
		e.IPExtractor = echo.ExtractIPFromXFFHeader() // believed from loopback and private addresses only
	}
	e.HTTPErrorHandler = s.fail
	e.Pre(s.stripBase)
	e.Use(s.headers)
	e.Use(middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: func(_ echo.Context, err error, stack []byte) error {
		c.Log.Error("A request failed badly.", "error", err, "stack", string(stack))
		return err
	}}))
	e.Use(sameOrigin(crossOrigin))
	e.Use(middleware.GzipWithConfig(middleware.GzipConfig{Level: 5, MinLength: 1024, Skipper: packsItself}))
	s.routes(e)
	return s, nil
}

// parseOutside reads the address that the server has for others.
func parseOutside(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(raw, "/"))
	if err == nil && raw != "" && (u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		err = fmt.Errorf("the base URL %q does not begin with http:// or https:// and a host", raw)
	}
	return u, err
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// HTTP returns a server with time limits, ready to listen.
func (s *Server) HTTP() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
}

// stripBase takes the path of HEARSAY_URL off a request: a proxy may leave it
// on or take it off itself.
func (s *Server) stripBase(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		u := c.Request().URL
		if rest, ok := strings.CutPrefix(u.Path, s.prefix); ok && s.prefix != "" && (rest == "" || rest[0] == '/') {
			u.Path = "/" + strings.TrimPrefix(rest, "/")
		}
		u.RawPath = "" // however a name was escaped, it is that name
		return next(c)
	}
}

// sameOrigin refuses writes that another site's page makes a browser send.
func sameOrigin(protection *http.CrossOriginProtection) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil {
				return echo.NewHTTPError(http.StatusForbidden).SetInternal(err)
			}
			return next(c)
		}
	}
}

// small bounds what anybody may send who has not signed in yet.
func small(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, 64<<10)
		return next(c)
	}
}

// packsItself reports what is compressed already or must not be: sound, whose ranges
// are of the plain file, and forms kept compressed.
func packsItself(c echo.Context) bool {
	p := c.Request().URL.Path
	return p == "/" || strings.HasPrefix(p, "/e/") || strings.HasPrefix(p, "/media/") || strings.HasPrefix(p, "/static/") || strings.HasSuffix(p, "/times")
}

// policy is the content security policy of every page. Nothing of a transcript
// can run, and nothing is loaded from elsewhere but the sound that its owner
// keeps elsewhere, or the frame that plays it.
func policy(media, frame string) string {
	if frame == "" {
		frame = " 'none'"
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'" + media +
		"; frame-src" + frame + "; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
}

func (s *Server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", policy("", ""))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if s.signedIn(c) { // others have nothing to guard, and with it a browser begins their page in a new process
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
		}
		return next(c)
	}
}
