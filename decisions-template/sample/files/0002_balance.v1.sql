-- ADR-0003: right the moment the transaction commits.
ALTER TABLE accounts ADD COLUMN balance numeric(20, 4) NOT NULL DEFAULT 0;
