package shelf

import (
	"testing"

	"hearsay/server/library"
)

func TestAFolderThatCannotBeReadLosesNothing(t *testing.T) {
	known := []library.File{{Path: "show/a.srt"}, {Path: "shows/b.srt"}, {Path: "c.srt"}, {Path: "d.srt", Gone: true}}
	d := compare([]library.File{{Path: "c.srt"}}, known, []string{"show/"})
	if len(d.lost) != 1 || d.lost[0].Path != "shows/b.srt" || len(d.gone) != 1 || d.gone[0].Path != "d.srt" {
		t.Errorf("lost %v, gone %v", d.lost, d.gone)
	}
}
