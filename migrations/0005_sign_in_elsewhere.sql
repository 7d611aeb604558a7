-- Signing in with another organisation's account (OpenID Connect).

-- A sign-in that was begun: what must come back with it. Rows go when it ends.
CREATE TABLE elsewhere_begun (
    state_sha256 TEXT NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    created_at BIGINT NOT NULL
);

-- An account there opens the account of this person here.
CREATE TABLE elsewhere_account (
    provider TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES person (id),
    known_as TEXT NOT NULL,
    connected_at BIGINT NOT NULL,
    PRIMARY KEY (provider, subject)
);

CREATE INDEX elsewhere_account_person ON elsewhere_account (person_id);
