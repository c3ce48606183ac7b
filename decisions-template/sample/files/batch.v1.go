// Package batch builds the file that leaves for the bank at 14:00 (ADR-0007).
package batch

import (
	"context"
	"time"
)

// Window is when the bank takes files, in its own zone.
var Window = struct{ Opens, Closes time.Duration }{9 * time.Hour, 15*time.Hour + 30*time.Minute}

// Build nets what each merchant earned against what it refunded, and leaves out totals of zero.
func Build(ctx context.Context, day Day, due []Due) (File, error) {
	file := File{Day: day}
	for _, merchant := range net(due) {
		if merchant.Amount.IsZero() {
			continue
		}
		file.Transfers = append(file.Transfers, merchant)
	}
	return file, file.Check()
}
