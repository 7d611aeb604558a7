-- The queue, and the letters that go out by it.

-- A job that is done is deleted. state: 'waits' (also while somebody holds it,
-- until leased_until) or 'failed'. lease counts how often it was taken, so that
-- whoever lost it cannot end it; asked counts how often it was asked for, so
-- that what was asked for while it ran is done again.
CREATE TABLE job (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload_json TEXT NOT NULL,
    dedupe_key TEXT,
    state TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    lease BIGINT NOT NULL,
    leased_by TEXT,
    leased_until BIGINT,
    last_error TEXT,
    failed_at BIGINT,
    UNIQUE (kind, dedupe_key)
);

CREATE INDEX job_due ON job (state, run_at);

-- When a recurring job is to be made next, so that it is made once, whichever
-- node comes first.
CREATE TABLE job_schedule (
    kind TEXT NOT NULL PRIMARY KEY,
    next_at BIGINT NOT NULL,
    made_at BIGINT
);

-- Who works, and which kinds of jobs: |mail.send|mail.tidy|
CREATE TABLE worker (
    name TEXT NOT NULL PRIMARY KEY,
    does TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

-- The outbox. letter_json is what the letter is made of, with the link that
-- gives its reader access; it is null as soon as the letter has ended.
CREATE TABLE letter (
    id BIGINT NOT NULL PRIMARY KEY,
    recipient TEXT NOT NULL,
    template TEXT NOT NULL,
    letter_json TEXT,
    state TEXT NOT NULL,
    queued_at BIGINT NOT NULL,
    useful_until BIGINT,
    tries BIGINT NOT NULL,
    tried_at BIGINT,
    ended_at BIGINT,
    said TEXT
);

CREATE INDEX letter_ended ON letter (state, ended_at);
