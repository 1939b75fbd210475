package codec

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hearsay/server/transcript"
)

const (
	maxFound   = 8   // addresses of sound that a page may name
	maxNamed   = 100 // that are looked at
	maxAddress = 2000
)

// soundNames collects what a page names as sound, wherever it stands: players
// are put into figures, asides and what only shows without scripts. The zero
// value is ready to use.
type soundNames struct {
	base  string             // of <base>
	page  string             // the page's own address, as its makers of previews are told
	named []transcript.Found // as it is written
	media atom.Atom          // the last element that may hold a <source>
}

// soundMeta are the names of <meta> that hold an address of sound.
var soundMeta = map[string]bool{
	"og:audio": true, "og:audio:url": true, "og:audio:secure_url": true, "twitter:player:stream": true,
}

// read takes in a start tag.
func (n *soundNames) read(t html.Token) {
	switch t.DataAtom {
	case atom.Base:
		if n.base == "" {
			n.base = attribute(t, "href")
		}
	case atom.Meta:
		switch name := attribute(t, "property") + attribute(t, "name"); {
		case name == "og:url":
			n.page = attribute(t, "content")
		case soundMeta[name]:
			n.add(attribute(t, "content"), false)
		}
	case atom.Audio, atom.Video, atom.Picture:
		if n.media = t.DataAtom; n.media == atom.Audio {
			n.addSource(t, false)
		}
	case atom.Source:
		if n.media == atom.Audio {
			n.addSource(t, false)
		}
	case atom.Iframe:
		n.addSource(t, true)
	}
}

// addSource adds what an element loads, now or when it comes into sight: src,
// data-src, data-lazy-src.
func (n *soundNames) addSource(t html.Token, frame bool) {
	for _, a := range t.Attr {
		if a.Key == "src" || strings.HasPrefix(a.Key, "data-") && strings.HasSuffix(a.Key, "src") {
			n.add(strings.TrimSpace(a.Val), frame)
		}
	}
}

func (n *soundNames) add(address string, frame bool) {
	if address != "" && len(address) <= maxAddress && len(n.named) < maxNamed {
		n.named = append(n.named, transcript.Found{Address: address, Frame: frame})
	}
}

// readPiece takes in the start tags of a piece of HTML, and reports whether it
// holds any text.
func (n *soundNames) readPiece(src string) (text bool) {
	tokens := html.NewTokenizer(strings.NewReader(src))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return text
		case html.TextToken:
			text = text || trimSpace(string(tokens.Text())) != ""
		case html.StartTagToken, html.SelfClosingTagToken:
			n.read(tokens.Token())
		}
	}
}

// found returns the addresses in full, each once, in order. What is neither
// http nor https is no address of sound, and what is relative to a page whose
// own address nobody knows leads nowhere.
func (n *soundNames) found(canonical string) []transcript.Found {
	if canonical == "" {
		canonical = n.page
	}
	base, _ := absolute(canonical, nil)
	if b, ok := absolute(n.base, base); ok {
		base = b
	}
	var list []transcript.Found
	for _, f := range n.named {
		u, ok := absolute(f.Address, base)
		if !ok {
			continue
		}
		f.Address = u.String()
		if len(f.Address) <= maxAddress && len(list) < maxFound && !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	return list
}

// absolute reads an address that may be relative to base, nil if there is none.
// One without a scheme is https.
func absolute(address string, base *url.URL) (*url.URL, bool) {
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	u, err := url.Parse(address)
	if address == "" || err != nil {
		return nil, false
	}
	if !u.IsAbs() && base != nil {
		u = base.ResolveReference(u)
	}
	return u, (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// mediaTag matches a line of Markdown that is HTML about sound.
var mediaTag = regexp.MustCompile(`(?i)^</?(?:iframe|audio|source)\b`)

// attribute returns the value of an attribute, "" if there is none.
func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}
