package codec

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

const twoTurns = "<p><b>Ann:</b> Hi.</p><p><b>Bob:</b> Yes.</p>"

func file(address string) transcript.Found  { return transcript.Found{Address: address} }
func frame(address string) transcript.Found { return transcript.Found{Address: address, Frame: true} }

func TestFoundSound(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want []transcript.Found
	}{
		"audio":              {`<audio controls src="https://a.example/1.mp3"></audio>`, []transcript.Found{file("https://a.example/1.mp3")}},
		"sources":            {`<audio><source src="https://a.example/1.opus" type="audio/ogg"><source src="https://a.example/1.mp3"></audio>`, []transcript.Found{file("https://a.example/1.opus"), file("https://a.example/1.mp3")}},
		"source of a film":   {`<audio></audio><video src="https://a.example/0.mp4"><source src="https://a.example/1.mp4"></video>`, nil},
		"source of an image": {`<picture><source src="https://a.example/1.png"></picture>`, nil},
		"frame":              {`<iframe width="9" src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1&amp;color=f"></iframe>`, []transcript.Found{frame("https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1&color=f")}},
		"lazy frame":         {`<iframe src="about:blank" data-src="//w.soundcloud.com/player/?url=x"></iframe>`, []transcript.Found{frame("https://w.soundcloud.com/player/?url=x")}},
		"in furniture":       {`<nav><figure><iframe src="https://a.example/f"></iframe></figure></nav><aside><audio src="https://a.example/1.mp3"></audio></aside>`, []transcript.Found{frame("https://a.example/f"), file("https://a.example/1.mp3")}},
		"without scripts":    {`<noscript><p><iframe src="https://a.example/f?x=1&amp;y"></iframe></noscript>`, []transcript.Found{frame("https://a.example/f?x=1&y")}},
		"meta":               {`<meta property="og:audio" content="https://a.example/1.mp3"><meta name="twitter:player:stream" content="https://a.example/2.mp3"><meta property="og:image" content="https://a.example/3.png">`, []transcript.Found{file("https://a.example/1.mp3"), file("https://a.example/2.mp3")}},
		"each once":          {strings.Repeat(`<audio src="https://a.example/1.mp3"></audio>`, 3), []transcript.Found{file("https://a.example/1.mp3")}},
		"beside the page":    {`<link rel="canonical" href="https://a.example/talks/one"><audio src="one.mp3"></audio>`, []transcript.Found{file("https://a.example/talks/one.mp3")}},
		"og:url":             {`<meta property="og:url" content="https://a.example/talks/one"><audio src="/one.mp3"></audio>`, []transcript.Found{file("https://a.example/one.mp3")}},
		"base":               {`<base href="//b.example/x/"><link rel="canonical" href="https://a.example/"><audio src="one two.mp3"></audio>`, []transcript.Found{file("https://b.example/x/one%20two.mp3")}},
		"relative base":      {`<base href="x/"><link rel="canonical" href="https://a.example/y/"><audio src="one.mp3"></audio>`, []transcript.Found{file("https://a.example/y/x/one.mp3")}},
		"nobody knows where": {`<base href="x/"><audio src="one.mp3"></audio><iframe src="/player"></iframe>`, nil},
		"no addresses":       {`<iframe src="javascript:alert(1)"></iframe><audio src="data:audio/mpeg;base64,AA"></audio><audio src="blob:https://a.example/1"></audio><audio src="http://"></audio><iframe src="https://a.example/%zz"></iframe><iframe></iframe>`, nil},
		"too long":           {`<audio src="https://a.example/` + strings.Repeat("a", maxAddress) + `"></audio>`, nil},
		"too long, in full":  {`<audio src="https://a.example/` + strings.Repeat("é", maxAddress/3) + `"></audio>`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := decoded(t, "<html><body>"+c.src+twoTurns)
			if !slices.Equal(got.About.Found, c.want) {
				t.Errorf("got %v, want %v", got.About.Found, c.want)
			}
			if len(got.Segments) != 2 || got.Introduction != "" {
				t.Errorf("the text is %+v", got)
			}
		})
	}
}

func TestFoundSoundIsBounded(t *testing.T) {
	var page strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&page, `<iframe src="https://a.example/%d"></iframe>`, i)
	}
	got := decoded(t, "<html>"+page.String()+twoTurns).About.Found
	if len(got) != maxFound || got[7] != frame("https://a.example/7") {
		t.Errorf("got %v", got)
	}
}

func TestFoundSoundInMarkdown(t *testing.T) {
	got := decoded(t, `---
source: https://a.example/talks/
---
Intro.

<iframe width="100%" src="https://w.soundcloud.com/player/?url=x"></iframe>
<audio controls>
  <source src="talk.mp3">
</audio>

**Ann:** Hi.

**Bob:** I write <iframe> and <audio> by hand.
`)
	want := []transcript.Found{frame("https://w.soundcloud.com/player/?url=x"), file("https://a.example/talks/talk.mp3")}
	if !slices.Equal(got.About.Found, want) {
		t.Errorf("got %v, want %v", got.About.Found, want)
	}
	if got.Introduction != "Intro." || len(got.Segments) != 2 || got.Segments[1].Text != "I write <iframe> and <audio> by hand." {
		t.Errorf("the text is %+v", got)
	}
}
