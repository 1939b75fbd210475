package codec

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"hearsay/server/transcript"
)

var proseSeeds = []string{
	"Ann: Hi.\nBob: Yes [crosstalk 00:02:11]-\nAnn: Bye.",
	"A head: line\nPublished: 2024-03-12\n\nAnn\u00a0: Un\u202f: deux.\n\nBob (0:09): Oui.\n\nPart Two 00:10:00\n\nAnn (laughing): Ah.",
	"00:05 One.\n[00:09] Two.\n(0:07):\nThree",
	"Q. Why?\nA. So.\nQ. And?\nA. No.", "王芳：你好\n李雷：好\n王芳：再见",
	"Ann  1:09\nHi.\n\nBob  1:15\nYes.\n\nEnd of transcript\nMore", "Title\n=====\n\nAnn: a\n---\nBob: b\nAnn: c",
}

func FuzzProse(f *testing.F) {
	for _, seed := range append(proseSeeds, "---\ntitle: a\n---\n# T\n\n**Ann:** [a](b) \\[0:09\\] _c_\n\n**Bob**: <u>d</u>") {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if !utf8.ValidString(src) {
			return // a decoder is given valid text
		}
		got, err := decodeProse(src)
		if err != nil {
			return
		}
		checkProse(t, got)
		if !looksLikeHTML(src) && !looksLikeMarkdown(src) {
			checkNothingLost(t, src, got)
		}
	})
}

func FuzzProseHTML(f *testing.F) {
	f.Add("<cite>Ann:</cite><time>0:09</time><p>Hi.</p><cite>Bob:</cite><p>[x 0:10] Yes.</p>")
	f.Add("<html lang=en><h1>T</h1><article><p><b>Ann:</b> a<br>Bob: b<p>Ann: c</article><ul><li><a href=x>y</a></ul>")
	f.Add("<dl><dt>Ann<dd>a<dt>Bob<dd>b<dt>Ann<dd>c<dt>Bob<dd>d</dl><pre>x\ny</pre><form><nav></div>")
	f.Add("<base href=//x/><audio><source src=a></audio><noscript><iframe data-src=y></noscript><b>Ann:</b> a<br>Bob: b")
	f.Fuzz(func(t *testing.T, src string) {
		if !utf8.ValidString(src) {
			return // a decoder is given valid text
		}
		if got, err := decodeProse("<p>" + src); err == nil {
			checkProse(t, got)
		}
	})
}

// checkProse checks what is true of everything that was read.
func checkProse(t *testing.T, got transcript.Transcript) {
	t.Helper()
	if !utf8.ValidString(allText(got)) {
		t.Error("not UTF-8")
	}
	last := transcript.Ms(0)
	for _, s := range got.Segments {
		if s.StartMs.Known() {
			if s.StartMs < last {
				t.Errorf("%q starts at %d, behind %d", s.Text, s.StartMs, last)
			}
			last = s.StartMs
		}
		if s.StartMs.Known() != (s.Timing == transcript.Exact) || s.EndMs.Known() && s.EndMs <= s.StartMs {
			t.Errorf("%q: start %d, end %d, timing %s", s.Text, s.StartMs, s.EndMs, s.Timing)
		}
		for _, a := range s.Anchors {
			mark := s.Text[transcript.ByteOffset(s.Text, a.From):transcript.ByteOffset(s.Text, a.To)]
			if transcript.UTF16Len(mark) != a.To-a.From || !isBracket(mark) || !strings.Contains(mark, a.Text) {
				t.Errorf("anchor %+v is %q in %q", a, mark, s.Text)
			}
		}
	}
}

// allText joins all text of a transcript.
func allText(t transcript.Transcript) string {
	text := []string{t.Introduction, t.Afterword}
	for _, s := range t.Speakers {
		text = append(text, s.Name)
	}
	for _, s := range t.Segments {
		text = append(text, s.Text)
	}
	for _, c := range t.Chapters {
		text = append(text, c.Title)
	}
	for _, p := range t.Problems {
		text = append(text, p.Text)
	}
	return strings.Join(text, "\n")
}

// checkNothingLost checks that each word of the source is still there.
func checkNothingLost(t *testing.T, src string, got transcript.Transcript) {
	t.Helper()
	fold := func(s string) string { return strings.ToLower(strings.ToUpper(s)) }
	all := fold(allText(got))
	for _, word := range strings.FieldsFunc(src, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !strings.Contains(all, fold(word)) {
			t.Errorf("%q of %q is lost: %q", word, src, all)
		}
	}
}
