package codec

import (
	"strings"
	"testing"
)

func TestProseHTML(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want []string
	}{
		"podcasting 2.0":   {"<cite>Ann:</cite>\n<time>0:09</time>\n<p>Hi &amp; welcome.</p>\n<cite>Bob :</cite>\n<time>1:02:03</time>\n<p>Yes.</p>", []string{"Ann @9 Hi & welcome.", "Bob @3723 Yes."}},
		"no blanks":        {"<cite>Ann:</cite><time>0:09</time><p>Hi.</p><cite>Bob:</cite><time>0:12</time><p>Yes.</p>", []string{"Ann @9 Hi.", "Bob @12 Yes."}},
		"no colon":         {"<cite>Ann</cite><time>0:09</time><p>Hi.</p><cite>Bob</cite><time>0:12</time><p>Yes.</p>", []string{"Ann @9 Hi.", "Bob @12 Yes."}},
		"no time":          {"<cite>Ann:</cite><p>Hi.</p><p>And on.</p><cite>Bob:</cite><p>Yes.</p>", []string{"Ann Hi. / And on.", "Bob Yes."}},
		"no cite":          {"<time>0:09</time><p>Hi.</p><time>0:12</time><p>Yes.</p>", []string{"@9 Hi.", "@12 Yes."}},
		"time in its own":  {"<cite>Ann:</cite><p>0:09</p><p>Hi.</p><p></p><cite>Bob:</cite><p>0:12</p><p>Yes.</p>", []string{"Ann @9 Hi.", "Bob @12 Yes."}},
		"inside p":         {"<div><p><cite>Ann:</cite> <time>0:09</time> Hi.</p><p><cite>Bob:</cite> Yes.</p></div>", []string{"Ann @9 Hi.", "Bob Yes."}},
		"strong":           {"<p><strong>Ann:</strong> Hi.</p><p>On.<p><b>Bob</b>: Yes.", []string{"Ann Hi. / On.", "Bob Yes."}},
		"lines":            {"<p>Ann : Hi.<br>Bob\u00a0: Yes.<br/>Ann&nbsp;: Bye.</p>", []string{"Ann Hi.", "Bob Yes.", "Ann Bye."}},
		"definitions":      {"<dl><dt>Ann<dd>Hi.<dt>Bob<dd>Yes.<dt>Ann<dd>So.<dt>Bob<dd>Bye.</dl>", []string{"Ann Hi.", "Bob Yes.", "Ann So.", "Bob Bye."}},
		"list":             {"<ul><li>Ann: Hi <i>all</i>.<li>Bob: Yes.<li>Ann: So.</ul>", []string{"Ann Hi all.", "Bob Yes.", "Ann So."}},
		"everything in it": {"<form><header><p><b>Ann:</b> Hi.</p><p><b>Bob:</b> Yes.</p></header></form>", []string{"Ann Hi.", "Bob Yes."}},
		"hidden":           {"<p><b>Ann:</b> Hi.<script>x('Bob: no')</script></p><style>a:b</style><p><b>Bob:</b> Yes.</p>", []string{"Ann Hi.", "Bob Yes."}},
		"headings":         {"<p><b>Ann:</b> Hi.</p><h3>Birds</h3><p><b>Bob:</b> Yes.</p>", []string{"Ann Hi.", "# Birds", "Bob Yes."}},
		"pre":              {"<pre>Ann: Hi.\nBob: Yes.\nAnn: So.</pre>", []string{"Ann Hi.", "Bob Yes.", "Ann So."}},
		"unclosed":         {"<div><p><b>Ann:</b> Hi.<p><b>Bob:</b> Yes <b>and", []string{"Ann Hi.", "Bob Yes and"}},
	} {
		t.Run(name, func(t *testing.T) { wantOutline(t, c.src, c.want...) })
	}
}

func TestProsePage(t *testing.T) {
	got := wantOutline(t, `<!DOCTYPE html><html lang="fr-FR"><head><title>Le parc | Site</title>
<link rel="canonical" href="https://example.org/parc">
<meta property="article:published_time" content="2024-03-12T10:00:00+01:00"></head><body>
<nav><a href="/">Accueil</a></nav><div class="promo">Achetez : tout</div>
<article><header><h1>Le <i>parc</i></h1></header>
<p>Un entretien.</p>
<div class="talk"><p>Ann : Bonjour.</p><p>Bob : Oui.</p><p>Ann : Voilà.</p><p>Et encore.</p></div>
<p>Ann vit ici.</p><ul><li><a href="/a">Partager</a></li></ul></article>
<footer>Contact</footer></body></html>`,
		"Ann Bonjour.", "Bob Oui.", "Ann Voilà. / Et encore.")
	for name, pair := range map[string][2]string{
		"introduction": {got.Introduction, "Un entretien."},
		"afterword":    {got.Afterword, "Ann vit ici.\nPartager"},
		"title":        {got.About.Title, "Le parc"},
		"source":       {got.About.Source, "https://example.org/parc"},
		"language":     {got.Language, "fr-FR"},
		"date":         {got.Date, "2024-03-12"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %q, want %q", name, pair[0], pair[1])
		}
	}
}

func TestProseHTMLDateFromTime(t *testing.T) {
	got := decoded(t, `<article><time datetime="2023-05-06">May</time><p><b>Ann:</b> Hi.</p><p><b>Bob:</b> Yes.</p></article>`)
	if got.Date != "2023-05-06" {
		t.Errorf("date: got %q", got.Date)
	}
}

func TestProseHTMLLines(t *testing.T) {
	got := decoded(t, "<div>\n<p><b>Ann:</b>\nHi.</p>\n<p><b>Bob:</b> …</p>\n</div>")
	if len(got.Problems) != 1 || got.Problems[0].Line != 4 {
		t.Errorf("the turn without words is in line 4: got %v", got.Problems)
	}
}

// TestProseHostile reads text made to be slow or deep; it ends at all.
func TestProseHostile(t *testing.T) {
	const mega = 1 << 20
	talk := "Ann: Hi.\nBob: Yes.\nAnn: Bye.\n"
	for name, src := range map[string]string{
		"colons":          strings.Repeat(":", mega),
		"brackets":        talk + strings.Repeat("[", mega),
		"brackets, md":    "**Ann:** " + strings.Repeat("[", mega/2) + strings.Repeat("](", mega/4),
		"stars":           "**Ann:** " + strings.Repeat("**a ", mega/4),
		"dashes":          talk + strings.Repeat("_a_ *", mega/4),
		"tags":            "**Ann:** " + strings.Repeat("<u>", mega/4),
		"labels":          strings.Repeat("A: ", mega/3),
		"lines of labels": strings.Repeat("A: x\n", mega/5),
		"times":           strings.Repeat("9:59 x\n0:01 x\n", mega/14),
		"marks":           talk + strings.Repeat("[x 0:01]", mega/8),
		"one long line":   talk + strings.Repeat("word ", mega/5),
		"depth":           strings.Repeat("<div>", 100_000) + "<p><b>Ann:</b> Hi.</p>" + strings.Repeat("<div><p>x", 10_000),
		"bold depth":      "<p>" + strings.Repeat("<b>", 100_000) + "Ann: Hi.<br>" + strings.Repeat("<br>x", 10_000),
		"end tags":        strings.Repeat("<i>", 50_000) + strings.Repeat("</b>", 50_000),
		"open tag":        "<p " + strings.Repeat("a=b ", mega/4),
		"frames":          talk + strings.Repeat("<iframe src=//x>\n", mega/17),
		"noscript":        "<p>" + strings.Repeat("<noscript><iframe src=x>", mega/24),
		"front matter":    "---\n" + strings.Repeat("a: b\n", 100_000),
		"carriage":        strings.Repeat("\r", mega),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := decodeProse(src)
			if (err == nil) != (len(got.Segments) > 0) {
				t.Errorf("%d segments and error %v", len(got.Segments), err)
			}
		})
	}
}
