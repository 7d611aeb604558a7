-- The public record, the programme and who may edit it.
-- Portable: BIGINT, DOUBLE PRECISION, TEXT, BOOLEAN; dates are ISO text, moments
-- are microseconds since 1970 in UTC. Columns named *_json hold compact JSON.

-- Goes up with every import, so that each node knows when to read the register again.
CREATE TABLE register_state (
    id BIGINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

INSERT INTO register_state (id, version, changed_at) VALUES (1, 0, 0);

-- A file that was imported: what every fact points back to.
CREATE TABLE source (
    id BIGINT NOT NULL PRIMARY KEY,
    layout TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    licence TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    as_of TEXT NOT NULL,
    caveat TEXT,
    rows_read BIGINT NOT NULL,
    imported_at BIGINT NOT NULL,
    UNIQUE (sha256, layout, as_of)
);

-- facts_json: facts by the id of the source that says them, {"3":{"name":"…"}}.
CREATE TABLE school (
    urn BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    former_names_json TEXT NOT NULL,
    status TEXT,
    phase TEXT,
    kind TEXT,
    la_code BIGINT,
    la_name TEXT,
    estab BIGINT,
    town TEXT,
    postcode TEXT,
    region TEXT,
    opened TEXT,
    closed TEXT,
    easting BIGINT,
    northing BIGINT,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    pupils BIGINT,
    facts_json TEXT NOT NULL
);

CREATE TABLE school_link (
    urn BIGINT NOT NULL,
    other BIGINT NOT NULL,
    kind TEXT NOT NULL,
    established TEXT,
    source_id BIGINT NOT NULL REFERENCES source (id),
    PRIMARY KEY (urn, other, kind)
);

-- detail_json: everything that was said, field by field with its source.
CREATE TABLE inspection (
    urn BIGINT NOT NULL,
    start_date TEXT NOT NULL,
    kind TEXT NOT NULL,
    framework TEXT NOT NULL,
    overall BIGINT,
    category TEXT,
    detail_json TEXT NOT NULL,
    PRIMARY KEY (urn, start_date, kind)
);

CREATE TABLE result (
    urn BIGINT NOT NULL,
    dataset TEXT NOT NULL,
    period TEXT NOT NULL,
    facts_json TEXT NOT NULL,
    PRIMARY KEY (urn, dataset, period)
);

CREATE TABLE import_run (
    id BIGINT NOT NULL PRIMARY KEY,
    file_name TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    started_by TEXT NOT NULL,
    bytes_total BIGINT NOT NULL,
    bytes_done BIGINT NOT NULL,
    report_json TEXT
);

CREATE INDEX import_run_started_at ON import_run (started_at);

CREATE TABLE person (
    id BIGINT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The token itself is only in the browser's cookie.
CREATE TABLE session (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    form_token TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE sign_in_attempt (
    id BIGINT NOT NULL PRIMARY KEY,
    email_sha256 TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX sign_in_attempt_email ON sign_in_attempt (email_sha256, at);

CREATE TABLE audit (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    role TEXT NOT NULL,
    what TEXT NOT NULL,
    noun TEXT NOT NULL,
    noun_id TEXT NOT NULL,
    before_json TEXT,
    after_json TEXT,
    why TEXT
);

CREATE INDEX audit_noun ON audit (noun, noun_id, at);

CREATE TABLE programme (
    id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    revision BIGINT NOT NULL
);

-- good_rule, need_rule, need_version and phase are chosen in advance: they say
-- what counts as good, and which schools are the schools like them.
CREATE TABLE cohort (
    id BIGINT NOT NULL PRIMARY KEY,
    programme_id BIGINT NOT NULL REFERENCES programme (id),
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    joins_on TEXT NOT NULL,
    follow_to TEXT,
    need_rule TEXT NOT NULL,
    need_version BIGINT NOT NULL,
    phase TEXT,
    good_rule TEXT NOT NULL,
    story TEXT,
    revision BIGINT NOT NULL
);

-- What others published about a cohort at the time. good/schools or share.
CREATE TABLE published_figure (
    cohort_id BIGINT NOT NULL REFERENCES cohort (id),
    as_at TEXT NOT NULL,
    words TEXT NOT NULL,
    good BIGINT,
    schools BIGINT,
    share DOUBLE PRECISION,
    source TEXT NOT NULL,
    PRIMARY KEY (cohort_id, as_at, words)
);

-- baseline_json is frozen at joining; nothing updates it.
CREATE TABLE participation (
    id BIGINT NOT NULL PRIMARY KEY,
    cohort_id BIGINT NOT NULL REFERENCES cohort (id),
    urn BIGINT,
    named TEXT NOT NULL,
    certainty TEXT NOT NULL,
    note TEXT,
    joined TEXT NOT NULL,
    baseline_json TEXT NOT NULL,
    UNIQUE (cohort_id, urn, named)
);

CREATE TABLE participation_status (
    id BIGINT NOT NULL PRIMARY KEY,
    participation_id BIGINT NOT NULL REFERENCES participation (id),
    status TEXT NOT NULL,
    since TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL
);

CREATE INDEX participation_status_of ON participation_status (participation_id, since);

CREATE TABLE baseline_correction (
    id BIGINT NOT NULL PRIMARY KEY,
    participation_id BIGINT NOT NULL REFERENCES participation (id),
    baseline_json TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL
);

CREATE INDEX baseline_correction_of ON baseline_correction (participation_id, recorded_at);

-- An appeal against, or a decision beside, what a need rule says of a school.
CREATE TABLE need_decision (
    id BIGINT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    urn BIGINT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL
);

CREATE INDEX need_decision_of ON need_decision (rule, urn, recorded_at);
