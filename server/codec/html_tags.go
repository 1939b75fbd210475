package codec

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What the elements of HTML mean for a transcript (https://html.spec.whatwg.org).

type elements map[atom.Atom]bool

func setOf(list ...atom.Atom) elements {
	set := make(elements, len(list))
	for _, t := range list {
		set[t] = true
	}
	return set
}

var (
	// voids have no end tag.
	voids = setOf(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input,
		atom.Link, atom.Meta, atom.Source, atom.Track, atom.Wbr)
	// items end where the next of them begins.
	items = setOf(atom.Li, atom.Dt, atom.Dd)
	// hidden elements show no text.
	hidden = setOf(atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe,
		atom.Object, atom.Audio, atom.Video, atom.Select, atom.Button, atom.Textarea)
	// isFurniture holds what belongs to the site, not to the article.
	isFurniture = setOf(atom.Nav, atom.Header, atom.Footer, atom.Aside, atom.Form, atom.Figcaption)
	// boxes hold blocks; the end of the one that holds the speech ends it.
	boxes = setOf(atom.Html, atom.Body, atom.Main, atom.Article, atom.Section, atom.Div, atom.Ul,
		atom.Ol, atom.Dl, atom.Table, atom.Blockquote, atom.Details, atom.Nav, atom.Header, atom.Footer,
		atom.Aside, atom.Form)
	// breaks begin and end a block.
	breaks = union(boxes, hidden, setOf(atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Li, atom.Dt, atom.Dd, atom.Tr, atom.Pre, atom.Figure, atom.Figcaption, atom.Summary,
		atom.Title, atom.Head, atom.Caption, atom.Address))
	// spaced elements have a blank around them, though the source may not.
	spaced = setOf(atom.Cite, atom.Time, atom.Td, atom.Th)
	// strong elements set a name apart. A <dt> is a name, its <dd> the speech.
	strong = setOf(atom.B, atom.Strong, atom.Cite, atom.U, atom.Dt)
)

func union(sets ...elements) elements {
	all := make(elements)
	for _, set := range sets {
		for t := range set {
			all[t] = true
		}
	}
	return all
}

// furnitureNames are the words that classes, ids and roles give to what belongs
// to the site.
var furnitureNames = set(`
	ad ads advert advertisement banner bio breadcrumb breadcrumbs comment comments complementary
	consent contentinfo cookie cookies dialog disqus gdpr menu modal nav navigation newsletter
	popup promo related respond share sharedaddy sharing sidebar social subscribe`)

// isFurnished reports whether an element belongs to the site by its tag, or by
// the names that its author gave it. The elements around an article are named
// after what else is in them.
func isFurnished(t html.Token) bool {
	around := t.DataAtom == atom.Html || t.DataAtom == atom.Body || t.DataAtom == atom.Main || t.DataAtom == atom.Article
	return isFurniture[t.DataAtom] || boxes[t.DataAtom] && !around && isNamed(t, furnitureNames)
}

// namesSpeaker reports whether an element is said to hold the name of a speaker.
func namesSpeaker(t html.Token) bool { return t.DataAtom == atom.Span && isNamed(t, speakerNames) }

var speakerNames = set("speaker sprecher locuteur interlocutor")

// isNamed reports whether a class, the id or the role of an element is made of
// one of the names: related-posts, author_bio.
func isNamed(t html.Token, names map[string]bool) bool {
	for _, a := range t.Attr {
		if a.Key != "class" && a.Key != "id" && a.Key != "role" {
			continue
		}
		for word := range strings.FieldsFuncSeq(strings.ToLower(a.Val), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
			if names[word] {
				return true
			}
		}
	}
	return false
}
