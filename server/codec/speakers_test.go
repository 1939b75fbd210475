package codec

import "testing"

func TestNameShaped(t *testing.T) {
	names := []string{
		"Ann", "Ann Lee", "ANN LEE", "Jean-Luc de la Tour", "Ludwig van Beethoven", "O’Neill", "Dr. Mbeki",
		"J. R. Smith", "Speaker 1", "SPEAKER_00", "Sprecher 12", "主持人", "李", "محمد", "דנה כהן", "प्रिया",
		"\u200eAnn\u200f", "\u2067דנה\u2069", "Q", "Ann & Bob", "Élodie", "Ann\u00a0Lee",
	}
	for _, name := range names {
		if !nameShaped(name) {
			t.Errorf("nameShaped(%q) = false", name)
		}
	}
	others := []string{
		"", "ann", "Attention", "Note", "Publié", "Achtung", "NOTE", "Let op", "She said", "What is this?",
		"Look, Ann", "http", "See www.example.org", "Chapter 1", "Part 2", "Go 1.26", "10", "2020",
		"One Two Three Four Five Six", "End of it. Then", "Speaker 12345", "ann@example.org", "\u200e",
	}
	for _, other := range others {
		if nameShaped(other) {
			t.Errorf("nameShaped(%q) = true", other)
		}
	}
}

func TestSplitLabel(t *testing.T) {
	for _, c := range []struct {
		line, label, rest string
		ok                bool
	}{
		{"Ann: hello", "Ann", "hello", true},
		{"Ann\u202f: hello: you", "Ann", "hello: you", true},
		{"[SPEAKER_00]: yes", "SPEAKER_00", "yes", true},
		{"司会：はい", "司会", "はい", true},
		{"Ann:", "Ann", "", true},
		{"it is 10:30", "it is 10", "30", false},
		{": x", "", "", false},
		{"no colon here", "", "", false},
	} {
		label, rest, ok := splitLabel(c.line)
		if label != c.label || rest != c.rest || ok != c.ok {
			t.Errorf("splitLabel(%q) = %q, %q, %v", c.line, label, rest, ok)
		}
	}
}
