CREATE TABLE accounts (
    id       uuid PRIMARY KEY,
    owner    uuid NOT NULL,
    currency char(3) NOT NULL
);

CREATE TABLE postings (
    account    uuid NOT NULL REFERENCES accounts (id),
    sequence   bigint NOT NULL,
    amount     numeric(20, 4) NOT NULL,
    created_at timestamp NOT NULL DEFAULT now(),
    PRIMARY KEY (account, sequence)
);
