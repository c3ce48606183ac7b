-- ADR-0021: postings are the only source. Nothing has read this column since release 412.
ALTER TABLE accounts DROP COLUMN balance;
