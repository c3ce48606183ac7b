// Package balance answers what may be paid out.
package balance

// Available asks the ledger, which derives the balance from postings (ADR-0021).
func Available(ctx context.Context, ledger ledger.Client, merchant string) (money.Amount, error) {
	return ledger.Balance(ctx, merchant)
}
