-- ADR-0014: an event is written in the transaction that makes it true.
CREATE TABLE outbox (
    id         bigserial PRIMARY KEY,
    topic      text NOT NULL,
    event_id   uuid NOT NULL UNIQUE,
    body       jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
