package shelf_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestPairing(t *testing.T) {
	s, w := srt("The boats are in."), wav(800)
	vtt := strings.NewReplacer(",000", ".000", "1\n00", "WEBVTT\n\n00", "\n2\n", "\n").Replace(s)
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"sound and text of one name", map[string]string{"talk.wav": w, "talk.srt": s}, []string{"talk sound en"}},
		{"a language in the name", map[string]string{"talk.wav": w, "talk.fr.vtt": vtt}, []string{"talk sound fr"}},
		{"two languages", map[string]string{"talk.wav": w, "talk.de.srt": s, "talk.pt-BR.vtt": vtt}, []string{"talk sound de pt-BR"}},
		{"the text named after the sound file", map[string]string{"talk.wav": w, "talk.wav.srt": s}, []string{"talk sound en"}},
		{"both", map[string]string{"talk.wav": w, "talk.wav.fr.srt": s}, []string{"talk sound fr"}},
		{"upper case endings", map[string]string{"talk.WAV": w, "talk.SRT": s}, []string{"talk sound en"}},
		{"a sub-folder is a show", map[string]string{"My Show/talk.wav": w, "My Show/talk.srt": s}, []string{"my-show--talk sound en"}},
		{"folders in folders", map[string]string{"a/b/talk.srt": s, "a/talk.srt": s}, []string{"a--talk en", "a-b--talk en"}},
		{"one name in two folders", map[string]string{"a/talk.wav": w, "b/talk.srt": s}, []string{"a--talk sound", "b--talk en"}},
		{"two names of one address", map[string]string{"Talk!.srt": s, "talk.srt": s}, []string{"talk en", "talk-2 en"}},
		{"a dot that is no language", map[string]string{"no.1.wav": w, "no.1.srt": s}, []string{"no-1 sound en"}},
		{"a name that looks like a language", map[string]string{"what.is.it.wav": w, "what.is.it.srt": s}, []string{"what-is-it sound en"}},
		{"text without sound", map[string]string{"talk.srt": s}, []string{"talk en"}},
		{"sound without text", map[string]string{"talk.wav": w}, []string{"talk sound"}},
		{"two sounds", map[string]string{"talk.wav": w, "talk.wave": w, "talk.mp3": "no sound", "talk.srt": s}, []string{"talk sound en"}},
		{"what is not for us", map[string]string{"README.md": s, ".hidden.srt": s, "talk.srt~": s, "~$talk.srt": s, "cover.jpg": "x",
			".git/talk.srt": s, "talk.srt": s}, []string{"talk en"}},
		{"a folder to be left alone", map[string]string{"old/.hearsayignore": "", "old/deep/talk.srt": s, "new/talk.srt": s}, []string{"new--talk en"}},
		{"a YAML file of somebody else", map[string]string{"compose.yaml": "services:\n  web:\n    image: x\n"}, nil},
		{"sound elsewhere", map[string]string{"talk.yaml": "audio: https://example.org/talk.mp3\n"}, []string{"talk sound"}},
		{"names of all scripts", map[string]string{"対談.srt": s, "Été.srt": s}, []string{"été en", "対談 en"}},
		{"a name that is no text", map[string]string{"bad\xff.srt": s}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.put(c.files)
			b.scan()
			b.want(c.want...)
			before, err := b.Library.Store.FindFiles(ctx, "shelf")
			check(t, err)
			b.scan() // and nothing is read again
			b.want(c.want...)
			after, err := b.Library.Store.FindFiles(ctx, "shelf")
			check(t, err)
			if !slices.Equal(before, after) {
				t.Errorf("the files were %v, and now are %v", before, after)
			}
		})
	}
}

func TestLinksOutOfTheShelfAreNotFollowed(t *testing.T) {
	b := newBench(t)
	secret := filepath.Join(t.TempDir(), "secret.srt")
	check(t, os.WriteFile(secret, []byte(srt("The password is herring.")), 0o600))
	check(t, os.Symlink(secret, filepath.Join(b.dir, "talk.srt")))
	check(t, os.Symlink(filepath.Dir(secret), filepath.Join(b.dir, "show")))
	b.put(map[string]string{"own.srt": srt("Hello.")})
	check(t, os.Symlink("own.srt", filepath.Join(b.dir, "also.srt")))
	b.scan()
	b.want("also en", "own en")
}

func TestNoTwoGroupsShareAnEpisode(t *testing.T) {
	b := newBench(t)
	b.put(map[string]string{"talk.wav": wav(800), "talk.fr.srt": srt("The boats are in.")})
	b.scan()
	b.want("talk sound fr")
	b.put(map[string]string{"talk.fr.wav": wav(900)}) // now the text is that sound's
	b.scan()
	if got := b.list(); len(got) != 2 || !strings.HasPrefix(got[0], "talk sound") || !strings.HasPrefix(got[1], "talk-fr sound") {
		t.Errorf("got %q", got)
	}
}

func TestAnUploadAndAFileOfOneNameAreTwoEpisodes(t *testing.T) {
	b := newBench(t)
	uploaded := filepath.Join(filepath.Dir(b.dir), "uploads", "talk.srt")
	check(t, os.WriteFile(uploaded, []byte(srt("I was sent.")), 0o600))
	if more, err := b.Scan(ctx); !more || err != nil {
		t.Fatalf("the upload was not waited for: %v", err)
	}
	b.settle()
	b.put(map[string]string{"talk.srt": srt("I was dropped.")})
	b.scan()
	b.want("talk en", "talk-2 en")
	if got := b.find("sent"); !slices.Equal(got, []string{"talk"}) {
		t.Errorf("found %q", got)
	}
}
