package shelf_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay/server/library"
)

// settle scans until every file has stood long enough.
func (b bench) settle() {
	b.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		unsettled, err := b.Scan(ctx)
		check(b.t, err)
		if !unsettled {
			return
		}
		if time.Now().After(deadline) {
			b.t.Fatal("the files never settle")
		}
	}
}

// six episodes, so that one of them going is no loss of the shelf.
func crowd(b bench) {
	for _, n := range []string{"b", "c", "d", "e", "f"} {
		b.put(map[string]string{n + ".srt": srt("Somebody is " + n + ".")})
	}
}

var crowded = []string{"b en", "c en", "d en", "e en", "f en"}

func TestAFileThatGrowsIsWaitedFor(t *testing.T) {
	b := newBench(t)
	whole := srt("The last word is herring.")
	b.write("talk.srt", whole[:40])
	b.put(map[string]string{"other.srt": srt("I am whole.")})
	if more, err := b.Scan(ctx); !more || err != nil {
		t.Fatalf("not waited for: %v", err)
	}
	b.want("other en")
	b.write("talk.srt", whole)
	if more, err := b.Scan(ctx); !more || err != nil {
		t.Fatalf("not waited for: %v", err)
	}
	b.settle()
	b.want("other en", "talk en")
	if got := b.find("herring"); !slices.Equal(got, []string{"talk"}) {
		t.Errorf("found %q", got)
	}
}

func TestTouchedFilesAreTheSame(t *testing.T) {
	b := newBench(t)
	b.put(map[string]string{"talk.wav": wav(800), "talk.srt": srt("Hello.")})
	b.scan()
	first, err := b.Library.Store.FindTranscript(ctx, "talk", "")
	check(t, err)
	b.age("talk.srt", -2*time.Hour)
	b.age("talk.wav", -2*time.Hour)
	b.scan()
	again, err := b.Library.Store.FindTranscript(ctx, "talk", "")
	check(t, err)
	if first.Key != again.Key || string(first.Body) != string(again.Body) {
		t.Error("the transcript has changed")
	}
	b.want("talk sound en")
}

func TestABadFileIsReportedUntilItIsMended(t *testing.T) {
	b := newBench(t)
	b.put(map[string]string{"a.txt": bad, "b.srt": srt("All is well."), "c.pdf": "%PDF-1.7", "d.wav": "no sound"})
	b.scan()
	b.want("b en", "d sound")
	if got := b.problems(); !slices.Equal(got, []string{"a.txt", "c.pdf", "d.wav"}) {
		t.Errorf("problems with %q", got)
	}
	b.put(map[string]string{"a.txt": "Ann: Is it mended?\n\nBob: It is.\n\nAnn: Then read it.\n", "d.wav": wav(800)})
	b.remove("c.pdf")
	b.scan()
	if got := b.problems(); len(got) != 0 {
		t.Errorf("problems with %q", got)
	}
	b.want("a en", "b en", "d sound")
}

func TestAFileThatDisappearsMarksItsEpisode(t *testing.T) {
	b := newBench(t)
	crowd(b)
	text := srt("A herring speaks.")
	b.put(map[string]string{"a.wav": wav(800), "a.srt": text})
	b.scan()
	b.want(append([]string{"a sound en"}, crowded...)...)
	b.remove("a.srt")
	for range 2 {
		b.scan()
		b.want(append([]string{"a sound en missing"}, crowded...)...)
		if got := b.find("herring"); !slices.Equal(got, []string{"a"}) {
			t.Errorf("found %q", got)
		}
		b.age("a.wav", -3*time.Hour) // a touch of what is left takes nothing away
	}
	b.put(map[string]string{"a.srt": text})
	b.scan()
	b.want(append([]string{"a sound en"}, crowded...)...)
	b.remove("a.srt", "a.wav")
	b.scan()
	b.want(append([]string{"a sound en missing"}, crowded...)...)
	check(t, b.Library.Remove(ctx, "a"))
	b.scan()
	b.want(crowded...)
}

func TestARenamedPairKeepsItsAddress(t *testing.T) {
	b := newBench(t)
	crowd(b)
	b.put(map[string]string{"talk.wav": wav(800), "talk.srt": srt("Hello.")})
	b.scan()
	b.rename("talk.wav", "Show/speech.wav")
	b.rename("talk.srt", "Show/speech.srt")
	b.scan()
	b.want(append(slices.Clone(crowded), "talk sound en")...)
	ep, err := b.Library.Store.FindEpisode(ctx, "show--speech")
	check(t, err)
	if ep.ID != "talk" || ep.Show != "Show" || ep.Audio.Path != "Show/speech.wav" {
		t.Errorf("got %+v, audio %+v", ep, ep.Audio)
	}
	b.put(map[string]string{"talk.srt": srt("I am somebody else.")})
	b.scan()
	b.want(append(slices.Clone(crowded), "talk sound en", "talk-2 en")...)
}

func TestSoundThatIsRenamedAloneKeepsTheTextThatIsGone(t *testing.T) {
	b := newBench(t)
	crowd(b)
	b.put(map[string]string{"talk.wav": wav(800), "talk.srt": srt("A herring speaks.")})
	b.scan()
	b.rename("talk.wav", "speech.wav")
	b.remove("talk.srt")
	b.scan()
	b.want(append(slices.Clone(crowded), "talk sound en")...)
	if got := b.find("herring"); !slices.Equal(got, []string{"talk"}) {
		t.Errorf("found %q", got)
	}
}

func TestACopyIsAnotherEpisode(t *testing.T) {
	b := newBench(t)
	b.put(map[string]string{"talk.srt": srt("Hello."), "talk.yaml": "title: A\n"})
	b.scan()
	b.put(map[string]string{"copy.srt": srt("Hello."), "copy.yaml": "title: A\n"})
	b.scan()
	b.want("copy en", "talk en")
}

func TestAShelfThatIsGoneChangesNothing(t *testing.T) {
	b := newBench(t)
	crowd(b)
	b.scan()
	away := b.dir + ".away"
	check(t, os.Rename(b.dir, away))
	b.scan()
	b.want(crowded...)
	if got := b.Warning(); !strings.Contains(got, "cannot be read") {
		t.Errorf("the warning is %q", got)
	}
	check(t, os.Mkdir(b.dir, 0o700)) // the disk is not mounted
	b.scan()
	b.want(crowded...)
	if got := b.Warning(); !strings.Contains(got, "5 of the 5 files") {
		t.Errorf("the warning is %q", got)
	}
	check(t, os.Remove(b.dir))
	check(t, os.Rename(away, b.dir))
	b.scan()
	b.want(crowded...)
	if got := b.Warning(); got != "" {
		t.Errorf("the warning is %q", got)
	}
}

func TestTalkYAML(t *testing.T) {
	b := newBench(t)
	b.put(map[string]string{"talk.srt": srt("Hello."), "talk.yaml": "title: One\nspoken: fr\n"})
	b.scan()
	b.put(map[string]string{"talk.yaml": "title: Another\nsource: javascript:alert(1)\n"})
	b.scan()
	ep, err := b.Library.Store.FindEpisode(ctx, "talk")
	check(t, err)
	if ep.Title != "Another" || ep.Spoken != "" || len(ep.Transcripts) != 1 {
		t.Errorf("got %+v", ep)
	}
	b.put(map[string]string{"talk.yaml": "title: [not, a, text]\n"})
	b.scan()
	if got := b.problems(); !slices.Equal(got, []string{"talk.yaml"}) {
		t.Errorf("problems with %q", got)
	}
	b.remove("talk.yaml")
	b.put(map[string]string{"x.srt": srt("x"), "y.srt": srt("y")})
	b.scan()
	if ep, err = b.Library.Store.FindEpisode(ctx, "talk"); err != nil || ep.Title != "Talk" || ep.Missing {
		t.Errorf("got %+v, %v", ep, err)
	}
}

func TestAScanDuringUploadsDoublesNothing(t *testing.T) {
	b := newBench(t)
	done := make(chan error, 1)
	go func() {
		var err error
		for _, title := range []string{"one", "two", "three", "four"} {
			if err == nil {
				_, err = b.Library.Upload(ctx, library.Upload{Title: title, Text: strings.NewReader(srt("I am " + title + "."))})
			}
		}
		done <- err
	}()
	for range 20 {
		_, err := b.Scan(ctx)
		check(t, err)
	}
	check(t, <-done)
	b.settle()
	b.want("four en", "one en", "three en", "two en")
}
