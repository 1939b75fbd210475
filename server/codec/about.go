package codec

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"hearsay/server/transcript"
)

const (
	maxAboutBytes = 64 << 10
	maxAboutDepth = 8 // of brackets; two would do
)

// DecodeAbout reads what stands about an episode in a talk.yaml or in the front
// matter of a transcript: YAML with the keys title, show, date, language, spoken,
// audio, source, rights, people (a list, or names with commas between them) and
// chapters (a list of start and title; the start is a clock time or seconds). A
// key that is none of these is a problem; a value of the wrong kind is an
// [*Error] with its line. There are no anchors and aliases.
func DecodeAbout(src []byte) (transcript.About, []transcript.Problem, error) {
	text, problems, err := toText(src)
	if err != nil {
		return transcript.About{}, nil, err
	}
	if err := checkYAML(text); err != nil {
		return transcript.About{}, nil, err
	}
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		return transcript.About{}, nil, yamlError(err)
	}
	r := aboutReader{}
	r.list = problems
	for _, doc := range file.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.NullType || doc.Body.Type() == ast.CommentType {
			continue
		}
		if err := r.read(doc.Body); err != nil {
			return transcript.About{}, nil, err
		}
		break // a second document is not ours
	}
	return r.about, r.problems(), nil
}

// checkYAML refuses what could keep a parser busy.
func checkYAML(text string) error {
	if len(text) > maxAboutBytes {
		return &Error{Text: fmt.Sprintf("the description of an episode is larger than %d kB: shorten it", maxAboutBytes>>10)}
	}
	depth := 0
	for i, line := range strings.Split(text, "\n") {
		depth += strings.Count(line, "[") + strings.Count(line, "{") - strings.Count(line, "]") - strings.Count(line, "}")
		indent := len(line) - len(strings.TrimLeft(line, " -?"))
		if depth = max(depth, 0); depth > maxAboutDepth || indent > 64 {
			return &Error{Line: i + 1, Text: "values stand inside values too deep: keep to keys, lists and text"}
		}
	}
	return nil
}

// yamlError turns the error of the YAML parser into one sentence.
func yamlError(err error) error {
	if syntax := (yaml.Error)(nil); errors.As(err, &syntax) && syntax.GetToken() != nil {
		return &Error{Line: syntax.GetToken().Position.Line, Text: "this is not valid YAML: " + syntax.GetMessage()}
	}
	return &Error{Text: "this is not valid YAML: " + err.Error()}
}

// aboutReader collects what is said about an episode.
type aboutReader struct {
	about transcript.About
	report
}

// read reads the outermost mapping.
func (r *aboutReader) read(node ast.Node) error {
	pairs, err := pairsOf(node)
	if err != nil {
		return err
	}
	for _, pair := range pairs {
		key := keyOf(pair)
		if field := r.field(key); field != nil {
			*field, err = scalarOf(key, pair.Value)
		} else if key == "people" {
			r.about.People, err = peopleOf(pair.Value)
		} else if key == "chapters" {
			err = r.chapters(pair.Value)
		} else {
			r.add(lineOf(pair), fmt.Sprintf("unknown key %q: skipped", key))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// field returns where the text of a key goes, nil if it is no key with a text.
func (r *aboutReader) field(key string) *string {
	a := &r.about
	return map[string]*string{
		"title": &a.Title, "show": &a.Show, "date": &a.Date, "language": &a.Language, "spoken": &a.Spoken,
		"audio": &a.Audio, "source": &a.Source, "rights": &a.Rights,
	}[key]
}

// chapters reads a list of start and title.
func (r *aboutReader) chapters(node ast.Node) error {
	if isNull(node) {
		return nil
	}
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return wrongKind(node, "chapters", "a list of start and title")
	}
	for _, item := range list.Values {
		pairs, err := pairsOf(item)
		if err != nil {
			return err
		}
		c := transcript.Chapter{StartMs: transcript.Unknown}
		for _, pair := range pairs {
			switch key := keyOf(pair); key {
			case "title":
				c.Title, err = scalarOf(key, pair.Value)
			case "start":
				c.StartMs, err = startOf(pair.Value)
			default:
				r.add(lineOf(pair), fmt.Sprintf("unknown key %q: skipped", key))
			}
			if err != nil {
				return err
			}
		}
		r.about.Chapters = append(r.about.Chapters, c)
	}
	return nil
}

// startOf reads a clock time, or a number of seconds.
func startOf(node ast.Node) (transcript.Ms, error) {
	text, err := scalarOf("start", node)
	if err != nil || text == "" {
		return transcript.Unknown, err
	}
	if ms, ok := parseClock(text); ok {
		return ms, nil
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil || !(seconds >= 0 && seconds < 1e9) {
		return transcript.Unknown, wrongKind(node, "start", `a time such as "00:01:02", or seconds`)
	}
	return transcript.Ms(math.Round(seconds * 1000)), nil
}

// peopleOf reads a list of names, or one text with commas between them.
func peopleOf(node ast.Node) ([]string, error) {
	var people []string
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		text, err := scalarOf("people", node)
		for name := range strings.SplitSeq(text, ",") {
			if name = strings.TrimSpace(name); name != "" {
				people = append(people, name)
			}
		}
		return people, err
	}
	for _, item := range list.Values {
		name, err := scalarOf("people", item)
		if err != nil {
			return nil, err
		}
		if name != "" {
			people = append(people, name)
		}
	}
	return people, nil
}

// pairsOf returns the keys and values of a mapping.
func pairsOf(node ast.Node) ([]*ast.MappingValueNode, error) {
	switch n := node.(type) {
	case *ast.MappingNode:
		return n.Values, nil
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, nil
	}
	return nil, &Error{Line: lineOf(node), Text: `this must be lines of a key and its value, such as "title: A talk"`}
}

// keyOf returns the key of a pair.
func keyOf(pair *ast.MappingValueNode) string {
	return strings.TrimSpace(pair.Key.GetToken().Value)
}

// scalarOf returns a single value as text: a number or a date is what stands there.
func scalarOf(key string, node ast.Node) (string, error) {
	switch n := node.(type) {
	case *ast.StringNode:
		return strings.TrimSpace(n.Value), nil
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), nil
	case *ast.NullNode:
		return "", nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, nil
	}
	return "", wrongKind(node, key, "a text")
}

func isNull(node ast.Node) bool { return node.Type() == ast.NullType }

func lineOf(node ast.Node) int { return node.GetToken().Position.Line }

// wrongKind refuses a value.
func wrongKind(node ast.Node, key, want string) error {
	return &Error{Line: lineOf(node), Text: fmt.Sprintf("%s must be %s", key, want)}
}
