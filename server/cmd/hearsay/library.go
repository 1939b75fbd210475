package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hearsay/server/codec"
	"hearsay/server/library"
)

// importPaths copies files into the library as an upload does. A folder is
// walked; files with one base name belong together.
func importPaths(ctx context.Context, std streams, args []string) error {
	flags := newFlags("import", std)
	data, folder := dataOption(flags), shelfOption(flags)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("import takes files or folders")
	}
	lib, err := open(ctx, *data, *folder)
	if err != nil {
		return err
	}
	defer lib.Store.Close()
	if err := useTemp(*data); err != nil {
		return err
	}
	groups, order, err := collect(lib, flags.Args())
	if err != nil {
		return err
	}
	failed := false
	for _, key := range order {
		out, err := importGroup(ctx, lib, groups[key])
		if err != nil {
			failed = true
			fmt.Fprintf(std.err, "%s: %v\n", key, err)
			continue
		}
		fmt.Fprintf(std.out, "%s: %d lines, %d repaired\n", out.Episode.ID, out.Lines, out.Repairs)
	}
	if failed {
		return errShown
	}
	return nil
}

// pairing is one episode on its way in.
type pairing struct {
	show, sound, text string
}

// collect pairs sound and text by folder and base name. In a folder it takes
// what looks like either; a file that is named is taken as it is.
func collect(lib *library.Library, paths []string) (groups map[string]*pairing, order []string, err error) {
	groups = make(map[string]*pairing)
	add := func(root, name string) {
		key := strings.TrimSuffix(name, filepath.Ext(name))
		sound := lib.IsAudio(name)
		if p := groups[key]; p != nil && (sound && p.sound != "" || !sound && p.text != "") {
			key = name // a second of its kind is one for itself
		}
		p := groups[key]
		if p == nil {
			p = &pairing{}
			if rel, err := filepath.Rel(root, filepath.Dir(name)); err == nil && name != root && rel != "." {
				p.show = library.TitleOf(filepath.Base(rel))
			}
			groups[key] = p
			order = append(order, key)
		}
		if sound {
			p.sound = name
		} else {
			p.text = name
		}
	}
	for _, root := range paths {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && (name == root || lib.IsAudio(name) || isText(name)) {
				add(root, name)
			}
			return err
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return groups, order, nil
}

// isText tells transcripts by their name.
func isText(name string) bool {
	base, ext := strings.ToLower(filepath.Base(name)), strings.ToLower(filepath.Ext(name))
	return !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "readme.") &&
		slices.ContainsFunc(codec.Formats, func(f codec.Format) bool { return slices.Contains(f.Extensions, ext) })
}

func importGroup(ctx context.Context, lib *library.Library, p *pairing) (library.Outcome, error) {
	u := library.Upload{Show: p.show, AudioName: filepath.Base(p.sound), TextName: filepath.Base(p.text)}
	if p.sound != "" {
		f, err := os.Open(p.sound)
		if err != nil {
			return library.Outcome{}, err
		}
		defer f.Close()
		u.Audio = f
	}
	if p.text != "" {
		f, err := os.Open(p.text)
		if err != nil {
			return library.Outcome{}, err
		}
		defer f.Close()
		u.Text = f
	}
	return lib.Upload(ctx, u)
}

// search prints where a quote was found.
func search(ctx context.Context, std streams, args []string) error {
	flags := newFlags("search", std)
	data, folder := dataOption(flags), shelfOption(flags)
	if err := flags.Parse(args); err != nil {
		return err
	}
	lib, err := open(ctx, *data, *folder)
	if err != nil {
		return err
	}
	defer lib.Store.Close()
	hits, err := lib.Search(ctx, library.Search{Text: strings.Join(flags.Args(), " ")})
	if err != nil {
		return err
	}
	for _, h := range hits {
		about := ""
		if h.PlusMinusMs > 0 {
			about = "≈"
		}
		speaker := h.Speaker
		if speaker != "" {
			speaker += ": "
		}
		fmt.Fprintf(std.out, "%s %s%s  %s%s\n", h.Episode, about, h.StartMs.Timestamp(), speaker, h.Text)
	}
	if len(hits) == 0 {
		return errors.New("nothing like this was said")
	}
	return nil
}

// remove deletes an episode.
func remove(ctx context.Context, std streams, args []string) error {
	flags := newFlags("remove", std)
	data, folder := dataOption(flags), shelfOption(flags)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("remove takes the id of one EPISODE, the end of its address")
	}
	lib, err := open(ctx, *data, *folder)
	if err != nil {
		return err
	}
	defer lib.Store.Close()
	return lib.Remove(ctx, flags.Arg(0))
}
