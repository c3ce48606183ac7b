// Package edge is the public API. It alone keeps idempotency keys (ADR-0016).
package edge

import "time"

// Retention is how long a key answers with its first response.
const Retention = 72 * time.Hour

// Replay answers a request whose key was seen before, or reports that it is new.
func (s *Store) Replay(ctx context.Context, key Key) (*Response, bool, error) {
	seen, err := s.find(ctx, key)
	if err != nil || seen == nil {
		return nil, false, err
	}
	if seen.Digest != key.Digest {
		return nil, false, ErrKeyReused
	}
	return seen.Response, true, nil
}
