package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"hearsay/server/library"
)

const (
	cookieName = "hearsay"
	cookieAge  = 365 * 24 * time.Hour
	// Wrong tokens allowed from one address within the window.
	maxFailures   = 10
	failureWindow = 10 * time.Minute
	maxAddresses  = 4096 // remembered before old ones are forgotten
)

// denied is the answer to a write without the right.
var denied = library.Errorf(library.Denied, "This needs a sign-in. The link to sign in with stands in the log of the server's start.")

// guard knows the token, and who has guessed wrong too often. The cookie holds
// not the token but something only its owner can make from it, so a new token
// signs everybody out.
type guard struct {
	token, cookie string
	mu            sync.Mutex
	failures      map[string][]time.Time
}

func newGuard(token string) guard {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("hearsay session"))
	return guard{token: token, cookie: hex.EncodeToString(mac.Sum(nil)), failures: make(map[string][]time.Time)}
}

func same(a, b string) bool { return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// try checks a token that somebody offers.
func (g *guard) try(token, address string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	recent := g.failures[address][:0]
	for _, at := range g.failures[address] {
		if now.Sub(at) < failureWindow {
			recent = append(recent, at)
		}
	}
	switch {
	case len(recent) >= maxFailures:
		g.failures[address] = recent
		return library.Errorf(library.TooMany, "Too many wrong tokens from this address; wait ten minutes.")
	case same(token, g.token):
		delete(g.failures, address)
		return nil
	}
	if len(g.failures) >= maxAddresses {
		maps.DeleteFunc(g.failures, func(_ string, at []time.Time) bool { return now.Sub(at[len(at)-1]) >= failureWindow })
	}
	g.failures[address] = append(recent, now)
	return denied
}

// signedIn reports whether a request may write.
func (s *Server) signedIn(c echo.Context) bool {
	cookie, err := c.Cookie(cookieName)
	return err == nil && same(cookie.Value, s.guard.cookie)
}

// mayWrite lets requests with the token or the cookie through.
func (s *Server) mayWrite(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if s.signedIn(c) {
			return next(c)
		}
		scheme, token, _ := strings.Cut(c.Request().Header.Get(echo.HeaderAuthorization), " ")
		if !strings.EqualFold(scheme, "Bearer") || token == "" {
			return denied
		}
		if err := s.guard.try(token, c.RealIP()); err != nil {
			return err
		}
		return next(c)
	}
}

func (s *Server) signIn(c echo.Context, token string) error {
	if err := s.guard.try(strings.TrimSpace(token), c.RealIP()); err != nil {
		return err
	}
	c.SetCookie(s.cookie(s.guard.cookie, cookieAge))
	return nil
}

func (s *Server) cookie(value string, age time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: cookieName, Value: value, Path: s.base + "/", MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteStrictMode,
	}
}

// signInByLink takes the link that the server prints at its start.
func (s *Server) signInByLink(c echo.Context) error {
	if err := s.signIn(c, c.QueryParam("token")); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, s.base+"/")
}

func (s *Server) signInByForm(c echo.Context) error {
	if err := s.signIn(c, c.FormValue("token")); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, s.base+"/")
}

func (s *Server) putSession(c echo.Context) error {
	var body struct{ Token string }
	if err := c.Bind(&body); err != nil {
		return library.Errorf(library.Invalid, "Send {\"token\": \"…\"}.")
	}
	if err := s.signIn(c, body.Token); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

func (s *Server) deleteSession(c echo.Context) error {
	c.SetCookie(s.cookie("", -time.Second))
	return c.NoContent(http.StatusNoContent)
}
