package codec

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/server/transcript"
)

// maxLabel is the longest label of a speaker, in bytes.
const maxLabel = 80

// nameShaped reports whether the words before a colon could be the name of a
// speaker: at most five words, each upper-case or a particle or in a script
// without case, no punctuation of sentences, no address, and no digits but those
// of "Speaker 1" and "SPEAKER_00". It says nothing about whether they are one:
// that takes the whole file.
func nameShaped(label string) bool {
	label = cleanLabel(label)
	if label == "" || len(label) > maxLabel || ordinary[strings.ToLower(label)] {
		return false
	}
	if numberedSpeaker(label) {
		return true
	}
	if i := strings.LastIndex(label, ", "); i > 0 && degrees[strings.TrimSuffix(label[i+2:], ".")] {
		label = label[:i]
	}
	words := strings.Fields(label)
	if len(words) > 5 {
		return false
	}
	for i, word := range words {
		if !nameWord(word) && (i == 0 || !particles[word]) {
			return false
		}
	}
	return true
}

// nameWord reports whether a word may stand in a name: Ann, O’Neill, Jean-Luc,
// J., Dr., 主持人.
func nameWord(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	if !unicode.IsLetter(first) || unicode.IsLower(first) {
		return false
	}
	if cut, ok := strings.CutSuffix(word, "."); ok {
		if utf8.RuneCountInString(cut) > 4 { // an abbreviation, not the end of a sentence
			return false
		}
		word = cut
	}
	for _, r := range word[size:] {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’-‐.・·/", r) {
			return false
		}
	}
	return true
}

// numberedSpeaker recognises the names that machines give: Speaker 1, SPEAKER_00.
func numberedSpeaker(label string) bool {
	word := strings.TrimRight(label, "0123456789")
	if digits := len(label) - len(word); digits == 0 || digits > 3 {
		return false
	}
	return numbered[strings.ToLower(strings.TrimRight(word, " _-#"))]
}

// cleanLabel takes direction marks off a label, and all blanks but single ones
// between its words.
func cleanLabel(label string) string {
	return oneLine(strings.Map(dropDirection, label))
}

func dropDirection(r rune) rune {
	switch {
	case r == '\u200e', r == '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return -1
	}
	return r
}

// splitLabel cuts a line at its first colon into what may be a label, and what
// is said. Brackets around the label, as in [SPEAKER_00]: text, go.
func splitLabel(line string) (label, rest string, ok bool) {
	i := strings.IndexAny(line[:min(len(line), maxLabel)], ":：")
	if i <= 0 {
		return "", "", false
	}
	_, size := utf8.DecodeRuneInString(line[i:])
	label, rest = cleanLabel(line[:i]), strings.TrimSpace(line[i+size:])
	if strings.HasPrefix(label, "[") && strings.HasSuffix(label, "]") {
		label = oneLine(label[1 : len(label)-1])
	}
	return label, rest, nameShaped(label)
}

// cast gives each speaker an id in order of first appearance. The zero value is
// ready to use.
type cast struct {
	speakers []transcript.Speaker
	ids      map[string]string
}

// id returns the id of the speaker with this name, "" for nobody.
func (c *cast) id(name string) string {
	if name == "" {
		return ""
	}
	if id, ok := c.ids[name]; ok {
		return id
	}
	if c.ids == nil {
		c.ids = make(map[string]string)
	}
	id := "s" + strconv.Itoa(len(c.speakers)+1)
	c.ids[name] = id
	c.speakers = append(c.speakers, transcript.Speaker{ID: id, Name: name})
	return id
}

// set makes a set of the words in a list.
func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, word := range strings.Fields(words) {
		m[strings.ReplaceAll(word, "_", " ")] = true
	}
	return m
}

// particles are the lower-case words inside names, and what joins two names.
var particles = set(`
	a af al and av bat ben bin bint d da de del della den der des di do dos du e el en et
	ibn la las le les lo los of st te ten ter the und van vom von y z zu zum zur & och og en`)

// degrees are what may stand behind a name and a comma.
var degrees = set("Jr Sr MD M.D PhD Ph.D Esq")

// numbered are the words that machines number speakers with.
var numbered = set(`
	speaker spk guest host voice person participant interviewer interviewee moderator
	sprecher sprecherin person gast stimme intervenant intervenante locuteur locutrice invité
	hablante orador oradora voz interlocutor invitado relatore oratore voce ospite
	audience audience_member caller reporter student man woman zuschauer zuschauerin anrufer anruferin
	teilnehmer teilnehmerin spectateur spectatrice auditeur auditrice étudiant étudiante homme femme
	journaliste hombre mujer oyente periodista estudiante
	spreker talare taler puhuja mówca konuşmacı спикер говорящий 話者 发言人 說話者 说话人`)

// ordinary are words that stand before a colon and are no names; an underscore
// is a blank.
var ordinary = set(`
	attention note notes nb remember break example examples warning update question answer
	summary introduction transcript source sources date published title topic topics tip hint
	disclaimer music sponsor links link contact address website email phone result fact also
	first second third finally however therefore but and so well yes no today tomorrow
	part chapter section editor's_note correction reminder important caution ps p.s. time
	subject quote credits tags category author by read_more see_also show_notes timestamps
	remarque publié publiée exemple rappel résumé réponse conclusion sommaire
	titre sujet auteur crédits musique pause conseil merci mais voilà bref ensuite enfin
	achtung hinweis hinweise bemerkung beispiel zusammenfassung frage antwort quelle quellen
	merke wichtig warnung veröffentlicht datum titel thema autor werbung musik aber also
	photo photos image picture photo_credit foto fotos bild crédit_photo crédits_photo légende video
	vidéo related advertisement publicité publicidad anzeige reklame watch listen see
	fazit kapitel nota ejemplo atención aviso pregunta respuesta resumen fuente fuentes
	fecha título tema autora importante publicado recuerda advertencia pausa música esempio
	attenzione avviso domanda risposta riassunto fonte fonti data titolo argomento pubblicato
	ricorda atenção exemplo lembrete resposta resumo publicada voorbeeld let_op opmerking
	vraag antwoord samenvatting bron onderwerp exempel obs fråga svar källa viktigt
	uwaga przykład pytanie odpowiedź źródło temat not dikkat örnek soru cevap kaynak
	внимание примечание пример вопрос ответ источник тема важно 注意 例如 注 例 比如 問題 问题`)
