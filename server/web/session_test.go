package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

const bearer = "Bearer " + token

// cookie signs in and returns the cookie.
func (s site) cookie(t *testing.T) string {
	t.Helper()
	a := s.ask("PUT", "/api/session", `{"token":"`+token+`"}`, "Content-Type", "application/json")
	if a.StatusCode != 204 || len(a.Cookies()) != 1 {
		t.Fatalf("no sign-in: %d %s", a.StatusCode, a.body)
	}
	return a.Cookies()[0].Name + "=" + a.Cookies()[0].Value
}

func TestWhoMayWrite(t *testing.T) {
	s := newSite(t, "", map[string]string{"talk.srt": srt("The tide is out.")})
	cookie := s.cookie(t)
	before := s.state(t)
	for _, c := range []struct {
		name    string
		headers []string
		denied  bool
	}{
		{"nobody", nil, true},
		{"a wrong token", []string{"Authorization", "Bearer wrong"}, true},
		{"the token without its scheme", []string{"Authorization", token}, true},
		{"a password for somebody else", []string{"Authorization", "Basic " + token}, true},
		{"a wrong cookie", []string{"Cookie", "hearsay=" + token}, true},
		{"the token", []string{"Authorization", bearer}, false},
		{"the token, small letters", []string{"Authorization", "bearer " + token}, false},
		{"the cookie", []string{"Cookie", cookie}, false},
	} {
		for _, route := range s.writes() {
			method, target, _ := strings.Cut(route, " ")
			a := s.ask(method, target, "", c.headers...)
			if code, _, _ := a.failure(t); (a.StatusCode == 401) != c.denied || (code == "denied") != c.denied {
				t.Errorf("%s, %s: %d %s", c.name, route, a.StatusCode, a.body)
			}
			checkHeaders(t, a)
		}
	}
	if s.state(t) != before {
		t.Error("something was written")
	}
}

// writes lists every route that may change something: all but reads and the
// session itself.
func (s site) writes() []string {
	open := []string{"POST /sign-in", "PUT /api/session", "DELETE /api/session"}
	var writes []string
	for _, route := range s.Routes() {
		method, _, _ := strings.Cut(route, " ")
		if method != http.MethodGet && method != http.MethodHead && !slices.Contains(open, route) {
			writes = append(writes, strings.ReplaceAll(route, ":episode", "talk"))
		}
	}
	return writes
}

func TestWrongTokensAreCounted(t *testing.T) {
	s := newSite(t, "", nil)
	wrong := []func() answer{
		func() answer { return s.ask("POST", "/api/episodes", "", "Authorization", "Bearer wrong") },
		func() answer {
			return s.ask("PUT", "/api/session", `{"token":"x"}`, "Content-Type", "application/json")
		},
		func() answer {
			return s.ask("POST", "/sign-in", "token=x", "Content-Type", "application/x-www-form-urlencoded")
		},
		func() answer { return s.get("/sign-in?token=x") },
	}
	for i := range 10 {
		if a := wrong[i%4](); a.StatusCode != 401 {
			t.Fatalf("try %d: %d", i, a.StatusCode)
		}
	}
	for i, try := range wrong {
		if a := try(); a.StatusCode != 429 || a.Header.Get("Retry-After") == "" {
			t.Errorf("way %d: %d, %q", i, a.StatusCode, a.Header.Get("Retry-After"))
		}
	}
	if a := s.ask("POST", "/api/episodes", ""); a.StatusCode != 401 {
		t.Errorf("no token is no wrong token: %d", a.StatusCode)
	}
}

// Behind a proxy everybody comes from one address; whom the proxy names counts
// then, and what a client says of itself does not.
func TestBehindAProxyAddressesAreTheClients(t *testing.T) {
	try := func(s site, forwarded string) int {
		r := httptest.NewRequest(http.MethodGet, "/sign-in?token=x", nil)
		r.RemoteAddr = "127.0.0.1:4000"
		r.Header.Set("X-Forwarded-For", forwarded)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w.Code
	}
	behind := newSite(t, "https://example.org/hearsay", nil)
	for range 11 {
		try(behind, "192.0.2.1")
	}
	if a, b, forged := try(behind, "192.0.2.1"), try(behind, "192.0.2.2"), try(behind, "192.0.2.3, 192.0.2.1"); a != 429 || b != 401 || forged != 429 {
		t.Errorf("behind a proxy: %d, somebody else %d, forged %d", a, b, forged)
	}
	direct := newSite(t, "", nil)
	for i := range 11 {
		try(direct, fmt.Sprintf("192.0.2.%d", i))
	}
	if got := try(direct, "192.0.2.99"); got != 429 {
		t.Errorf("without a proxy: %d", got)
	}
}

func TestSigningIn(t *testing.T) {
	s := newSite(t, "", nil)
	for name, a := range map[string]answer{
		"by link": s.get("/sign-in?token=" + token),
		"by form": s.ask("POST", "/sign-in", "token="+token+"%20", "Content-Type", "application/x-www-form-urlencoded"),
	} {
		if a.StatusCode != 303 || a.Header.Get("Location") != "/" || len(a.Cookies()) != 1 {
			t.Fatalf("%s: %d %v", name, a.StatusCode, a.Header)
		}
		c := a.Cookies()[0]
		if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Secure || c.Path != "/" || strings.Contains(c.Value, token) {
			t.Errorf("%s: %v", name, c)
		}
		if page := s.get("/", "Cookie", c.Name+"="+c.Value); !strings.Contains(page.body, `class="upload"`) {
			t.Errorf("%s: not signed in", name)
		}
	}
	if a := s.ask("DELETE", "/api/session", ""); a.StatusCode != 204 || a.Cookies()[0].MaxAge >= 0 {
		t.Errorf("not signed out: %v", a.Header)
	}
	if c := newSite(t, "https://x.example", nil).get("/sign-in?token=" + token).Cookies(); !c[0].Secure {
		t.Error("a cookie for https is not secure")
	}
}

func TestSigningInTakesLittle(t *testing.T) {
	s := newSite(t, "", nil)
	long := strings.Repeat("x", 1<<20)
	for _, a := range []answer{
		s.ask("PUT", "/api/session", `{"token":"`+long+`"}`, "Content-Type", "application/json"),
		s.ask("PUT", "/api/session", `{`, "Content-Type", "application/json"),
		s.ask("POST", "/sign-in", "token="+long, "Content-Type", "application/x-www-form-urlencoded"),
	} {
		if a.StatusCode < 400 || a.StatusCode >= 500 || len(a.Cookies()) != 0 {
			t.Errorf("got %d", a.StatusCode)
		}
	}
}

func TestOtherSitesMayNotWrite(t *testing.T) {
	s := newSite(t, "https://pod.example/hearsay", map[string]string{"talk.srt": srt("The tide is out.")})
	cookie := s.cookie(t)
	for _, c := range []struct {
		name    string
		headers []string
		refused bool
	}{
		{"a foreign page", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, true},
		{"a sister site", []string{"Sec-Fetch-Site", "same-site", "Origin", "https://evil.pod.example"}, true},
		{"a foreign page in an old browser", []string{"Origin", "https://evil.example"}, true},
		{"our own page", []string{"Sec-Fetch-Site", "same-origin", "Origin", "https://pod.example"}, false},
		{"our own page behind a proxy", []string{"Origin", "https://pod.example"}, false},
		{"a program", nil, false},
	} {
		for _, route := range []string{"POST /api/episodes", "DELETE /api/episodes/nobody", "PUT /api/session", "POST /sign-in"} {
			method, target, _ := strings.Cut(route, " ")
			a := s.ask(method, target, "", append(c.headers, "Cookie", cookie)...)
			if (a.StatusCode == 403) != c.refused {
				t.Errorf("%s, %s: %d", c.name, route, a.StatusCode)
			}
			if c.refused {
				a.failure(t)
			}
			checkHeaders(t, a)
		}
	}
}
