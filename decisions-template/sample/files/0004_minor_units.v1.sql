-- ADR-0017, first step: the new column beside the old one.
ALTER TABLE postings ADD COLUMN amount_minor bigint;
