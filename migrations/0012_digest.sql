-- Who chose the weekly letter. sent_week: the Monday of the last week for which
-- it was looked whether there is something to say.
CREATE TABLE digest (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
    second_factor BOOLEAN NOT NULL,
    since BIGINT NOT NULL,
    sent_week TEXT NOT NULL
);

-- The links in such letters that stop them: only the hash of each is kept.
CREATE TABLE digest_stop (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    made_at BIGINT NOT NULL
);

CREATE INDEX digest_stop_person ON digest_stop (person_id);
