// Package outbox publishes what a transaction has written (ADR-0014). It may publish twice, never zero times.
package outbox

// Relay reads rows after the last one it published, in order.
func (r *Relay) Relay(ctx context.Context) error {
	rows, err := r.db.After(ctx, r.last)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := r.topic.Publish(ctx, row.Topic, row.EventID, row.Body); err != nil {
			return err
		}
		if err := r.remember(ctx, row.ID); err != nil {
			return err
		}
	}
	return nil
}
