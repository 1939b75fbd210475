package shelf

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"hearsay/server/codec"
	"hearsay/server/library"
)

// kind is what a file is for an episode.
type kind int

const (
	other kind = iota // nothing
	sound
	text
	about
)

// documents are no transcripts, but people who drop one mean it as one: the
// codec tells them what to do.
var documents = []string{".pdf", ".doc", ".docx", ".odt", ".rtf", ".txt", ".md", ".html", ".htm"}

func (s *Shelf) kindOf(name string) kind {
	base := path.Base(name)
	ext := strings.ToLower(path.Ext(base))
	switch {
	case hidden(base) || strings.HasPrefix(strings.ToLower(base), "readme."):
		return other
	case ext == ".yaml" || ext == ".yml":
		return about
	case s.Library.IsAudio(base):
		return sound
	case slices.Contains(documents, ext) || slices.ContainsFunc(codec.Formats, func(f codec.Format) bool { return slices.Contains(f.Extensions, ext) }):
		return text
	}
	return other
}

// hidden reports whether a name is none of ours: dot files, and what editors
// and browsers leave behind while they write.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "~$")
}

// group is the files of one folder with one base name.
type group struct {
	folder, base string
	files        []member
}

// member is a file in its group.
type member struct {
	library.File
	kind     kind
	language string
}

// pair sorts files into groups, in the order of their paths. A language at the
// end of a text's name is no part of the base: talk.fr.vtt belongs to talk.mp3.
func (s *Shelf) pair(files []library.File) []group {
	sounds := make(map[string]bool) // paths without extension
	for _, f := range files {
		if s.kindOf(f.Path) == sound {
			sounds[stem(f.Path)] = true
		}
	}
	var groups []group
	index := make(map[string]int)
	for _, f := range files {
		m := member{File: f, kind: s.kindOf(f.Path)}
		whole := stem(f.Path)
		if m.kind == text && !sounds[whole] {
			if !s.Library.IsAudio(whole) { // wav is a language too
				whole, m.language = splitLanguage(whole)
			}
			if s.Library.IsAudio(whole) && sounds[stem(whole)] {
				whole = stem(whole) // talk.mp3.srt
			}
		}
		i, ok := index[whole]
		if !ok {
			i = len(groups)
			index[whole] = i
			folder := path.Dir(whole)
			if folder == "." {
				folder = ""
			}
			groups = append(groups, group{folder: folder, base: path.Base(whole)})
		}
		groups[i].files = append(groups[i].files, m)
	}
	return groups
}

func stem(p string) string { return strings.TrimSuffix(p, path.Ext(p)) }

// splitLanguage takes a language tag off the end of a name. Most words of three
// letters are a language somewhere (talk.raw.srt): only those that have an
// English name count.
func splitLanguage(name string) (rest, tag string) {
	dot := strings.LastIndexByte(name, '.')
	if dot <= strings.LastIndexByte(name, '/')+1 {
		return name, ""
	}
	parsed, err := language.Parse(name[dot+1:])
	if base, conf := parsed.Base(); err != nil || conf != language.Exact || display.English.Languages().Name(base) == "" {
		return name, ""
	}
	return name[:dot], parsed.String()
}

// list returns the group's files as those of an episode.
func (g group) list(episode string) []library.File {
	files := make([]library.File, len(g.files))
	for i, m := range g.files {
		files[i] = m.File
		files[i].Episode, files[i].Gone = episode, false
	}
	return files
}

// has reports whether the group holds a file of this kind.
func (g group) has(k kind) bool {
	return slices.ContainsFunc(g.files, func(m member) bool { return m.kind == k })
}

// holds reports whether a file of the group belongs to an episode.
func (g group) holds(episode string) bool {
	return episode != "" && slices.ContainsFunc(g.files, func(m member) bool { return m.Episode == episode })
}
