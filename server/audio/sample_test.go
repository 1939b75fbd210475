package audio

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// tool returns the path of ffmpeg or ffprobe, which make the files that the
// tests read and know how long they are.
func tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is missing: install it (apt-get install ffmpeg); make test does", name)
	}
	return path
}

// sample makes a sound file with the given flags and returns its path. A tone
// of five seconds and a bit is the input, after it a still picture to be mapped
// where the flags want one.
func sample(t testing.TB, name string, flags ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if !slices.Contains(flags, "-map") {
		flags = append(flags, "-map", "0")
	}
	run(t, path, append([]string{
		"-f", "lavfi", "-i", "sine=frequency=330:duration=5.37,apulsator=hz=0.5",
		"-f", "lavfi", "-i", "testsrc=size=64x64:rate=5:duration=5.2",
	}, flags...)...)
	return path
}

func run(t testing.TB, path string, flags ...string) {
	t.Helper()
	args := append([]string{"-v", "error", "-y", "-nostdin"}, flags...)
	out, err := exec.Command(tool(t, "ffmpeg"), append(args, path)...).CombinedOutput()
	if err != nil {
		t.Fatalf("ffmpeg %v: %v\n%s", flags, err, out)
	}
}

// probedSeconds is the duration that ffprobe reads.
func probedSeconds(t testing.TB, path string) float64 {
	t.Helper()
	out, err := exec.Command(tool(t, "ffprobe"), "-v", "error",
		"-show_entries", "format=duration", "-of", "csv=p=0", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	return seconds(t, string(out))
}

// decodedSeconds is how long the sound is when it is played to the end.
func decodedSeconds(t testing.TB, path string) float64 {
	t.Helper()
	wav := filepath.Join(t.TempDir(), "decoded.s16")
	run(t, wav, "-i", path, "-map", "0:a:0", "-ac", "1", "-ar", "8000", "-f", "s16le")
	stat, err := os.Stat(wav)
	if err != nil {
		t.Fatal(err)
	}
	return float64(stat.Size()) / 16000
}

func seconds(t testing.TB, text string) float64 {
	t.Helper()
	s, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// write puts bytes into a file of this name.
func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
