package transcript

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestTimestamp(t *testing.T) {
	for ms, want := range map[Ms]string{
		Unknown: "", 0: "00:00:00", 999: "00:00:00", 1000: "00:00:01", 131_999: "00:02:11", 3_600_000: "01:00:00", 360_000_000: "100:00:00",
	} {
		if got := ms.Timestamp(); got != want {
			t.Errorf("%d is %q, want %q", ms, got, want)
		}
	}
}

func TestOffsetsAreUTF16Units(t *testing.T) {
	const text = "aé\u0301対🎙b👩‍🚀\n"
	if got, want := UTF16Len(text), len(utf16.Encode([]rune(text))); got != want {
		t.Errorf("length %d, want %d", got, want)
	}
	unit := 0
	for at, r := range text {
		if got := ByteOffset(text, unit); got != at {
			t.Errorf("unit %d is byte %d, want %d", unit, got, at)
		}
		unit += utf16.RuneLen(r)
	}
	for _, c := range []struct {
		text     string
		unit, at int
	}{{"", 0, 0}, {"", 5, 0}, {"ab", 9, 2}, {"ab", -1, 0}, {"🎙b", 1, 4}, {"\xff\xfeb", 2, 2}} {
		if got := ByteOffset(c.text, c.unit); got != c.at {
			t.Errorf("%q, unit %d is byte %d, want %d", c.text, c.unit, got, c.at)
		}
	}
}

func TestAssignIDs(t *testing.T) {
	make := func() []Segment {
		return []Segment{{Text: "a"}, {Text: "b", ID: "mine"}, {Text: "a"}, {Text: ""}, {Text: "a"}}
	}
	first, second := make(), make()
	AssignIDs(first)
	AssignIDs(second)
	seen := map[string]bool{}
	for i, s := range first {
		if s.ID == "" || seen[s.ID] || s.ID != second[i].ID {
			t.Errorf("segment %d: %q, and the next time %q", i, s.ID, second[i].ID)
		}
		seen[s.ID] = true
	}
	if first[1].ID != "mine" {
		t.Errorf("an id that was there became %q", first[1].ID)
	}
	clash := []Segment{{Text: "a"}, {Text: "x", ID: first[0].ID}}
	if AssignIDs(clash); clash[0].ID == clash[1].ID {
		t.Error("two segments have one id")
	}
}

func TestWordOffsets(t *testing.T) {
	for _, c := range []struct {
		text, words string
		want        []int
	}{
		{"One two. Three", "One two. Three", []int{0, 4, 9}},
		{"  one\n two", "one two", []int{2, 7}},
		{"the the the", "the the the", []int{0, 4, 8}},
		{"🎙五六", "🎙 五 六", []int{0, 2, 3}},
		{"", "", []int{}},
	} {
		s := Segment{Text: c.text}
		for _, w := range strings.Fields(c.words) {
			s.Words = append(s.Words, Word{Text: w})
		}
		if got := WordOffsets(s); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %v, want %v", c.text, got, c.want)
		}
	}
}

func TestSpeakerName(t *testing.T) {
	tr := Transcript{Speakers: []Speaker{{ID: "s1", Name: "Ann"}}}
	if tr.SpeakerName("s1") != "Ann" || tr.SpeakerName("s2") != "" {
		t.Error("the wrong name")
	}
}
