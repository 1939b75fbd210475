package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

// served is what the server says.
type served struct {
	Text, Version string
	Set           []int
	Segments      []string
	Undo, Redo    bool
	Speakers      []struct{ ID, Name string }
	Offers        []struct {
		Segment, Text string
		StartMs       int
	}
	lines []servedLine
}

// name is that of a speaker's id.
func (s served) name(id string) string {
	for _, p := range s.Speakers {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

type servedLine struct {
	ID, Text, Timing string
	Speaker          string
	StartMs, EndMs   *int
	PlusMinusMs      int
	Unspoken         bool
}

// desktop drives a server as a page does, and its shelf as a person does.
type desktop struct {
	t     *testing.T
	dir   string
	r     running
	rand  *rand.Rand
	model model
	file  []string // lines of the text on the shelf
	cut   []string // lines that were taken out
	made  int      // changes that the server has taken
	nonce int
	fresh int // lines that were written anew
	seen  struct{ contradictions, offers, cut int }
}

func (d *desktop) ask(method, path string, body any) (int, []byte) {
	d.t.Helper()
	sent, err := json.Marshal(body)
	check(d.t, err)
	request, err := http.NewRequest(method, d.r.base+path, bytes.NewReader(sent)) //nolint:noctx // our own
	check(d.t, err)
	request.Header.Set("Authorization", "Bearer secret")
	answer, err := http.DefaultClient.Do(request)
	check(d.t, err)
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	check(d.t, err)
	return answer.StatusCode, b
}

// look reads everything anew, as a reload does.
func (d *desktop) look() served {
	d.t.Helper()
	var s served
	status, body := d.ask("GET", "/api/episodes/talk/changes", nil)
	if status == http.StatusOK {
		check(d.t, json.Unmarshal(body, &s))
		var doc struct{ Segments []servedLine }
		_, body = d.ask("GET", "/api/episodes/talk/transcript", nil)
		check(d.t, json.Unmarshal(body, &doc))
		s.lines = doc.Segments
	}
	return s
}

// offered is the starts that are offered, by the text of their line.
func (d *desktop) offered(step string, s served) map[string]int {
	d.t.Helper()
	offered := make(map[string]int)
	d.seen.offers += len(s.Offers)
	for _, o := range s.Offers {
		if _, twice := offered[o.Text]; twice {
			d.t.Fatalf("%s: “%s” is offered twice", step, o.Text)
		}
		offered[o.Text] = o.StartMs
	}
	return offered
}

// compare holds what is served against the model.
func (d *desktop) compare(step string) served {
	d.t.Helper()
	s := d.look()
	want, sound := d.model.state(), d.model.shift()
	offered := d.offered(step, s)
	last := 0
	for i, l := range s.lines {
		w, ok := want[l.Text]
		if !ok {
			w = said{start: -1, end: -1}
		}
		_, isOffered := offered[l.Text]
		exact := l.Timing == "exact"
		cut := l.Unspoken && !w.unspoken // an estimate may be anywhere
		if w.start >= 0 && !isOffered {
			_, cut = sound.heard(w.start, 0)
		}
		if w.speaker == "" {
			w.speaker = d.model.called(people[i%2])
		}
		if got := s.name(l.Speaker); got != w.speaker {
			d.t.Fatalf("%s: line %d is said by %q, want %+v", step, i, got, w)
		}
		switch {
		case l.Text != d.file[i]:
			d.t.Fatalf("%s: line %d is “%s”, not “%s”", step, i, l.Text, d.file[i])
		case l.Unspoken != (w.unspoken || cut), l.Unspoken && l.Timing != "none", cut && len(sound) == 0:
			d.t.Fatalf("%s: line %d: %+v, want %+v, cut %v of %v", step, i, l, w, cut, sound)
		case w.unspoken:
		case cut:
			d.seen.cut++
		case exact == (w.start < 0) && !isOffered, exact && *l.StartMs != sound.at(w.start), isOffered && offered[l.Text] != sound.at(w.start):
			d.t.Fatalf("%s: line %d: %+v (offered %v), want %+v", step, i, l, isOffered, w)
		case exact != slices.Contains(s.Set, i):
			d.t.Fatalf("%s: line %d is exact and in the list of those set: %v, %v", step, i, exact, !exact)
		}
		if l.StartMs != nil {
			if *l.StartMs < last {
				d.t.Fatalf("%s: line %d begins at %d, before %d", step, i, *l.StartMs, last)
			}
			last = *l.StartMs
		}
		if end, _ := sound.heard(w.end, 1); w.end >= 0 && exact && w.end > w.start && (l.EndMs == nil || *l.EndMs > end) {
			d.t.Fatalf("%s: line %d goes on: %+v, want %+v, heard %d", step, i, l, w, end)
		}
	}
	for line, w := range want { // nothing is lost with its line
		if !slices.Contains(d.file, line) && w.start >= 0 && !w.unspoken && offered[line] != sound.at(w.start) {
			d.t.Fatalf("%s: the start of “%s” is neither there nor offered", step, line)
		}
	}
	if s.Undo != (len(d.model.done) > 0) || s.Redo != (len(d.model.undone) > 0) {
		d.t.Fatalf("%s: undo %v, redo %v with %d done and %d undone", step, s.Undo, s.Redo, len(d.model.done), len(d.model.undone))
	}
	return s
}

// send makes a wish, now and then twice, and reports whether it was granted.
func (d *desktop) send(method, path string, body map[string]any) bool {
	d.t.Helper()
	d.nonce++
	body["nonce"] = fmt.Sprint("wish ", d.nonce)
	status, answer := d.ask(method, path, body)
	if status == http.StatusOK && d.rand.Intn(5) == 0 {
		if again, b := d.ask(method, path, body); again != status {
			d.t.Fatalf("sent twice: %d %s", again, b)
		}
	}
	switch status {
	case http.StatusOK:
		d.made++
		return true
	case http.StatusConflict, http.StatusUnprocessableEntity:
		return false
	}
	d.t.Fatalf("%s %s %v: %d %s", method, path, body, status, answer)
	return false
}

// tap sets a start near where the line is likely to be, or anywhere.
func (d *desktop) tap(s served) {
	i := d.rand.Intn(len(s.lines))
	stand, sound := d.model.state(), d.model.shift()
	ms := sound.at(i*5000 + d.rand.Intn(4000))
	if d.rand.Intn(6) == 0 {
		ms = d.rand.Intn(5000 * len(s.lines))
	}
	own := sound.own(ms)
	var against []string
	for _, j := range s.Set {
		if l := s.lines[j]; j < i && stand[l.Text].start > own || j > i && stand[l.Text].start < own {
			against = append(against, l.Text)
		}
	}
	body := map[string]any{"startMs": ms}
	believe := d.rand.Intn(2) == 0
	if believe {
		body["believe"] = true
	}
	granted := d.send("PATCH", "/api/episodes/talk/segments/"+s.lines[i].ID, body)
	if len(against) > 0 {
		d.seen.contradictions++
	}
	if granted != (believe || len(against) == 0) {
		d.t.Fatalf("%d for line %d against %v: granted %v", ms, i, against, granted)
	}
	if granted {
		d.model.do(deed{kind: "start", line: s.lines[i].Text, ms: own, drop: against})
	}
}

func (d *desktop) step(s served) string {
	i := d.rand.Intn(len(s.lines))
	path := "/api/episodes/talk/segments/" + s.lines[i].ID
	switch n := d.rand.Intn(100); {
	case n < 41:
		d.tap(s)
		return "tap"
	case n < 44:
		d.shift()
		return "shift"
	case n < 47:
		d.rename(s)
		return "rename"
	case n < 50:
		if name := cast[d.rand.Intn(len(cast))]; name != s.name(s.lines[i].Speaker) && d.send("PATCH", path, map[string]any{"speaker": name}) {
			d.model.do(deed{kind: "speaker", line: s.lines[i].Text, name: name})
		}
		return "speaker"
	case n < 55:
		if d.send("PATCH", path, map[string]any{"startMs": nil}) {
			d.model.do(deed{kind: "start", line: s.lines[i].Text, ms: -1})
		}
		return "take a start away"
	case n < 61:
		yes := d.rand.Intn(2) == 0
		if d.send("PATCH", path, map[string]any{"unspoken": yes}) {
			d.model.do(deed{kind: "unspoken", line: s.lines[i].Text, yes: yes})
		}
		return "unspoken"
	case n < 66:
		ms := d.model.shift().at(i*5000 + d.rand.Intn(9000))
		if d.send("PATCH", path, map[string]any{"endMs": ms}) {
			d.model.do(deed{kind: "end", line: s.lines[i].Text, ms: d.model.shift().own(ms)})
		}
		return "end"
	case n < 83:
		if d.send("POST", "/api/episodes/talk/undo", map[string]any{}) != d.model.undo() {
			d.t.Fatal("undo is not what it should be")
		}
		return "undo"
	case n < 96:
		if d.send("POST", "/api/episodes/talk/redo", map[string]any{}) != d.model.redo() {
			d.t.Fatal("redo is not what it should be")
		}
		return "redo"
	case n < 99:
		d.editFile()
		return "edit the file"
	}
	d.r.stop()
	d.r = start(d.t, d.dir, "HEARSAY_TOKEN=secret")
	d.settle()
	return "restart"
}

// editFile does what people do to a file: cut a line, bring one back, write
// one, rewrite one.
func (d *desktop) editFile() {
	i := d.rand.Intn(len(d.file))
	switch n := d.rand.Intn(4); {
	case n == 0 && len(d.file) > 20 || n == 1 && len(d.cut) == 0:
		d.cut = append(d.cut, d.file[i])
		d.file = slices.Delete(slices.Clone(d.file), i, i+1)
	case n == 1:
		d.file = slices.Insert(slices.Clone(d.file), i, d.cut[0])
		d.cut = d.cut[1:]
	case n == 2:
		d.file = slices.Insert(slices.Clone(d.file), i, d.write())
	default:
		d.file = slices.Clone(d.file)
		d.file[i] = d.write()
	}
	d.save()
	d.settle()
}

// write makes up a line that is like no other.
func (d *desktop) write() string {
	d.fresh++
	return fmt.Sprintf("Line %d says that the harbour was %d fathoms deep that winter.", d.fresh, 7*d.fresh)
}

func (d *desktop) save() {
	var b strings.Builder
	for i, line := range d.file {
		fmt.Fprintf(&b, "%s: %s\n\n", people[i%2], line)
	}
	name := filepath.Join(d.dir, "shelf", "talk.txt")
	past := time.Now().Add(-time.Minute + time.Duration(d.fresh+len(d.cut))*time.Millisecond)
	check(d.t, os.WriteFile(name+".new", []byte(b.String()), 0o600))
	check(d.t, os.Chtimes(name+".new", past, past))
	check(d.t, os.Rename(name+".new", name))
}

// settle waits until the server has taken in the shelf.
func (d *desktop) settle() {
	d.t.Helper()
	var s served
	for deadline := time.Now().Add(40 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		s = d.look()
		if slices.EqualFunc(s.lines, d.file, func(l servedLine, text string) bool { return l.Text == text }) {
			return
		}
	}
	d.t.Fatalf("the shelf was not taken in: %d lines of %d, %s", len(s.lines), len(d.file), d.r.errs)
}

// Whatever people do to times, in whatever order, with the file changing and
// the server ending in between: what stands is what the model says.
func TestChangesStandAsTheModelSays(t *testing.T) {
	d := &desktop{t: t, dir: desk(t, nil), rand: rand.New(rand.NewSource(11))}
	check(t, os.MkdirAll(filepath.Join(d.dir, "shelf"), 0o700))
	check(t, os.WriteFile(filepath.Join(d.dir, "shelf", "talk.yaml"), []byte("audio: https://sound.example/talk.mp3\nlanguage: en\n"), 0o600))
	for range 30 {
		d.file = append(d.file, d.write())
	}
	d.save()
	d.r = start(t, d.dir, "HEARSAY_TOKEN=secret")
	d.settle()
	s := d.look()
	for n := range 1000 {
		step := d.step(s)
		s = d.compare(fmt.Sprintf("step %d, %s", n, step))
	}
	if len(s.Set) < 3 || d.seen.contradictions < 20 || d.seen.offers < 20 || d.seen.cut < 20 {
		t.Errorf("only %d starts stand, %+v: the steps prove little", len(s.Set), d.seen)
	}
	i := s.Set[slices.IndexFunc(s.Set, func(i int) bool { return s.lines[i].StartMs != nil })]
	_, body := d.ask("GET", "/api/search?q="+strings.ReplaceAll(s.lines[i].Text, " ", "+"), nil)
	var found struct {
		Hits []struct {
			StartMs *int
			Speaker string
		}
	}
	check(t, json.Unmarshal(body, &found))
	if h := found.Hits; len(h) == 0 || h[0].StartMs == nil || *h[0].StartMs != *s.lines[i].StartMs || h[0].Speaker != s.name(s.lines[i].Speaker) {
		t.Errorf("the search says %s, and the line begins at %d, said by %s", body, *s.lines[i].StartMs, s.lines[i].Speaker)
	}
	d.r.stop()
	if got := countChanges(t, d.dir); got != d.made {
		t.Errorf("%d changes are kept, %d were made", got, d.made)
	}
}

func countChanges(t *testing.T, dir string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, "data", "hearsay.db"))
	check(t, err)
	defer db.Close()
	check(t, db.QueryRow("SELECT count(*) FROM change").Scan(&n))
	return n
}
