package web_test

import (
	"encoding/json"
	"strings"
	"testing"
)

const attack = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`

func TestNothingInAFileRuns(t *testing.T) {
	yaml := func(fields map[string]any) string { b, _ := json.Marshal(fields); return string(b) }
	s := newSite(t, "", map[string]string{
		"evil.srt": srt("Hello "+attack+" there.", "And {{.Base}} and ${1} again, said the sea to the shore."),
		"evil.yaml": yaml(map[string]any{
			"title": attack, "show": attack, "people": []string{attack}, "rights": attack,
			"source": "javascript:alert(1)", "audio": "https://a.example/x\"><script>.mp3",
			"chapters": []map[string]any{{"start": 0, "title": attack}, {"start": 4, "title": attack}},
		}),
		attack[:2] + "<b>bad.txt": "Milk, " + attack + ", bread.",
		"speaker.txt":             "<b onclick=alert(1)>Ann</b>: Hello.\n\nBob: Hi <script>alert(1)</script>.\n\n<b onclick=alert(1)>Ann</b>: Bye.\n",
		"elsewhere.yaml":          "audio: https://a;script-src%20*/x.mp3\n",
		"policy.yaml":             "audio: https://a.example:8443/x.mp3;script-src\n",
	})
	for _, target := range []string{"/", "/?q=hello", "/?q=" + strings.ReplaceAll(attack, " ", "+"), "/e/evil", "/e/evil?t=" + "%22%3E%3Cscript%3E", "/e/%3Cscript%3E", "/e/speaker"} {
		a := s.page(target)
		body := strings.ToLower(a.body)
		for _, bad := range []string{"<script>", "<img src=x", "onclick=alert(1)>", `href="javascript:`, "#zgotmplz"} {
			if strings.Contains(body, bad) {
				at := strings.Index(body, bad)
				t.Errorf("%s holds %s: …%s…", target, bad, a.body[max(0, at-100):at+20])
			}
		}
		checkHeaders(t, a)
	}
	if a := s.page("/e/evil"); !strings.Contains(a.body, "{{.Base}} and ${1}") {
		t.Errorf("what was said is not what is shown: %s", a.body)
	}
	if got := s.page("/e/policy").Header.Get("Content-Security-Policy"); !strings.Contains(got, "media-src 'self' https://a.example:8443; frame-src 'none'; connect-src") {
		t.Errorf("policy %q", got)
	}
	if a := s.page("/e/elsewhere"); a.StatusCode != 404 {
		t.Errorf("an address that is none made an episode: %d", a.StatusCode)
	}
}

func TestMarkedTextIsWhole(t *testing.T) {
	s := newSite(t, "", map[string]string{"talk.srt": srt("🎙️ The 🌊 herring & the <cod>, said the fisherman to his wife.")})
	a := s.page("/?q=herring")
	if !strings.Contains(a.body, "🎙️ The 🌊 <mark>herring</mark> &amp; the &lt;cod&gt;, said") {
		t.Errorf("got %s", a.body)
	}
}

func TestWhatIsWrongIsShown(t *testing.T) {
	s := newSite(t, "", map[string]string{
		"list.txt": "Milk, bread and eggs.", "talk.srt": srt("The tide is out."), "talk.yaml": "colour: blue\nlanguage: english\n",
		"fake.mp3": "this is no sound",
	})
	if a := s.page("/"); !strings.Contains(a.body, "<b>list.txt</b>") || !strings.Contains(a.body, "Neither speakers nor times") {
		t.Errorf("the shelf does not tell: %s", a.body)
	} else if n := strings.Count(a.body, "This is no sound file"); n != 1 {
		t.Errorf("the shelf tells of the sound %d times: %s", n, a.body)
	}
	if a := s.page("/e/talk"); !strings.Contains(a.body, "unknown key &#34;colour&#34;") || !strings.Contains(a.body, "is not a language tag") {
		t.Errorf("the page does not tell: %s", a.body)
	}
}
