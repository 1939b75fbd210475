package codec

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"hearsay/server/transcript"
)

// hearsayJSON is our own format: the types below are its reference. It keeps everything.
// Times are whole milliseconds, null where unknown; offsets are UTF-16 units of
// the text.
var hearsayJSON = Format{
	Name:       "json",
	Extensions: []string{".json"},
	MediaType:  "application/json",
	Sniff:      sniffHearsayJSON,
	Decode:     decodeJSON,
	Encode:     encodeJSON,
	Keeps:      Keeps{Times: true, Ends: true, Speakers: true, Words: true, Chapters: true, Languages: true, Everything: true},
}

// jsonVersion is the only version there has been.
const jsonVersion = 1

type jsonDocument struct {
	Version         int                  `json:"version"`
	Format          string               `json:"format,omitempty"`
	Language        string               `json:"language,omitempty"`
	LanguageGuessed bool                 `json:"languageGuessed,omitempty"`
	Spoken          string               `json:"spoken,omitempty"`
	Date            string               `json:"date,omitempty"`
	Introduction    string               `json:"introduction,omitempty"`
	Afterword       string               `json:"afterword,omitempty"`
	About           *jsonAbout           `json:"about,omitempty"`
	Speakers        []jsonSpeaker        `json:"speakers,omitempty"`
	Segments        []jsonSegment        `json:"segments"`
	Chapters        []jsonChapter        `json:"chapters,omitempty"`
	Problems        []transcript.Problem `json:"problems,omitempty"`
}

type jsonSpeaker struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type jsonSegment struct {
	ID          string            `json:"id"`
	StartMs     *transcript.Ms    `json:"startMs"`
	EndMs       *transcript.Ms    `json:"endMs"`
	Timestamp   string            `json:"timestamp,omitempty"`
	Speaker     string            `json:"speaker,omitempty"`
	Text        string            `json:"text"`
	Timing      transcript.Timing `json:"timing"`
	PlusMinusMs transcript.Ms     `json:"plusMinusMs,omitempty"`
	Unspoken    bool              `json:"unspoken,omitempty"`
	Words       []jsonWord        `json:"words,omitempty"`
	Anchors     []jsonAnchor      `json:"anchors,omitempty"`
}

type jsonWord struct {
	StartMs *transcript.Ms `json:"startMs"`
	EndMs   *transcript.Ms `json:"endMs"`
	Text    string         `json:"text"`
}

type jsonAnchor struct {
	AtMs *transcript.Ms `json:"atMs"`
	Text string         `json:"text,omitempty"`
	From int            `json:"from"`
	To   int            `json:"to"`
}

type jsonChapter struct {
	StartMs *transcript.Ms `json:"startMs"`
	Title   string         `json:"title"`
	Segment string         `json:"segment,omitempty"` // it stands before
}

type jsonAbout struct {
	Title    string        `json:"title,omitempty"`
	Show     string        `json:"show,omitempty"`
	Date     string        `json:"date,omitempty"`
	Language string        `json:"language,omitempty"`
	Spoken   string        `json:"spoken,omitempty"`
	Audio    string        `json:"audio,omitempty"`
	Source   string        `json:"source,omitempty"`
	People   []string      `json:"people,omitempty"`
	Rights   string        `json:"rights,omitempty"`
	Chapters []jsonChapter `json:"chapters,omitempty"`
	Found    []jsonFound   `json:"found,omitempty"`
}

type jsonFound struct {
	Address string `json:"address"`
	Frame   bool   `json:"frame,omitempty"`
}

var ourVersion = regexp.MustCompile(`^\{\s*"version"\s*:\s*\d+\s*[,}]`)

func sniffHearsayJSON(src string) bool {
	head := jsonHead(src)
	return ourVersion.MatchString(head) || strings.Contains(head, `"segments"`) && strings.Contains(head, `"startMs"`)
}

// jsonHead returns the beginning of a JSON object, "" of anything else.
func jsonHead(src string) string {
	src = strings.TrimSpace(src[:min(len(src), 1<<16)])
	if !strings.HasPrefix(src, "{") {
		return ""
	}
	return src
}

func encodeJSON(t transcript.Transcript) ([]byte, error) {
	return marshal(toJSON(t))
}

func decodeJSON(src string) (transcript.Transcript, error) {
	var doc jsonDocument
	if err := unmarshal(src, "json", &doc); err != nil {
		return transcript.Transcript{}, err
	}
	if doc.Version != jsonVersion {
		return transcript.Transcript{}, &Error{Format: "json", Text: fmt.Sprintf(
			"this is version %d of Hearsay JSON, and version %d can be read: convert it with the Hearsay that wrote it", doc.Version, jsonVersion)}
	}
	return fromJSON(doc), nil
}

// marshal writes JSON for people to read.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// unmarshal reads JSON. Bare NaN and Infinity, which some tools write, count as
// null.
func unmarshal(src, format string, v any) error {
	err := json.Unmarshal([]byte(src), v)
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) && strings.ContainsAny(src, "NI") {
		err = json.Unmarshal(withoutNaN(src), v)
	}
	return jsonError(err, src, format)
}

// bareNumber is what JSON has no numbers for.
var bareNumber = regexp.MustCompile(`^-?(?:NaN|Infinity)\b`)

// withoutNaN replaces it by null wherever it stands outside strings.
func withoutNaN(src string) []byte {
	out := make([]byte, 0, len(src)+len(src)/8)
	inString := false
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case inString && c == '\\' && i+1 < len(src):
			out = append(out, c)
			i++
		case c == '"':
			inString = !inString
		case !inString && (c == 'N' || c == 'I' || c == '-'):
			if n := len(bareNumber.FindString(src[i:])); n > 0 {
				out = append(out, "null"...)
				i += n - 1
				continue
			}
		}
		out = append(out, src[i])
	}
	return out
}

// jsonError says what is wrong with JSON, and where.
func jsonError(err error, src, format string) error {
	syntax, wrongType := (*json.SyntaxError)(nil), (*json.UnmarshalTypeError)(nil)
	lineAt := func(offset int64) int { return 1 + strings.Count(src[:min(int(offset), len(src))], "\n") }
	switch {
	case err == nil:
		return nil
	case errors.As(err, &syntax):
		return &Error{Format: format, Line: lineAt(syntax.Offset), Text: fmt.Sprintf(
			"this is not valid JSON (%s): is the file complete?", syntax)}
	case errors.As(err, &wrongType):
		return &Error{Format: format, Line: lineAt(wrongType.Offset), Text: fmt.Sprintf(
			"%s must be %s", cmp.Or(wrongType.Field, "the outermost value"), kindOf(wrongType.Type))}
	}
	return &Error{Format: format, Text: "this cannot be read as JSON: " + err.Error()}
}

// kindOf says in the words of JSON what a type is read from.
func kindOf(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Struct:
		return "an object"
	case reflect.Slice:
		return "a list"
	}
	return "a whole number"
}

// objectStart matches the beginning of a JSON object, or of a list of them.
var objectStart = regexp.MustCompile(`^\s*(?:\[\s*)?\{\s*["}]`)

// looksLikeJSON reports whether a text is JSON, or was before it was cut off.
func looksLikeJSON(src string) bool {
	src = strings.TrimSpace(src)
	return objectStart.MatchString(src) || src != "" && src[0] == '[' && json.Valid([]byte(src))
}

// notOurJSON says why JSON is refused in which there is no transcript.
func notOurJSON(src string) error {
	var value json.RawMessage
	if err := unmarshal(src, "", &value); err != nil {
		return err
	}
	return &Error{Text: `this is JSON, but no transcript that is known: it takes "segments", each with "startTime" and "body"`}
}
