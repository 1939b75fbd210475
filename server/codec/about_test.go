package codec

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

func TestDecodeAbout(t *testing.T) {
	src, err := os.ReadFile("testdata/about/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got, problems, err := DecodeAbout(src)
	if err != nil {
		t.Fatal(err)
	}
	want := transcript.About{
		Title: "Rain: where from?", Show: "Clouds", Date: "2024-03-12", Language: "en", Spoken: "fr",
		Audio: "https://example.org/talk.mp3", Source: "https://example.org/talk",
		People: []string{"Lena Ort", "Ravi Nair"}, Rights: "All rights reserved",
		Chapters: []transcript.Chapter{{StartMs: 62000, Title: "The sea"}, {StartMs: 75500, Title: "1984"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if want := []transcript.Problem{{Line: 16, Text: `unknown key "mood": skipped`}}; !reflect.DeepEqual(problems, want) {
		t.Errorf("problems are %v, want %v", problems, want)
	}
}

func TestDecodeAboutSmall(t *testing.T) {
	for _, c := range []struct {
		src  string
		want transcript.About
	}{
		{"", transcript.About{}},
		{"---\n---\n", transcript.About{}},
		{"# nothing but a comment\n", transcript.About{}},
		{"title: One", transcript.About{Title: "One"}},
		{"---\ntitle: One\n---\n", transcript.About{Title: "One"}},
		{"title:\nshow: Two", transcript.About{Show: "Two"}},
		{"people:\n- Ann Lee\n- 7\n", transcript.About{People: []string{"Ann Lee", "7"}}},
		{"people: []\nchapters:\n", transcript.About{}},
		{"chapters: [{title: Late}]", transcript.About{Chapters: []transcript.Chapter{{StartMs: transcript.Unknown, Title: "Late"}}}},
		{"chapters: [{start: 1:02, title: x}]", transcript.About{Chapters: []transcript.Chapter{{StartMs: 62000, Title: "x"}}}},
	} {
		got, problems, err := DecodeAbout([]byte(c.src))
		if err != nil || len(problems) > 0 || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: got %+v, %v, %v", c.src, got, problems, err)
		}
	}
}

func TestDecodeAboutRefuses(t *testing.T) {
	for _, c := range []struct {
		src  string
		line int
		text string
	}{
		{"show: x\ntitle: [a, b]\n", 2, "title must be a text"},
		{"\n\npeople: {a: b}\n", 3, "people must be a text"},
		{"chapters: soon\n", 1, "chapters must be a list"},
		{"chapters:\n- start: soon\n  title: x\n", 2, "start must be a time"},
		{"chapters:\n- just text\n", 2, "key and its value"},
		{"- a\n- b\n", 1, "key and its value"},
		{"title: \"open\nshow: x", 1, "not valid YAML"},
		{"a: &a [x]\ntitle: *a\n", 2, "title must be a text"},
		{"title: " + strings.Repeat("[", 50), 1, "too deep"},
		{strings.Repeat("- ", 50) + "x", 1, "too deep"},
		{"title: " + strings.Repeat("x", maxAboutBytes), 0, "larger than"},
	} {
		_, _, err := DecodeAbout([]byte(c.src))
		var refusal *Error
		if !errors.As(err, &refusal) || refusal.Line != c.line || !strings.Contains(refusal.Text, c.text) {
			t.Errorf("%.40q: error is %v, want line %d: … %s …", c.src, err, c.line, c.text)
		}
	}
}

func FuzzAbout(f *testing.F) {
	eachFixture(f, "about", func(_ string, src []byte) { f.Add(src) })
	f.Fuzz(func(t *testing.T, src []byte) {
		about, problems, err := DecodeAbout(src)
		var refusal *Error
		if err != nil && (!errors.As(err, &refusal) || len(problems) > 0 || !reflect.ValueOf(about).IsZero()) {
			t.Errorf("error %v comes with %v and %v", err, about, problems)
		}
	})
}
