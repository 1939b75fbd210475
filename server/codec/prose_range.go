package codec

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// Where the speech of a document begins and ends. What stands behind the last
// head is speech too, until the document's structure says otherwise.

// article leaves out the blocks outside the <article> or <main> that holds the
// speech.
func (doc document) article(heads []head) ([]block, []head) {
	frame := -1
	for b := doc.speechBox(doc.blocks, heads); b > 0; b = doc.boxes[b].parent {
		if tag := doc.boxes[b].tag; tag == atom.Article || tag == atom.Main {
			frame = b
		}
	}
	if frame < 0 {
		return doc.blocks, heads
	}
	var blocks []block
	var kept []head
	for i, b := range doc.blocks {
		if doc.within(b.box, frame) {
			blocks, kept = append(blocks, b), append(kept, heads[i])
		}
	}
	return blocks, kept
}

// speechBox returns the innermost box around all speech, -1 where the source
// has no boxes.
func (doc document) speechBox(blocks []block, heads []head) int {
	around := -1
	for i, h := range heads {
		if h.opens() && len(doc.boxes) > 0 {
			around = doc.common(around, blocks[i].box)
		}
	}
	return around
}

// common returns the innermost box around both; -1 stands for none yet.
func (doc document) common(a, b int) int {
	if a < 0 {
		return b
	}
	for a != b {
		if doc.boxes[a].depth >= doc.boxes[b].depth {
			a = doc.boxes[a].parent
		} else {
			b = doc.boxes[b].parent
		}
	}
	return a
}

func (doc document) within(b, frame int) bool {
	for b > 0 && doc.boxes[b].depth > doc.boxes[frame].depth {
		b = doc.boxes[b].parent
	}
	return b == frame
}

// speechRange returns the first block of speech and the first behind it. With
// speakers in the file, times begin the speech only just before the first turn.
func speechRange(doc document, blocks []block, heads []head) (first, last int) {
	opens := func(h head) bool { return h.speaker != "" }
	if !slices.ContainsFunc(heads, opens) {
		opens = head.opens
	}
	first = slices.IndexFunc(heads, opens)
	for i := first; i < len(heads); i++ {
		if opens(heads[i]) {
			last = i + 1
		}
	}
	for first > 0 && (heads[first-1].opens() || heads[first-1].section) {
		first--
	}
	last = speechEnd(blocks, first, last, doc.speechBox(blocks, heads), doc)
	return chapterAhead(blocks, first, last), last
}

// chapterAhead takes a heading just before the first turn along if it is one
// of those inside the speech, of the same level.
func chapterAhead(blocks []block, first, last int) int {
	if first == 0 || blocks[first-1].kind != heading {
		return first
	}
	for _, b := range blocks[first:last] {
		if b.kind == heading && b.level == blocks[first-1].level {
			return first - 1
		}
	}
	return first
}

// speechEnd returns where, behind the last head, the afterword begins. A
// heading or rule with more text behind it than before is none of its signs.
func speechEnd(blocks []block, first, last, frame int, doc document) int {
	said, left := length(blocks[first:last]), length(blocks[last:])
	for i := last; i < len(blocks); i++ {
		b := blocks[i]
		parted := b.kind != paragraph && left <= said
		if parted || b.linked || frame >= 0 && !doc.within(b.box, frame) || endsTranscript(b.text) {
			return i
		}
		said, left = said+len(b.text), left-len(b.text)
	}
	return len(blocks)
}

// length returns the length of the blocks' text in bytes.
func length(blocks []block) int {
	n := 0
	for _, b := range blocks {
		n += len(b.text)
	}
	return n
}

// closing matches the lines that end a transcript: what says so, who typed it,
// whose it is, and the head of an afterword.
var closing = regexp.MustCompile(`(?i)^[\W_]*(?:` + strings.Join([]string{
	`(?:the )?end of (?:the |this )?(?:transcript|transcription|interview|recording|conversation|episode|audio)`,
	`end (?:transcript|recording|of tape)`,
	`fin (?:de (?:la |l['’])?|du |del )?(?:transcription|transcript|entretien|interview|enregistrement|épisode|transcripción|entrevista|grabación)`,
	`ende (?:des |der )?(?:transkripts?|transkription|interviews?|gesprächs?|aufnahme|aufzeichnung|folge)`,
	`fine (?:della |dell['’]|del )?(?:trascrizione|intervista|registrazione)`,
	`fim d[ae] (?:transcrição|entrevista|gravação)`,
	`(?:automatically |auto-?)?transcri(?:bed|pt|ption) (?:by|provided|powered|generated|courtesy)`,
	`(?:retranscrit|transcrit|transcription) par`,
	`transkri(?:biert|pt|ption) (?:von|durch)`,
	`(?:(?:the )?end|fin|ende|fim|конец|終わり|完)[\W_]*$`, `copyright`, `\(c\) \d{4}`, `all rights reserved`, `tous droits réservés`, `alle rechte vorbehalten`,
}, "|") + `)`)

// footer matches what stands under an article; with a full stop behind it, it
// may well be said.
var footer = regexp.MustCompile(`(?i)^[\W_]*(?:` + strings.Join([]string{
	`about the (?:author|host|guest|show|podcast)`, `à propos de l['’]aut(?:eur|rice)`, `über (?:den autor|die autorin)`,
	`share (?:this|on)`, `partager (?:sur|cet)`, `teilen auf`, `rédigé par`, `written by`,
	`(?:published|posted|last updated|publié|veröffentlicht|publicado|pubblicato)(?: on| le| am| el| il)?[\s:]`,
}, "|") + `)`)

// furtherReading matches the line above the comments of a page, or above what
// else there is to read.
var furtherReading = regexp.MustCompile(`(?i)^[\W_]*(?:` + strings.Join([]string{
	`(?:\d+ )?(?:comments?|commentaires?|kommentare?|comentarios?|commenti|комментари[ий]|תגובות|تعليقات|评论|コメント)(?: ?[(（]?\d+[)）]?)?[\W_]*$`,
	`leave a (?:comment|reply)`, `(?:laisse[rz]|ajoute[rz]) un commentaire`, `(?:schreiben? sie |schreibe |hinterlasse )?(?:einen? )?kommentar (?:schreiben|hinterlassen|verfassen)`,
	`deja (?:un comentario|una respuesta)`, `related (?:articles|posts|episodes|stories)`, `you (?:may|might) also like`,
	`(?:à )?lire aussi`, `vous aimerez aussi`, `articles? (?:liés|similaires|connexes)`, `das könnte (?:dich|sie|euch) auch interessieren`,
	`ähnliche (?:artikel|beiträge)`, `artículos relacionados`, `te puede interesar`, `читайте также`,
}, "|") + `)`)

// maxTails is how many lines are tried as the beginning of a page's tail.
const maxTails = 4

// dropPageTail empties the heads of the comments below an article, for they have
// names and colons too. What begins the tail stands behind speech, and none of
// the speakers says anything behind it.
func dropPageTail(blocks []block, heads []head) {
	tries := 0
	for i := 0; i < len(blocks) && tries < maxTails; i++ {
		if text := blocks[i].text; len(text) > 200 || heads[i].labelled() || endsSentence(text) || !furtherReading.MatchString(text) {
			continue
		}
		tries++
		ahead := slices.Clone(heads[:i])
		decideSpeakers(blocks[:i], ahead)
		if hasSpeech(blocks[:i], ahead) && !haveCommonSpeaker(ahead, heads[i:]) {
			clear(heads[i:])
			return
		}
	}
}

// haveCommonSpeaker reports whether a speaker of some heads is named in others.
func haveCommonSpeaker(heads, others []head) bool {
	speakers := make(map[string]bool)
	for _, h := range heads {
		speakers[nameKey(h.speaker)] = true
	}
	return slices.ContainsFunc(others, func(h head) bool { return h.labelled() && speakers[nameKey(h.name)] })
}

// endsTranscript reports whether a short line says that the transcript is over.
func endsTranscript(line string) bool {
	if utf8.RuneCountInString(line[:min(len(line), 400)]) > 90 {
		return false
	}
	if strings.HasPrefix(line, "©") || closing.MatchString(line) || furtherReading.MatchString(line) && !endsSentence(line) {
		return true
	}
	_, dated := dateLine(line)
	return (dated || footer.MatchString(line)) && !endsSentence(line)
}
