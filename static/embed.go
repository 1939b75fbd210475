// Package static holds what a browser gets: pages, styles and scripts, served
// as they lie.
package static

import "embed"

// Files are the templates of the pages, the interface's words, and css and js.
//
//go:embed *.html icon.svg words css js
var Files embed.FS
