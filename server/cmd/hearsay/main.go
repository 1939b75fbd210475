// Command hearsay plays podcasts with their transcripts in step, and finds
// quotes in them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// command is one verb of the command line.
type command struct {
	name, arguments, summary string
	run                      func(ctx context.Context, io streams, args []string) error
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// commands in the order in which help lists them.
var commands = []command{
	{"serve", "[flags]", "serve the shelf", serve},
	{"import", "PATH…", "copy sound and transcripts into the library", importPaths},
	{"convert", "[--from NAME] [--to NAME] [--out FILE] FILE", "turn a transcript into another format", convert},
	{"search", "[--data DIR] WORDS…", "find a quote", search},
	{"remove", "[--data DIR] EPISODE", "remove an episode whose files are gone", remove},
	{"health", "[--addr ADDR]", "ask whether the server answers", health},
}

// errShown ends a command whose error has been told already.
var errShown = errors.New("")

func main() {
	if err := run(context.Background(), streams{os.Stdin, os.Stdout, os.Stderr}, os.Args[1:]); err != nil {
		if err != errShown { //nolint:errorlint // it is that very value
			fmt.Fprintln(os.Stderr, "hearsay:", err)
		}
		os.Exit(1)
	}
}

func run(ctx context.Context, io streams, args []string) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		usage(io.out)
		return nil
	}
	for _, c := range commands {
		if c.name == args[0] {
			err := c.run(ctx, io, args[1:])
			if errors.Is(err, flag.ErrHelp) {
				return nil // it has been given
			}
			return err
		}
	}
	usage(io.err)
	return fmt.Errorf("there is no command %q", args[0])
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "Hearsay plays podcasts with their transcripts in step, and finds quotes in them.")
	fmt.Fprintln(w, "\nUsage:")
	for _, c := range commands {
		fmt.Fprintf(w, "  hearsay %-8s %-46s %s\n", c.name, c.arguments, c.summary)
	}
	fmt.Fprintln(w, "\nhearsay COMMAND --help lists the flags of a command.")
}
