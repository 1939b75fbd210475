package web

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"hearsay/server/transcript"
)

func TestAFormIsMadeOnce(t *testing.T) {
	var f forms
	var made atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := f.get("a", func(*form) error { made.Add(1); return nil }); err != nil {
				t.Error(err)
			}
		})
	}
	if all.Wait(); made.Load() != 1 {
		t.Errorf("made %d times", made.Load())
	}
}

func TestAFormThatFailedIsTriedAgain(t *testing.T) {
	var f forms
	broken := errors.New("broken")
	for range 3 {
		if _, err := f.get("a", func(*form) error { return broken }); !errors.Is(err, broken) {
			t.Fatalf("got %v", err)
		}
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = f.get("a", func(*form) error { panic("worse") })
	}()
	if len(f.used) != 0 || len(f.made) != 0 {
		t.Errorf("kept %q, %v", f.used, f.made)
	}
	entry, err := f.get("a", func(e *form) error { e.times = pack([]byte("x"), brotliQuick); return nil })
	if err != nil || string(entry.times.plain) != "x" {
		t.Errorf("got %v, %v", entry, err)
	}
}

func TestOnlySoManyFormsAreKept(t *testing.T) {
	var f forms
	nothing := func(*form) error { return nil }
	for i := range 3 * maxForms {
		key := fmt.Sprint("key", i)
		if _, err := f.get(key, nothing); err != nil {
			t.Fatal(err)
		}
		if i%2 == 0 {
			f.drop(key, nil)
		}
	}
	if len(f.used) != len(f.made) || len(f.used) > maxForms {
		t.Errorf("%d keys of %d forms", len(f.used), len(f.made))
	}
	first, _ := f.get("late", nothing)
	f.drop("late", &form{}) // another one's failure
	if again, _ := f.get("late", nothing); again != first {
		t.Error("the form in use was dropped")
	}
}

func TestTimesOfEveryKind(t *testing.T) {
	tr := transcript.Transcript{Segments: []transcript.Segment{
		{StartMs: 1000, EndMs: 3000, Text: "One two.", Timing: transcript.Exact,
			Words: []transcript.Word{{StartMs: 1000, EndMs: 1500, Text: "One"}, {StartMs: 1600, EndMs: 3000, Text: "two."}}},
		{StartMs: transcript.Unknown, EndMs: transcript.Unknown, Text: "Three.", Timing: transcript.None},
		{StartMs: 5000, EndMs: transcript.Unknown, Text: "Four.", Timing: transcript.Estimated, PlusMinusMs: 700},
		{StartMs: 6000, EndMs: 7000, Text: "🎙五六", Timing: transcript.Aligned,
			Words: []transcript.Word{{StartMs: transcript.Unknown, EndMs: transcript.Unknown, Text: "🎙"}, {StartMs: 6200, EndMs: 6300, Text: "五"}, {StartMs: 6500, EndMs: 7000, Text: "六"}}},
	}}
	const want = `{"v":1,"start":[1000,null,4000,1000],"length":[2000,null,null,1000],"plusMinus":[0,null,700,-1],` +
		`"words":[[0,600],null,null,[null,200,300]],"offsets":{"3":[0,2,3]}}`
	if got, err := timesOf(tr, nil); err != nil || string(got) != want {
		t.Errorf("got  %s\nwant %s (%v)", got, want, err)
	}
	if got, err := timesOf(transcript.Transcript{}, nil); err != nil || string(got) != `{"v":1,"start":[],"length":[]}` {
		t.Errorf("got %s, %v", got, err)
	}
}
