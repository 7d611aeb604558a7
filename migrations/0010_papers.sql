-- A person's calendar feed, reached by a secret address of which only the hash
-- is kept. used_at: when a calendar last asked, to an hour.
CREATE TABLE calendar_feed (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
    token_sha256 TEXT NOT NULL UNIQUE,
    second_factor BOOLEAN NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);
