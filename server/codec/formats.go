package codec

// Formats lists every format in the order in which they are asked whether a
// source is theirs. Prose stands last, since almost anything looks like it.
var Formats = []Format{
	hearsayJSON,
	podcastJSON,
	vtt,
	srt,
	lines,
	prose,
}
