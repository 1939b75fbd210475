package library

import (
	"slices"
	"testing"

	"hearsay/server/transcript"
)

func TestSoundAt(t *testing.T) {
	for address, want := range map[string]Audio{
		"https://example.org/talk.mp3":                         {Kind: SoundURL, URL: "https://example.org/talk.mp3"},
		"https://soundcloud.com/ann-archer/harbour-talk":       {Kind: "soundcloud", URL: "https://soundcloud.com/ann-archer/harbour-talk"},
		"http://m.soundcloud.com/ann-archer/harbour-talk?si=1": {Kind: "soundcloud", URL: "https://soundcloud.com/ann-archer/harbour-talk"},
		"https://soundcloud.com/ann/private/s-AbC12/":          {Kind: "soundcloud", URL: "https://soundcloud.com/ann/private/s-AbC12"},
		"https://api.soundcloud.com/tracks/123456":             {Kind: "soundcloud", URL: "https://api.soundcloud.com/tracks/123456"},
		"https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/123456&color=%23ff5500&auto_play=true":     {Kind: "soundcloud", URL: "https://api.soundcloud.com/tracks/123456"},
		"https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1%3Fsecret_token%3Ds-Ab&show_artwork=true": {Kind: "soundcloud", URL: "https://api.soundcloud.com/tracks/1?secret_token=s-Ab"},
		"https://soundcloud.com./ann/talk":   {Kind: "soundcloud", URL: "https://soundcloud.com/ann/talk"},
		"https://notsoundcloud.com/ann/talk": {Kind: SoundURL, URL: "https://notsoundcloud.com/ann/talk"},
	} {
		got, err := soundAt(address)
		if err != nil || *got != want {
			t.Errorf("soundAt(%q) = %+v, %v, want %+v", address, got, err, want)
		}
	}
	for _, address := range []string{
		"https://soundcloud.com/", "https://soundcloud.com/ann", "https://on.soundcloud.com/x7Yz",
		"https://w.soundcloud.com/player/", "https://w.soundcloud.com/player/?url=https://evil.example/x",
		"https://w.soundcloud.com/player/?url=https://w.soundcloud.com/player/?url=x", "https://api.soundcloud.com/users/1", "ftp://a/b",
		"https://soundcloud.com:8443/ann/talk",
	} {
		if got, err := soundAt(address); CodeOf(err) != Invalid {
			t.Errorf("soundAt(%q) = %+v, %v", address, got, err)
		}
	}
}

func TestSoundsFound(t *testing.T) {
	frame := func(address string) transcript.Found { return transcript.Found{Address: address, Frame: true} }
	got := soundsFound([]transcript.Found{
		frame("https://www.youtube.example/embed/x"),
		frame("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/ann/talk&color=f"),
		frame("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/ann/sets/all"),
		{Address: "https://soundcloud.com/ann/talk?utm_source=x"},
		{Address: "https://example.org/talk.mp3"},
		frame("https://example.org/other.mp3"),
		{Address: "https://user:secret@example.org/talk.mp3"},
	})
	want := []Audio{{Kind: "soundcloud", URL: "https://soundcloud.com/ann/talk"}, {Kind: SoundURL, URL: "https://example.org/talk.mp3"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
