// Package signing makes the next webhook key before the present one ends (ADR-0018).
package signing

import "time"

const (
	Lifetime = 90 * 24 * time.Hour
	Overlap  = 14 * 24 * time.Hour
)

// Due reports whether the next key is to be made now.
func Due(current Key, now time.Time) bool {
	return now.Sub(current.Since) >= Lifetime-Overlap
}
