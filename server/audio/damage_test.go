package audio

import (
	"bytes"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"hearsay/server/transcript"
)

func TestDamagedFilesKeepTheirLength(t *testing.T) {
	mp3 := read(t, sample(t, "a.mp3", "-b:a", "64k"))
	wav := read(t, sample(t, "a.wav"))
	m4a := read(t, sample(t, "a.m4a", "-c:a", "aac", "-movflags", "faststart"))
	opus := read(t, sample(t, "a.opus", "-c:a", "libopus"))
	noise := []byte(strings.Repeat("\xFF\xFBno frame\x00\xFF", 3000))
	half := len(mp3) / 2
	streamed := slices.Clone(wav)
	copy(streamed[bytes.Index(wav, []byte("data"))+4:], "\xFF\xFF\xFF\xFF")

	for _, test := range []struct {
		title   string
		name    string
		data    []byte
		seconds float64
		problem string
	}{
		{"mp3 cut off", "a.mp3", mp3[:half], 2.7, ""},
		{"mp3 with noise in the middle", "a.mp3", slices.Concat(mp3[:half], noise, mp3[half:]), 5.4, "damaged"},
		{"two mp3 files in one", "a.mp3", slices.Concat(mp3, mp3), 10.8, ""},
		{"mp3 named m4a", "a.m4a", mp3, 5.4, ""},
		{"mp3 with a tag longer than the file", "a.mp3", slices.Concat([]byte("ID3\x04\x00\x00\x7F\x7F\x7F\x7F"), mp3), 5.4, ""},
		{"wav cut off", "a.wav", wav[:len(wav)/2], 2.7, "cut off"},
		{"wav of unknown size", "a.wav", streamed, 5.37, ""},
		{"m4a cut off", "a.m4a", m4a[:len(m4a)/2], 5.4, "cut off"},
		{"two opus files in one", "a.opus", slices.Concat(opus, opus), 10.74, ""},
		{"opus with noise in the middle", "a.opus", slices.Concat(opus[:8000], noise, opus[8000:]), 5.37, ""},
	} {
		info, err := Probe(write(t, test.name, test.data))
		if err != nil {
			t.Errorf("%s: %v", test.title, err)
			continue
		}
		if got := float64(info.DurationMs) / 1000; math.Abs(got-test.seconds) > 0.15 {
			t.Errorf("%s: %.3f s, want %.3f s", test.title, got, test.seconds)
		}
		if (info.Problem == "") != (test.problem == "") || !strings.Contains(info.Problem, test.problem) {
			t.Errorf("%s: problem %q, want %q", test.title, info.Problem, test.problem)
		}
	}
}

func TestWhatIsNoSoundIsRefused(t *testing.T) {
	m4a := read(t, sample(t, "a.m4a", "-c:a", "aac"))
	film := read(t, sample(t, "a.mp4", "-map", "1", "-c:v", "mpeg4"))
	for _, test := range []struct {
		name string
		data []byte
		word string
	}{
		{"empty.mp3", nil, "empty"},
		{"text.mp3", []byte(strings.Repeat("Somebody wrote this down.\n", 100)), "no sound file"},
		{"zeros.wav", make([]byte, 100_000), "no sound file"},
		{"picture.mp3", []byte(strings.Repeat("\xFF\xD8\xFF\xFB\x90\x64", 5000)), "no sound file"},
		{"unfinished.m4a", m4a[:len(m4a)/2], "no index"},
		{"silent.mp4", film, "no sound"},
		{"head.wav", []byte("RIFF\x24\x00\x00\x00WAVEfmt "), "damaged"},
		{"head.flac", []byte("fLaC\x00"), "damaged"},
	} {
		info, err := Probe(write(t, test.name, test.data))
		if err == nil || !strings.Contains(err.Error(), test.word) {
			t.Errorf("%s: %+v, error %v; want an error that says %q", test.name, info, err, test.word)
		}
	}
	if _, err := Probe(t.TempDir()); err == nil {
		t.Error("a folder was taken for sound")
	}
	if _, err := Probe("/nowhere/talk.mp3"); err == nil {
		t.Error("a file that is not there was read")
	}
}

func TestLengthsThatCannotBeAreUnknown(t *testing.T) {
	flac := read(t, sample(t, "a.flac"))
	for _, b := range []struct {
		title string
		bits  string
	}{{"left open", "\x00\x00\x00\x00\x00"}, {"months", "\xFF\xFF\xFF\xFF\xFF"}} {
		data := slices.Clone(flac)
		data[21] = data[21]&0xF0 | b.bits[0]&0x0F
		copy(data[22:], b.bits[1:])
		data[18], data[19] = 0, 0x3E // a rate of 992 Hz, so that 2³⁶ samples take years
		info, err := Probe(write(t, "a.flac", data))
		if err != nil || info.DurationMs != transcript.Unknown || info.Problem == "" || !info.Playable {
			t.Errorf("%s: %+v, %v; want an unknown duration, a problem, and playable", b.title, info, err)
		}
	}
}

func TestIndexFindsAcrossTheWindow(t *testing.T) {
	data := make([]byte, 3*windowSize)
	for _, at := range []int64{0, 5, windowSize - 4, windowSize - 1, windowSize, 2*windowSize - 2, 3*windowSize - 4} {
		copy(data[at:], "OggS")
		s := &source{r: bytes.NewReader(data), size: int64(len(data))}
		if got := s.index(0, s.size, []byte("OggS")); got != at {
			t.Errorf("found at %d, want %d", got, at)
		}
		copy(data[at:], "\x00\x00\x00\x00")
	}
}

// failing is a disk that stops working.
type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestAFailingDiskIsNoDamage(t *testing.T) {
	_, err := probe(&source{r: failing{}, size: 1000})
	if err != io.ErrUnexpectedEOF {
		t.Errorf("error %v, want that of the disk", err)
	}
}

// counting counts the bytes that are read.
type counting struct {
	io.ReaderAt
	bytes int
}

func (c *counting) ReadAt(b []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(b, off)
	c.bytes += n
	return n, err
}

func TestHostileFilesAreReadOnlyAFewTimesOver(t *testing.T) {
	const size = 4 << 20
	for _, pattern := range []string{
		"\xFF", "\xFF\xFB\x90\x64\xFF", "\xFF\xF1\x50\x83\xFF\xFF\xFC", "OggS", "OggS\x00\x02rate",
		"\x00\x00\x00\x08moov", "\x00\x00\x00\x08free", "\x1A\x45\xDF\xA3\x80", "\x1A\x45\xDF\xA3\x80\xA3\x80",
		"RIFF\x00\x00\x00\x00WAVE", "fLaC", "ID3\x04\x00\x00\x00\x00\x00\x00",
	} {
		data := bytes.Repeat([]byte(pattern), size/len(pattern))
		file := &counting{ReaderAt: bytes.NewReader(data)}
		if info, err := probe(&source{r: file, size: int64(len(data))}); err == nil && info.DurationMs > 0 {
			t.Errorf("%q: taken for sound of %d ms", pattern, info.DurationMs)
		}
		if file.bytes > 6*len(data) {
			t.Errorf("%q: read %d times over", pattern, file.bytes/len(data))
		}
	}
}

func FuzzProbe(f *testing.F) {
	for _, flags := range []string{
		"a.mp3 -b:a 32k -ar 16000", "a.aac -c:a aac -ar 8000", "a.m4a -c:a aac -ar 8000",
		"b.m4a -c:a aac -ar 8000 -movflags empty_moov -frag_duration 50000",
		"a.opus -c:a libopus -b:a 8k", "a.ogg -c:a libvorbis -ar 8000", "a.flac -ar 8000", "a.wav -ar 8000",
		"a.webm -c:a libopus -b:a 8k", "b.webm -c:a libopus -b:a 8k -live 1", "a.aiff -ar 8000",
	} {
		words := strings.Fields(flags)
		f.Add(read(f, sample(f, words[0], append(words[1:], "-t", "0.2")...)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := probe(&source{r: bytes.NewReader(data), size: int64(len(data))})
		if err != nil {
			return
		}
		if info.DurationMs < transcript.Unknown || info.DurationMs > maxSeconds*1000 {
			t.Errorf("duration %d ms", info.DurationMs)
		}
		if info.MediaType == "" || !info.Playable && info.Problem == "" {
			t.Errorf("nothing said about %+v", info)
		}
	})
}
