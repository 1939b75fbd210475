package audio

import (
	"path/filepath"
	"strings"
)

// mediaTypes says which files on the shelf count as sound, by extension. They
// are the types that browsers know, also where a registered one differs.
var mediaTypes = map[string]string{
	".mp3":  "audio/mpeg",
	".m4a":  "audio/mp4",
	".m4b":  "audio/mp4",
	".mp4":  "video/mp4",
	".m4v":  "video/mp4",
	".mov":  "video/quicktime",
	".aac":  "audio/aac",
	".ogg":  "audio/ogg",
	".oga":  "audio/ogg",
	".opus": "audio/ogg",
	".flac": "audio/flac",
	".wav":  "audio/wav",
	".webm": "audio/webm",
	".weba": "audio/webm",
	".mkv":  "video/x-matroska",
	".mka":  "audio/x-matroska",
	".aiff": "audio/aiff",
	".aif":  "audio/aiff",
	".wma":  "audio/x-ms-wma",
	".amr":  "audio/amr",
}

// IsAudio reports whether a file of this name counts as sound.
func IsAudio(name string) bool {
	return mediaTypes[extension(name)] != ""
}

// MediaType returns the media type that goes with a file's name, and
// application/octet-stream where the name is not that of a sound file. What the
// file really holds is for [Probe] to say.
func MediaType(name string) string {
	if t := mediaTypes[extension(name)]; t != "" {
		return t
	}
	return "application/octet-stream"
}

func extension(name string) string {
	return strings.ToLower(filepath.Ext(name))
}
