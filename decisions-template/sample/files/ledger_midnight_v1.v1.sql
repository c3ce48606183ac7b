-- ADR-0022: columns of this view are a promise. Removing one takes two releases.
CREATE VIEW published.ledger_midnight_v1 AS
SELECT account, date_trunc('day', created_at AT TIME ZONE 'UTC') AS day, sum(amount_minor) AS balance_minor
  FROM ledger.postings
 GROUP BY account, day;
