package transcript

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// AssignIDs gives every segment without an id one made from its text, and
// from how often that text has come before: the same file always gets the same
// ids. Ids that are there stay.
func AssignIDs(segments []Segment) {
	taken := make(map[string]bool, len(segments))
	for _, s := range segments {
		taken[s.ID] = true
	}
	seen := make(map[string]int)
	for i := range segments {
		s := &segments[i]
		for s.ID == "" {
			n := seen[s.Text]
			seen[s.Text]++
			sum := sha256.Sum256([]byte(s.Text + "\x00" + strconv.Itoa(n)))
			if id := hex.EncodeToString(sum[:4]); !taken[id] {
				s.ID, taken[id] = id, true
			}
		}
	}
}
