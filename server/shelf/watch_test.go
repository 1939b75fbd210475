package shelf_test

import (
	"context"
	"slices"
	"testing"
	"time"
)

// eventually polls until the shelf is as wanted.
func (b bench) eventually(want ...string) {
	b.t.Helper()
	for deadline := time.Now().Add(25 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		got := b.list()
		if slices.Equal(got, want) {
			return
		}
		if time.Now().After(deadline) {
			b.t.Fatalf("the shelf has %q, want %q", got, want)
		}
	}
}

func TestWatch(t *testing.T) {
	b := newBench(t)
	crowd(b)
	watched, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		b.Watch(watched)
		close(ended)
	}()
	b.eventually(crowded...)
	b.write("New Show/talk.wav", wav(800))
	b.write("New Show/talk.srt", srt("Good morning."))
	b.eventually(append(slices.Clone(crowded), "new-show--talk sound en")...)
	b.remove("New Show/talk.srt")
	b.eventually(append(slices.Clone(crowded), "new-show--talk sound en missing")...)
	stop()
	<-ended
}
