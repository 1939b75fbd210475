package timing

import (
	"strings"
	"testing"
)

// Sentences are parted by | in the cases.
func TestSentences(t *testing.T) {
	for _, c := range []string{
		"One. |Two? |Three!",
		"Dr. Hale met Mrs. Dunn at St. Ives. |It rained.",
		"J. R. Moss wrote it. |I read it.",
		"It was, e.g. in May, too late. |So we left.",
		"It was me and I. |Then she came.",
		"« Quoi ? » dit-il. |Elle partit.",
		"Il a dit : « Non. » |Et puis rien.",
		"Quoi ? |Alors-",
		"Quoi\u202f? |Vraiment\u00a0! |Bon.",
		"M. Aubert et Mme. Roy sont là. |Bonjour.",
		"“Stop!” she said. |He stopped.",
		"He said “Stop.” |She did.",
		"(It was late.) |We went.",
		"私は読んだ。|本当に？|はい！",
		"他说：“来吧。”|我们走了。",
		"Pi is 3.14 and more. |Yes.",
		"One line\nof a caption. |Next.",
		"First paragraph.\n|Second paragraph.",
		"No end",
		"",
	} {
		text := strings.ReplaceAll(c, "|", "")
		starts := sentences(text)
		var got strings.Builder
		for i, at := range starts {
			if i > 0 {
				got.WriteString("|")
			}
			to := len(text)
			if i+1 < len(starts) {
				to = starts[i+1]
			}
			got.WriteString(text[at:to])
		}
		if got.String() != c {
			t.Errorf("got  %q\nwant %q", got.String(), c)
		}
	}
}
