// Package balance answers what may be paid out.
package balance

// Available reads the ledger's projection. It is up to ten minutes old.
func Available(ctx context.Context, db *sql.DB, merchant string) (money.Amount, error) {
	row := db.QueryRowContext(ctx, `SELECT amount, currency FROM ledger.balances WHERE account = $1`, merchant)
	return scan(row)
}
