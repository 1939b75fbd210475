// Package transcripts holds the demo episodes, so that an empty shelf has
// something to play. Whatever else lies in this folder is read at run time and
// is no part of the program.
package transcripts

import "embed"

// Demo is a small shelf under the folder demo: a sub-folder a show. The folder
// demo/_make, from which it is made, stays out because of its underscore.
//
//go:embed demo
var Demo embed.FS
