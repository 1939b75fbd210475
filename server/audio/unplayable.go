package audio

import (
	"bytes"

	"hearsay/server/transcript"
)

// unplayables are formats that are known only to say what they are.
var unplayables = []struct{ magic, kind, name, mediaType string }{
	{"FORM", "AIFF", "AIFF", "audio/aiff"},
	{"FORM", "AIFC", "AIFF", "audio/aiff"},
	{"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "", "WMA", "audio/x-ms-wma"},
	{"#!AMR", "", "AMR", "audio/amr"},
	{"MAC ", "", "Monkey’s Audio", "audio/x-ape"},
	{".snd", "", "AU", "audio/basic"},
	{"caff", "", "CAF", "audio/x-caf"},
}

func isUnplayable(head []byte) bool {
	_, ok := unplayable(head)
	return ok
}

func readUnplayable(s *source, start int64) (sound, error) {
	found, _ := unplayable(s.at(start, 64))
	return found, nil
}

func unplayable(head []byte) (sound, bool) {
	for _, u := range unplayables {
		if !bytes.HasPrefix(head, []byte(u.magic)) {
			continue
		}
		if u.kind == "" || len(head) >= 12 && string(head[8:12]) == u.kind {
			return sound{length: transcript.Unknown, mediaType: u.mediaType, unplayable: u.name}, true
		}
	}
	return sound{}, false
}
