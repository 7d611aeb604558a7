-- How people show who they are: sessions and what was shown for them, second
-- factors, links for a new password, tokens, limits. Sessions and attempts of
-- before are given up: everybody signs in anew.

DROP TABLE session;

DROP TABLE sign_in_attempt;

-- opened_by: 'password', 'passkey', 'invitation', 'demo' or the name of a provider.
-- second_factor: one was shown. confirmed_at: when its person last showed who
-- they are; what is delicate asks that it be recent.
CREATE TABLE session (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    id BIGINT NOT NULL UNIQUE,
    person_id BIGINT NOT NULL REFERENCES person (id),
    form_token TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    second_factor BOOLEAN NOT NULL,
    device TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX session_person ON session (person_id);

-- The first factor was shown, the second is awaited.
CREATE TABLE half_sign_in (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    opened_by TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Browsers in which somebody has signed in: ‘Firefox on Linux’.
CREATE TABLE known_device (
    person_id BIGINT NOT NULL REFERENCES person (id),
    device TEXT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, device)
);

-- An app that shows codes (RFC 6238). confirmed_at: its owner typed a code of
-- it; until then it opens nothing. last_step: of the last code that was taken,
-- which is not taken twice.
CREATE TABLE authenticator_app (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
    secret TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    person_id BIGINT NOT NULL REFERENCES person (id),
    code_sha256 TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (person_id, code_sha256)
);

-- passkey_json: the public key and the counter, as the library keeps them.
CREATE TABLE passkey (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    credential_id TEXT NOT NULL UNIQUE,
    passkey_json TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX passkey_person ON passkey (person_id);

-- A browser was asked for a passkey and has not answered.
CREATE TABLE passkey_begun (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    state_json TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- A link for a new password that is under way.
CREATE TABLE password_link (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    expires_at BIGINT NOT NULL
);

CREATE TABLE api_token (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    token_sha256 TEXT NOT NULL UNIQUE,
    second_factor BOOLEAN NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX api_token_person ON api_token (person_id);

-- How often something was tried within a window of time, on all nodes together.
-- begins: the window's first moment.
CREATE TABLE rate (
    what TEXT NOT NULL,
    subject_sha256 TEXT NOT NULL,
    begins BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    PRIMARY KEY (what, subject_sha256, begins)
);

CREATE INDEX rate_begins ON rate (begins);
