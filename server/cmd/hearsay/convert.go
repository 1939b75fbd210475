package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"hearsay/server/codec"
	"hearsay/server/timing"
	"hearsay/server/transcript"
)

// convert reads one transcript and writes it in another format. Times that the
// source leaves open are estimated as far as they can be without the sound.
func convert(_ context.Context, std streams, args []string) error {
	flags := newFlags("convert", std)
	from := flags.String("from", "", "format of FILE, "+formatNames(false)+"; told from its content if left out")
	to := flags.String("to", "json", "format to write: "+formatNames(true))
	out := flags.String("out", "", "file to write, in place of standard output")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("convert takes one FILE; - is standard input")
	}
	result, problems, err := convertFile(std.in, flags.Arg(0), *from, *to)
	if err != nil {
		refusal, _ := json.Marshal(map[string]string{"error": err.Error()}) // strings can be written
		fmt.Fprintf(std.out, "%s\n", refusal)
		return err
	}
	for _, p := range problems {
		fmt.Fprintln(std.err, problemText(flags.Arg(0), p))
	}
	if *out != "" {
		return os.WriteFile(*out, result, 0o644) //nolint:gosec // a transcript is no secret
	}
	_, err = std.out.Write(result)
	return err
}

func convertFile(stdin io.Reader, name, from, to string) ([]byte, []transcript.Problem, error) {
	source, err := readSource(stdin, name)
	if err != nil {
		return nil, nil, err
	}
	t, err := codec.Decode(source, codec.Hint{Format: from, FileName: name})
	if err != nil {
		return nil, nil, err
	}
	timing.Reopen(t.Segments)
	t.Segments = timing.Estimate(t.Segments, transcript.Unknown)
	out, err := codec.Encode(t, to)
	return out, t.Problems, err
}

// readSource reads a file, or standard input, no further than the codec does.
func readSource(stdin io.Reader, name string) ([]byte, error) {
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		stdin = f
	}
	var b bytes.Buffer
	_, err := b.ReadFrom(io.LimitReader(stdin, codec.MaxBytes+1))
	return b.Bytes(), err
}

func problemText(file string, p transcript.Problem) string {
	if p.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", file, p.Line, p.Text)
	}
	return fmt.Sprintf("%s: %s", file, p.Text)
}

func formatNames(writable bool) string {
	var names []string
	for _, f := range codec.Formats {
		if !writable || f.Encode != nil {
			names = append(names, f.Name)
		}
	}
	return strings.Join(names, ", ")
}

// newFlags makes a flag set that tells about errors in the house's way.
func newFlags(name string, std streams) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(std.err)
	return flags
}
