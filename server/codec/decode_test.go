package codec

import (
	"errors"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

const oneCue = "00:00:01.000 --> 00:00:02.000\nHello\n"

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		src  string
		hint Hint
		want string
	}{
		{"WEBVTT\n\n" + oneCue, Hint{FileName: "a.srt"}, "vtt"},
		{"\n \nWEBVTT some title\n\n" + oneCue, Hint{}, "vtt"},
		{oneCue, Hint{FileName: "a.txt"}, "vtt"},
		{"1\n" + oneCue, Hint{FileName: "a.vtt"}, "srt"},
		{strings.ReplaceAll(oneCue, ".", ","), Hint{MediaType: "text/vtt"}, "srt"},
		{`{"segments": [{"startTime": 1, "body": "x"}]}`, Hint{}, "podcast-json"},
		{`{"version": 1, "segments": []}`, Hint{}, "json"},
		{"one\ntwo\n", Hint{Format: "lines"}, "lines"},
		{"1\n" + oneCue, Hint{Format: "vtt"}, "vtt"},
	} {
		got, err := Decode([]byte(c.src), c.hint)
		if err != nil || got.Format != c.want && got.Format != "" {
			t.Errorf("%q, %+v: got %q, %v, want %q", c.src, c.hint, got.Format, err, c.want)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct{ src, format, text string }{
		{"", "", "there is no text"},
		{"\ufeff \n", "", "there is no text"},
		{"PK\x03\x04rest", "", "zip archive"},
		{"\x00\x00\x00\x20ftypM4A ", "", "MP4"},
		{"RIFF\x24\x00\x00\x00WAVE", "", "WAV"},
		{"ID3\x04\x00", "", "MP3"},
		{"\xff\xfb\x90\x44", "", "MP3"},
		{`{"text": "hello", "vtt": "WEBVTT"}`, "", "JSON, but no transcript"},
		{`[1, 2]`, "podcast-json", "the outermost value must be an object"},
		{oneCue, "wordstar", `no format "wordstar"`},
		{oneCue, "json", "not valid JSON"},
		{strings.Repeat("x", MaxBytes+1), "", "larger than 32 MB"},
	} {
		_, err := Decode([]byte(c.src), Hint{Format: c.format})
		var refusal *Error
		if !errors.As(err, &refusal) || !strings.Contains(refusal.Text, c.text) {
			t.Errorf("%.30q as %q: error is %v, want … %s …", c.src, c.format, err, c.text)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	timeless := transcript.Transcript{Segments: []transcript.Segment{{ID: "a", Text: "x", StartMs: transcript.Unknown}}}
	for _, c := range []struct{ format, text string }{
		{"wordstar", `no format "wordstar"`},
		{"lines", "not written"},
		{"vtt", "segment 1 has no time"},
		{"srt", "segment 1 has no time"},
		{"podcast-json", "segment 1 has no time"},
	} {
		_, err := Encode(timeless, c.format)
		var refusal *Error
		if !errors.As(err, &refusal) || !strings.Contains(refusal.Text, c.text) {
			t.Errorf("%s: error is %v, want … %s …", c.format, err, c.text)
		}
	}
}

func TestProblemsAreCapped(t *testing.T) {
	src := strings.Repeat("00:00:02.000 --> 00:00:01.000\nx\n\n", maxProblems+10)
	got, err := Decode([]byte(src), Hint{Format: "vtt"})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(got.Problems); n != maxProblems+1 || got.Problems[n-1].Text != "10 more problems" {
		t.Errorf("%d problems, the last is %v", n, got.Problems[n-1])
	}
}

// TestUnknownEnds writes lines whose ends nobody knows: VTT gives them some and
// does not believe them afterwards.
func TestUnknownEnds(t *testing.T) {
	was := transcript.Transcript{Segments: []transcript.Segment{
		{ID: "a", Text: "one", StartMs: 1000, EndMs: transcript.Unknown, Timing: transcript.Estimated, PlusMinusMs: 250},
		{ID: "b", Text: "two", StartMs: 3000, EndMs: transcript.Unknown, Timing: transcript.Aligned},
	}}
	encoded, err := Encode(was, "vtt")
	if err != nil {
		t.Fatal(err)
	}
	want := `WEBVTT

NOTE written by Hearsay

NOTE estimated ± 250 ms, end unknown

00:00:01.000 --> 00:00:03.000
one

NOTE aligned, end unknown

00:00:03.000 --> 00:00:07.000
two
`
	if string(encoded) != want {
		t.Errorf("got\n%s\nwant\n%s", encoded, want)
	}
	is, err := Decode(encoded, Hint{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, was, is, vtt.Keeps)
}

// TestAwkwardText takes text that looks like markup through every format.
func TestAwkwardText(t *testing.T) {
	for _, text := range []string{
		"a --> b", "<i>not</i> a tag", "AT&amp;T & R&D", `{\an8} braces`, "00:01.000 --> 00:02.000", "42", "two\nlines",
		"1 < 2 > 0", "NOTE this", "WEBVTT", "STYLE", "<00:00:01.500>", "a &lt; b",
	} {
		was := transcript.Transcript{
			Speakers: []transcript.Speaker{{ID: "s1", Name: "A & B"}},
			Segments: []transcript.Segment{
				{ID: "a", Text: text, StartMs: 1000, EndMs: 2000, Timing: transcript.Exact, Speaker: "s1"},
				{ID: "b", Text: text, StartMs: 2000, EndMs: 3000, Timing: transcript.Exact, Speaker: "s1"},
			},
		}
		for _, f := range Formats {
			if f.Encode == nil {
				continue
			}
			is, _ := again(t, was, f)
			same(t, was, is, Keeps{Times: true, Ends: true, Speakers: true})
		}
	}
}

func TestGuessLanguage(t *testing.T) {
	for want, text := range map[string]string{
		"en": "We went to the sea and it was cold, but they said that it is good for you.",
		"fr": "Nous sommes allés à la mer et elle est froide, mais c'est bon pour vous et pas pour les chats.",
		"de": "Wir sind ans Meer gefahren und es ist kalt, aber das ist nicht schlecht für die Katze und mich.",
		"es": "Fuimos al mar y no es muy frío, pero hay que decir que los gatos no lo quieren por esto.",
		"it": "Siamo andati al mare, che è freddo ma non per questo brutto, e con il sole anche più bello.",
		"pt": "Fomos ao mar e não é muito frio, mas você sabe que os gatos também não gostam do sol, uma pena.",
		"sv": "Vi åkte till havet och det är kallt, men jag tycker inte att det var så dåligt för en katt.",
		"pl": "To jest zimne morze i nie wiem, czy się kąpać, ale tak czy inaczej jest po to, żeby tam być.",
		"ru": "Мы поехали на море, и это не так плохо, но я не знаю, что он сказал, как и вы.",
		"ja": "海へ行きました。とても寒かったです。", "zh": "我们去了海边，天气很冷。", "ko": "우리는 바다에 갔다.",
		"ar": "ذهبنا إلى البحر", "he": "נסענו לים", "el": "Πήγαμε στη θάλασσα", "hi": "हम समुद्र गए", "th": "เราไปทะเล",
		"": "Aha. Ok.",
	} {
		if got := GuessLanguage(text); got != want {
			t.Errorf("GuessLanguage(%q) = %q, want %q", text, got, want)
		}
	}
}
