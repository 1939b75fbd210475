package codec

import (
	"strings"
	"unicode"
)

// frequent holds, for each language, very frequent words that few of the others
// have.
var frequent = map[string]string{
	"en": "the and is of to that was it you for this with are have not they what from but we there would",
	"fr": "le la les des est et une du que qui dans pas pour vous nous avec sur ce cette il je c'est mais",
	"de": "der die das und ist nicht ich ein eine wir sie es auf mit auch für dass haben den aber wie noch",
	"es": "el los las que y en es una por con para pero del como más no lo se muy esto hay porque también",
	"it": "il di che è e non una per sono con ma della gli nel anche come questo più ho ci perché si",
	"pt": "o os as que e não uma em um para com mas do da você isso mais como ele foi muito também eu",
	"nl": "de het een en van is dat niet ik je we maar met op voor ook zijn wat die als er aan naar",
	"sv": "och att det är en som på för inte jag med har vi den av till om men ett var så de",
	"da": "og at det er en som på for ikke jeg med har vi den af til om men et var så de også",
	"no": "og det er en som på for ikke jeg med har vi den av til om men et var så de også",
	"pl": "nie się że to jest na i w z do jak ale co tak ja tym od czy po są było tego",
	"cs": "je se na že to jsem ale jak tak co v a by jsme když není nebo který jeho už si",
	"tr": "ve bir bu da de için çok ne ben değil ama gibi olarak daha var ki kadar sonra o mi",
	"ru": "и в не на что я это с он как но мы а по так же у вы из было то от для",
	"uk": "і в не на що я це з він як але ми а по так та у ви від було до для є",
}

// languagesOf turns the table around: word to the languages that have it.
var languagesOf = func() map[string][]string {
	m := make(map[string][]string)
	for language, words := range frequent {
		for _, word := range strings.Fields(words) {
			m[word] = append(m[word], language)
		}
	}
	return m
}()

// scripts are those that tell the language, or nearly: the few others that use
// them are rarer by far.
var scripts = []struct {
	language string
	table    *unicode.RangeTable
}{
	{"ko", unicode.Hangul},
	{"ar", unicode.Arabic},
	{"he", unicode.Hebrew},
	{"el", unicode.Greek},
	{"hi", unicode.Devanagari},
	{"th", unicode.Thai},
}

// GuessLanguage tells the language of a text as a BCP 47 tag by its script or
// its most frequent words, and "" where no language is clearly ahead.
func GuessLanguage(text string) string {
	if language := byScript(text); language != "" {
		return language
	}
	return byWords(text)
}

// byScript answers where more than half of the letters are of one script.
func byScript(text string) string {
	counts := make(map[string]int)
	letters, han, kana := 0, 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		switch {
		case unicode.Is(unicode.Latin, r):
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		default:
			for _, s := range scripts {
				if unicode.Is(s.table, r) {
					counts[s.language]++
				}
			}
		}
	}
	switch {
	case (han+kana)*2 > letters && kana*10 > han:
		return "ja"
	case han*2 > letters:
		return "zh"
	}
	for language, n := range counts {
		if n*2 > letters {
			return language
		}
	}
	return ""
}

// byWords answers where at least five frequent words were met, they are a
// tenth of all, and the runner-up has less than three quarters of them.
func byWords(text string) string {
	counts := make(map[string]int)
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\''
	})
	for _, word := range words {
		for _, language := range languagesOf[word] {
			counts[language]++
		}
	}
	best, first, second := "", 0, 0
	for language, n := range counts {
		if n > first {
			best, first, second = language, n, first
		} else {
			second = max(second, n)
		}
	}
	if first < 5 || first*10 < len(words) || second*4 >= first*3 {
		return ""
	}
	return best
}
