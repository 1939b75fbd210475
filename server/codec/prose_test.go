package codec

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

// outline writes a transcript in a form that is easy to compare: a line for
// each segment, "Name @start text {anchor@time}", and one for each chapter,
// "# title start", before the segment it belongs to or, placed by time, at the end.
func outline(t transcript.Transcript) []string {
	var lines, timed []string
	chapters := make(map[string]string)
	for _, c := range t.Chapters {
		if c.Segment == "" {
			timed = append(timed, strings.TrimSpace("# "+c.Title+" "+c.StartMs.Timestamp()))
		}
		chapters[c.Segment] = c.Title
	}
	for _, s := range t.Segments {
		if title := chapters[s.ID]; s.ID != "" && title != "" {
			lines = append(lines, "# "+title)
		}
		line := t.SpeakerName(s.Speaker)
		if s.StartMs.Known() {
			line += fmt.Sprintf(" @%d", s.StartMs/1000)
		}
		line += " " + strings.ReplaceAll(s.Text, "\n", " / ")
		for _, a := range s.Anchors {
			line += fmt.Sprintf(" {%s@%d}", a.Text, a.AtMs/1000)
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return append(lines, timed...)
}

func decoded(t *testing.T, src string) transcript.Transcript {
	t.Helper()
	got, err := decodeProse(src)
	if err != nil {
		t.Fatalf("refused: %v\n%s", err, src)
	}
	return got
}

func wantOutline(t *testing.T, src string, want ...string) transcript.Transcript {
	t.Helper()
	got := decoded(t, src)
	if lines := outline(got); !slices.Equal(lines, want) {
		t.Errorf("source:\n%s\ngot:\n  %s\nwant:\n  %s\nproblems: %v", src,
			strings.Join(lines, "\n  "), strings.Join(want, "\n  "), got.Problems)
	}
	return got
}

func TestProseLabels(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want []string
	}{
		"colon":              {"Ann: Hi.\nBob: Hello.\nAnn: Bye.", []string{"Ann Hi.", "Bob Hello.", "Ann Bye."}},
		"two turns":          {"Ann: Hi.\n\nBob: Hello.", []string{"Ann Hi.", "Bob Hello."}},
		"blank":              {"Ann : Un.\nBob : Deux.\nAnn : Trois.", []string{"Ann Un.", "Bob Deux.", "Ann Trois."}},
		"no-break blank":     {"Ann\u00a0: Un.\nBob\u00a0: Deux.\nAnn\u00a0: Trois.", []string{"Ann Un.", "Bob Deux.", "Ann Trois."}},
		"narrow blank":       {"Ann\u202f: Un.\nBob\u202f:Deux.\nAnn: Trois.", []string{"Ann Un.", "Bob Deux.", "Ann Trois."}},
		"full-width":         {"王芳：你好。\n李雷：早上好。\n王芳：再见。", []string{"王芳 你好。", "李雷 早上好。", "王芳 再见。"}},
		"variants":           {"Ann Lee: One.\nBOB: Two.\nann  lee : Three.\nBob: Four.", []string{"Ann Lee One.", "BOB Two.", "Ann Lee Three.", "BOB Four."}},
		"one-off":            {"Ann: Hi.\nBob: Yes.\nLena von Stein: May I?\nAnn: Do.", []string{"Ann Hi.", "Bob Yes.", "Lena von Stein May I?", "Ann Do."}},
		"one-off ahead":      {"Voice: Welcome here.\nAnn: Hi.\nBob: Yes.\nAnn: Do.", []string{"Voice Welcome here.", "Ann Hi.", "Bob Yes.", "Ann Do."}},
		"particles":          {"Ann: Hi.\nOmar al Said: Yes.\nAnn: So.\nEva de la Cruz: No.", []string{"Ann Hi.", "Omar al Said Yes.", "Ann So.", "Eva de la Cruz No."}},
		"ordinary words":     {"Ann: Hi.\nAttention: wet floor.\nAnn: So.\nRemember: it dries.\nNote: slowly.", []string{"Ann Hi. / Attention: wet floor.", "Ann So. / Remember: it dries. / Note: slowly."}},
		"ordinary recurring": {"Ann: Hi.\nNote: one.\nAnn: So.\nNote: two.\nNote: three.", []string{"Ann Hi. / Note: one.", "Ann So. / Note: two. / Note: three."}},
		"a clause":           {"Ann: Hi.\nThe thing is this: it rains.\nAnn: So.", []string{"Ann Hi. / The thing is this: it rains.", "Ann So."}},
		"lower-case words":   {"Ann: Hi.\nWoman in red: One?\nAnn: A.\nWoman in red: Two?\nAnn: B.\nWoman in red: Three?", []string{"Ann Hi.", "Woman in red One?", "Ann A.", "Woman in red Two?", "Ann B.", "Woman in red Three?"}},
		"direction marks":    {"\u200fדנה\u200f: שלום.\n\u200eעמית: כן.\n\u202bדנה\u202c: טוב.", []string{"דנה שלום.", "עמית כן.", "דנה טוב."}},
		"arabic":             {"ليلى: مرحبا.\nسامي: أهلا.\nليلى: شكرا.", []string{"ليلى مرحبا.", "سامي أهلا.", "ليلى شكرا."}},
		"cyrillic":           {"Анна: Привет.\nПётр: Да.\nАнна: Пока.", []string{"Анна Привет.", "Пётр Да.", "Анна Пока."}},
		"numbered":           {"Speaker 1:\tHi there.\nSpeaker 2:\tYes.\nSpeaker 1:\tBye.", []string{"Speaker 1 Hi there.", "Speaker 2 Yes.", "Speaker 1 Bye."}},
		"Q and A":            {"Q. Why so?\nA. It is.\nQ. And now?\nA. A. Smith knows.", []string{"Q Why so?", "A It is.", "Q And now?", "A A. Smith knows."}},
		"label alone":        {"Ann:\nHi there.\n\nBob:\nYes.\n\nAnn:\nBye.", []string{"Ann Hi there.", "Bob Yes.", "Ann Bye."}},
		"later colon":        {"Ann: It is so: good.\nBob: At 10:30.\nAnn: Yes.", []string{"Ann It is so: good.", "Bob At 10:30.", "Ann Yes."}},
		"address":            {"Ann: Look.\nhttps://example.org/a\nAnn: Good.\nBob: Fine.", []string{"Ann Look. / https://example.org/a", "Ann Good.", "Bob Fine."}},
		"bold once":          {"**Ann:** I talk alone.\n\nAnd on.", []string{"Ann I talk alone. / And on."}},
		"bold, colon behind": {"**Ann**: Hi.\n\n**Bob** : Yes.", []string{"Ann Hi.", "Bob Yes."}},
		"underlined":         {"<u>Ann:</u>\tHi.\n\n<u>Bob:</u>\tYes.", []string{"Ann Hi.", "Bob Yes."}},
		"bold, no person":    {"**Ann:** Hi.\n\n**Break:** Ads.\n\n**Clip from episode 7:** Old words.\n\n**Ann:** Back.", []string{"Ann Hi. / Break: Ads.", "Clip from episode 7 Old words.", "Ann Back."}},
		"bold alone":         {"**Ann Lee**\n\nHi.\n\n**Bob**\n\nYes.\n\n**Ann Lee**\n\nBye.\n\n**Bob**\n\nBye.", []string{"Ann Lee Hi.", "Bob Yes.", "Ann Lee Bye.", "Bob Bye."}},
		"bold alone, once":   {"**Host**\n\nWhy?\n\n**Guest**\n\nSo.\n\n**Host**\n\nOh.", []string{"Host Why?", "Guest So.", "Host Oh."}},
		"numbered audience":  {"Ann: Hi.\nBob: Yes.\nZUSCHAUER 1: Buh!\nAnn: So.", []string{"Ann Hi.", "Bob Yes.", "ZUSCHAUER 1 Buh!", "Ann So."}},
		"remark":             {"Ann (host): Hi.\nBob: Yes.\nAnn (host): So.\nAnn (laughing): Oh.", []string{"Ann (host) Hi.", "Bob Yes.", "Ann (host) So.", "Ann (host) (laughing) Oh."}},
		"one-off, remark":    {"Ann: Hi.\nBob: Yes.\nCROW (off stage): Caw.\nAnn: So.", []string{"Ann Hi.", "Bob Yes.", "CROW (off stage) Caw.", "Ann So."}},
		"degree":             {"Dr. A. Lee, Jr.: One.\nBob: Two.\nDr. A. Lee, Jr.: Three.", []string{"Dr. A. Lee, Jr. One.", "Bob Two.", "Dr. A. Lee, Jr. Three."}},
		"two at once":        {"Ann: Hi.\nBob: Hi.\nAnn/Bob: Hi!\nAnn: So.", []string{"Ann Hi.", "Bob Hi.", "Ann/Bob Hi!", "Ann So."}},
		"credit":             {"Ann: Hi.\nBob: Yes.\nPhoto: a tree.\nAnn: So.", []string{"Ann Hi.", "Bob Yes. / Photo: a tree.", "Ann So."}},
		"no words":           {"Ann: Hi.\nBob: …\nAnn: Bye.", []string{"Ann Hi.", "Ann Bye."}},
	} {
		t.Run(name, func(t *testing.T) { wantOutline(t, c.src, c.want...) })
	}
}

func TestProseTimes(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want []string
	}{
		"square, ahead":       {"[00:00:05] Ann: Hi.\n[00:02:11] Bob: Yes.", []string{"Ann @5 Hi.", "Bob @131 Yes."}},
		"bare, ahead":         {"00:05 Ann: Hi.\n02:11 Bob: Yes.", []string{"Ann @5 Hi.", "Bob @131 Yes."}},
		"bold behind time":    {"[00:10] **Ann**: Hi.\n\n[00:20] **Bob**: Yes.", []string{"Ann @10 Hi.", "Bob @20 Yes."}},
		"round, behind":       {"Ann (00:01:02):\nHi.\n\n(00:01:30):\nAnd on.\n\nBob (00:02:00):\nYes.", []string{"Ann @62 Hi.", "Ann @90 And on.", "Bob @120 Yes."}},
		"round, no colon":     {"Ann (0:09)\nHi.\n\nBob (0:12)\nYes.", []string{"Ann @9 Hi.", "Bob @12 Yes."}},
		"otter":               {"Ann Lee  1:09\nHi there.\n\nBob  1:15\nYes.\n\nTranscribed by https://example.org", []string{"Ann Lee @69 Hi there.", "Bob @75 Yes."}},
		"one blank":           {"Ann 1:09\nHi there.\n\nBob 1:15\nYes.\n\nAnn 1:20\nGood.\n\nBob 1:25\nFine.", []string{"Ann @69 Hi there.", "Bob @75 Yes.", "Ann @80 Good.", "Bob @85 Fine."}},
		"behind the colon":    {"Ann: 00:01:02\nHi.\n\nBob: 00:01:30\nYes.", []string{"Ann @62 Hi.", "Bob @90 Yes."}},
		"first in speech":     {"Ann: [00:05] Hi.\nBob: (0:09) Yes.", []string{"Ann @5 Hi.", "Bob @9 Yes."}},
		"name on its line":    {"02:11 Ann\nHi.\n\n02:20 Bob\nYes.\n\n02:30 Ann\nBye.\n\n02:40 Bob\nBye.", []string{"Ann @131 Hi.", "Bob @140 Yes.", "Ann @150 Bye.", "Bob @160 Bye."}},
		"time on its line":    {"00:05\nAnn: Hi.\n00:09\nBob: Yes.\n00:12\nAnd on.", []string{"Ann @5 Hi.", "Bob @9 Yes.", "Bob @12 And on."}},
		"no speakers":         {"00:00:05 We begin.\n00:00:09 We go on.\nStill on.", []string{"@5 We begin.", "@9 We go on. / Still on."}},
		"no speakers, square": {"[00:05] We begin.\n\n[00:09] We go on.", []string{"@5 We begin.", "@9 We go on."}},
		"bold time":           {"**[00:00]** We begin.\n\n**[00:30]** We go on.", []string{"@0 We begin.", "@30 We go on."}},
		"escaped":             {"**Ann:** \\[18:22\\] Hi.\n\n**Bob:** \\[113:20\\] Yes.", []string{"Ann @1102 Hi.", "Bob @6800 Yes."}},
		"hundredths":          {"**Ann:** Hi. \\[00:04:01.06\\] On.", []string{"Ann Hi. [00:04:01.06] On. {@241}"}},
		"frames":              {"00;00;01;12 - 00;00;04;00\nAnn: Hi.\n00;00;04;00 - 00;00;06;00\nBob: Yes.", []string{"Ann @1 Hi.", "Bob @4 Yes."}},
		"anchor":              {"Ann: I [crosstalk 00:02:11]-\nBob: No.\nAnn: Oh.", []string{"Ann I [crosstalk 00:02:11]- {crosstalk@131}", "Bob No.", "Ann Oh."}},
		"anchor, round":       {"Ann: I (inaudible 00:02:11) see (at 2:30).\nBob: No.\nAnn: Oh.", []string{"Ann I (inaudible 00:02:11) see (at 2:30). {inaudible@131}", "Bob No.", "Ann Oh."}},
		"bare in speech":      {"Ann: At half past, 2:11 or so.\nBob: No.\nAnn: Oh.", []string{"Ann At half past, 2:11 or so.", "Bob No.", "Ann Oh."}},
		"time of day":         {"Ann: Hi.\nBob: 2:30 pm it was.\nAnn: Oh.", []string{"Ann Hi.", "Bob 2:30 pm it was.", "Ann Oh."}},
		"section mark":        {"Ann: Hi.\n\nPart Two 00:10:00\n\nAnn: On.\nBob: Yes.", []string{"Ann Hi.", "Ann On.", "Bob Yes.", "# Part Two 00:10:00"}},
		"time, colon":         {"Ann 00:10: Hi.\nBob 00:20: Yes.", []string{"Ann @10 Hi.", "Bob @20 Yes."}},
		"time, colon, text":   {"00:00:10: Hi.\n00:00:20: Yes.", []string{"@10 Hi.", "@20 Yes."}},
		"one blank, once":     {"Ann Lee 0:01\nHi there.\n\nBob 0:09\nYes.", []string{"Ann Lee @1 Hi there.", "Bob @9 Yes."}},
		"one blank, one-off":  {"Ann 0:01\nHi.\n\nEve 0:05\nMe too.\n\nAnn 0:09\nSo.\n\nGood.\n\nYes.\n\nOh.", []string{"Ann @1 Hi.", "Eve @5 Me too.", "Ann @9 So. / Good. / Yes. / Oh."}},
		"name, time, text":    {"Ann\n00:00:01\nHi there\n\nBob\n00:00:05\nYes", []string{"Ann @1 Hi there", "Bob @5 Yes"}},
		"time, text":          {"0:00\nWelcome\n0:04\nHello\n0:08\nBye", []string{"@0 Welcome", "@4 Hello", "@8 Bye"}},
		"range on its line":   {"00:00:01 - 00:00:04\nAnn: Hi.\n\n00:00:05 - 00:00:09\nBob: Yes.", []string{"Ann @1 Hi.", "Bob @5 Yes."}},
		"half past":           {"Ann: We met.\n10:30 was late.\nBob: 12:15 is lunch.\nAnn: 10:30: the bell.\nBob: 2:11 Here.", []string{"Ann We met. / 10:30 was late.", "Bob 12:15 is lunch.", "Ann 10:30: the bell.", "Bob @131 Here."}},
		"section ahead":       {"Part One 00:00:00\nAnn: On.\nBob: Yes.\nAnn: So.", []string{"Ann On.", "Bob Yes.", "Ann So.", "# Part One 00:00:00"}},
		"silent, no section":  {"Ann: Hi.\nBob: Yes.\nAnn: [00:01:02]\nBob: [00:01:03] Oh.", []string{"Ann Hi.", "Bob Yes.", "Bob @63 Oh."}},
		"bold, silent":        {"**Ann:** Hi.\n\n**Break:**\n\n**Bob:** Yes.\n\n**Ann:** So.", []string{"Ann Hi.", "# Break", "Bob Yes.", "Ann So."}},
		"broken mark":         {"Ann: Hi [00:11: 57.25] there.\nBob: Yes.\nAnn: So.", []string{"Ann Hi [00:11: 57.25] there.", "Bob Yes.", "Ann So."}},
		"one word":            {"[00:10] Ann: Hi.\n[00:15] Yes.\n[00:20] Bob: Oh.\n[00:30] Ann: So.", []string{"Ann @10 Hi.", "Ann @15 Yes.", "Bob @20 Oh.", "Ann @30 So."}},
		"tabs":                {"Ann\t00:00:01\tHi.\nBob\t00:00:05\tYes.\nAnn\t00:00:09\tSo.\nBob\t00:00:12\tOh.", []string{"Ann @1 Hi.", "Bob @5 Yes.", "Ann @9 So.", "Bob @12 Oh."}},
		"heading":             {"## On [00:00:05]\n\n**Ann:** Hi.\n\n## 00:00:20 Off: the end\n\n**Bob:** Yes.\n\n**Ann:** So.", []string{"Ann Hi.", "Bob Yes.", "Ann So.", "# On 00:00:05", "# Off: the end 00:00:20"}},
		"colon in speech":     {"Ann\n00:00:01\nHi there\n\nBob\n00:00:05\nWell: yes", []string{"Ann @1 Hi there", "Bob @5 Well: yes"}},
		"both ends":           {"[00:05] Ann: [00:06] Hi.\n[00:08] Bob: Yes.", []string{"Ann @5 [00:06] Hi. {@6}", "Bob @8 Yes."}},
	} {
		t.Run(name, func(t *testing.T) { wantOutline(t, c.src, c.want...) })
	}
}

func TestProseEnds(t *testing.T) {
	got := decoded(t, "[00:00.000 --> 00:04.000]  We begin.\n[00:04.000 --> 00:09.500]  We go on.\n[00:09.500 --> 00:09.500]  No length.")
	for i, want := range []transcript.Ms{4000, 9500, transcript.Unknown} {
		if s := got.Segments[i]; s.EndMs != want || s.Timing != transcript.Exact {
			t.Errorf("%q ends at %d, timing %s, want %d", s.Text, s.EndMs, s.Timing, want)
		}
	}
}

func TestProseContradictingMarks(t *testing.T) {
	got := wantOutline(t, "[00:10] Ann: One.\n[99:00] Bob: Two.\n[00:20] Ann: Three [sic 00:15] here.\n[00:30] Bob: Four.",
		"Ann @10 One.", "Bob [99:00] Two.", "Ann @20 Three [sic 00:15] here.", "Bob @30 Four.")
	want := []transcript.Problem{
		{Line: 2, Text: "the time [99:00] contradicts those around it: kept in the text, not used"},
		{Line: 3, Text: "the time [sic 00:15] contradicts those around it: kept in the text, not used"},
	}
	if !slices.Equal(got.Problems, want) {
		t.Errorf("problems: got %v, want %v", got.Problems, want)
	}
	wantOutline(t, "[00:50] Ann: One.\n[00:20] Bob: Two.", "Ann @50 One.", "Bob [00:20] Two.")
}

func TestProseAnchorUnits(t *testing.T) {
	got := decoded(t, "Ann: 😀 é [diaphonie 00:02:11]-\n\nEncore\u00a0[bruit\u00a00:03:00].\n\nBob: Oui.\n\nAnn: Oui.")
	want := []transcript.Anchor{
		{AtMs: 131000, Text: "diaphonie", From: 5, To: 25},
		{AtMs: 180000, Text: "bruit", From: 34, To: 49},
	}
	if !slices.Equal(got.Segments[0].Anchors, want) {
		t.Errorf("got %+v, want %+v", got.Segments[0].Anchors, want)
	}
	shifted := decoded(t, "[09:00] Ann: A [noise 0:01:00].\nBob: B [noise 0:02:00].\nAnn: C [noise 0:03:00].")
	if a := shifted.Segments[0].Anchors[0]; a.From != len("[09:00] A ") || shifted.Segments[0].Text != "[09:00] A [noise 0:01:00]." {
		t.Errorf("a start put back moves the anchors: got %+v in %q", a, shifted.Segments[0].Text)
	}
}

func TestProseParagraphs(t *testing.T) {
	wantOutline(t, "Ann: This line was broken\nby hand.\n\nA second paragraph.\n\nBob: Yes.\n\nAnn: Yes.",
		"Ann This line was broken by hand. / A second paragraph.", "Bob Yes.", "Ann Yes.")
	wantOutline(t, "Ann: One is said.\nTwo is said.\nBob: Yes.\nAnn: Yes.",
		"Ann One is said. / Two is said.", "Bob Yes.", "Ann Yes.")
	if got := decoded(t, "关于茶的对话\n2024年3月12日\n\n王芳：好。\n李雷：好。\n王芳：好。"); got.Introduction != "关于茶的对话\n2024年3月12日" {
		t.Errorf("short lines are joined: %q", got.Introduction)
	}
	wantOutline(t, "**王芳:** 今天我们\n谈谈天气。\n\n**李雷:** 好。", "王芳 今天我们谈谈天气。", "李雷 好。")
}

func TestProseAround(t *testing.T) {
	got := wantOutline(t, "A walk : the interview\nPublié: 2020-08-15Le parc est ouvert.\nBelow is our talk.\nAnn : Hi.\nBob : Yes.\nAnn : Bye.\nFin de la transcription\nBob lives here.",
		"Ann Hi.", "Bob Yes.", "Ann Bye.")
	if want := "A walk : the interview\nPublié: 2020-08-15Le parc est ouvert.\nBelow is our talk."; got.Introduction != want {
		t.Errorf("introduction: got %q, want %q", got.Introduction, want)
	}
	if want := "Fin de la transcription\nBob lives here."; got.Afterword != want {
		t.Errorf("afterword: got %q, want %q", got.Afterword, want)
	}
	if got.Date != "2020-08-15" {
		t.Errorf("date: got %q", got.Date)
	}
}

func TestProseAfterword(t *testing.T) {
	const talk = "**Ann:** Hello to all of you out there.\n\n**Bob:** Yes, and welcome to the show, my friends.\n\n**Ann:** So.\n\n"
	for _, tail := range []string{
		"---\n\nAnn lives by the sea.", "## About us\n\nAnn sings.", "Transcribed by a friend of the house.",
		"[Home](https://example.org) [Shop](https://example.org/s)\n\nMore", "© 2024 The Park", "Published: 12 March 2024\n\nMore.",
		"About the author\n\nAnn sings.", "The End\n\nAnn sings.", "2 comments\n\nMax: Ann sings.\n\nMax: Well!", "Lire aussi\n\nLe sel : Ann sings",
	} {
		if got := decoded(t, talk+tail); got.Afterword == "" || strings.Contains(got.Segments[2].Text, "sings") {
			t.Errorf("%q: afterword %q, last turn %q", tail, got.Afterword, got.Segments[2].Text)
		}
	}
	for _, more := range []string{"Read more\n\n", "Comments\n\n", "Lire aussi : le sel\n\n"} {
		if got := decoded(t, talk+more+"**Bob:** I am not done."); len(got.Segments) != 4 {
			t.Errorf("%q ends the talk: %q", more, got.Afterword)
		}
	}
	for _, tail := range []string{"And one thing more.", "It was on 12 March 2024.", "Share this with your friends."} {
		if got := decoded(t, talk+tail); got.Afterword != "" || got.Segments[2].Text != "So.\n"+tail {
			t.Errorf("%q is speech: afterword %q, last turn %q", tail, got.Afterword, got.Segments[2].Text)
		}
	}
}

func TestProseDates(t *testing.T) {
	const talk = "\nAnn: Hi.\nBob: Yes.\nAnn: Bye.\n"
	for line, want := range map[string]string{
		"Published: 2024-03-12": "2024-03-12", "12 March 2024": "2024-03-12", "le 12 mars 2024": "2024-03-12",
		"March 12, 2024": "2024-03-12", "Recorded on Mar. 3rd, 2023 in a park": "2023-03-03", "1er août 2021": "2021-08-01",
		"12. März 2024": "2024-03-12", "3 de mayo de 2022": "2022-05-03", "2024年3月12日": "2024-03-12", "12.03.2024": "2024-03-12",
		"12 марта 2024 г.": "2024-03-12", "12 مارس 2024": "2024-03-12", "12 במרץ 2024": "2024-03-12",
		"2024-13-45": "", "31 February 2024": "", "03/04/2024": "", "12 Monkeys 2024": "",
		"On 12 March 2024 we met in a park and talked about what it is to be there, at length.": "",
	} {
		if got := decoded(t, line+talk); got.Date != want {
			t.Errorf("%q: got %q, want %q", line, got.Date, want)
		}
	}
}

func TestProseDateBehind(t *testing.T) {
	if got := decoded(t, "Ann: Hi.\nBob: Yes.\nAnn: So.\n\nDatum: 3. Mai 2020"); got.Date != "2020-05-03" || got.Afterword == "" {
		t.Errorf("date %q, afterword %q", got.Date, got.Afterword)
	}
}

func TestProseChapters(t *testing.T) {
	got := wantOutline(t, "# The park\n\nA talk.\n\n## Trees\n\n**Ann:** Hi.\n\n## Birds\n\n**Bob:** Yes.\n\n## Ponds\n\nDeep ones.\n\n**Ann:** So.",
		"# Trees", "Ann Hi.", "# Birds", "Bob Yes.", "# Ponds", "Bob Deep ones.", "Ann So.")
	if got.Introduction != "The park\nA talk." || got.About.Title != "The park" {
		t.Errorf("introduction %q, title %q", got.Introduction, got.About.Title)
	}
}

func TestProseMarkdown(t *testing.T) {
	got := wantOutline(t, "---\ntitle: The park\ndate: 2024-03-12\nlanguage: en\n---\n\n> **Ann:** I *like* [the park](https://example.org/p_1) and `code` &amp; snake_case_names.\n\n* **Bob:** 2 * 3 = 6, \\*really\\*.",
		"Ann I like the park and `code` & snake_case_names.", "Bob 2 * 3 = 6, *really*.")
	if got.About.Title != "The park" || got.Date != "2024-03-12" || got.Language != "en" {
		t.Errorf("front matter: %+v, date %q, language %q", got.About, got.Date, got.Language)
	}
}

func TestProseRefuses(t *testing.T) {
	for _, src := range []string{
		"", " \n\n",
		"The park is open.\n\nIt has trees.",
		"A headline: with a colon\n\nPublished: 2020-08-15\n\nThe park is open.\n\nAttention: wet floor.\n\nIt has trees.\n\nAnd a pond.",
		"# Park\n\nThe park is open.\n\nNote: it closes at 10:30.\n\nNote: bring shoes.",
		"<html><body><h1>Park</h1><p>The park is open.</p><p>At 10:30 it closes.</p></body></html>",
		"10:30 is when it opens, they say.\nThe park.",
		"The park.\n\nIt is **Open:** all day.\n\n**Trees:** many.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.",
	} {
		_, err := decodeProse(src)
		var refusal *Error
		if !errors.As(err, &refusal) || refusal.Format != "prose" || strings.ContainsAny(refusal.Text, "\n") {
			t.Errorf("%q: got %v, want a refusal in one sentence", src, err)
		}
	}
}
