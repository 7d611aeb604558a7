-- Organisations, people's dated roles in them, invitations, advisers' schools.

-- A programme's organisation has the programme's id. urn is null for a school
-- that is in no register (an invented one). group_id: the trust, federation or
-- authority that a school belongs to.
CREATE TABLE organisation (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    urn BIGINT UNIQUE,
    group_id BIGINT REFERENCES organisation (id),
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);

CREATE INDEX organisation_group ON organisation (group_id);

-- The installation itself, in which administrators hold their role.
INSERT INTO organisation (id, kind, name, urn, group_id, created_at, revision)
    VALUES (1, 'installation', 'This Aspire', NULL, NULL, 0, 1);

INSERT INTO organisation (id, kind, name, urn, group_id, created_at, revision)
    SELECT id, 'programme', name, NULL, NULL, 0, 1 FROM programme;

-- A role of a person in an organisation, from a day to a day. Rows are ended,
-- never deleted: who was head when stays known.
CREATE TABLE role_held (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    role TEXT NOT NULL,
    strand TEXT,
    since TEXT NOT NULL,
    until TEXT,
    ended_why TEXT,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL
);

CREATE INDEX role_held_person ON role_held (person_id);

CREATE INDEX role_held_organisation ON role_held (organisation_id, role);

INSERT INTO role_held (id, person_id, organisation_id, role, strand, since, until, ended_why, recorded_at, recorded_by)
    SELECT id, id, 1, role, NULL, '2000-01-01', NULL, NULL, created_at, 'the command line' FROM person;

-- Columns go at once here, since no version was released yet.
ALTER TABLE person DROP COLUMN role;

-- Apart from the person, because somebody who signs in elsewhere has none.
CREATE TABLE password (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
    hash TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

INSERT INTO password (person_id, hash, set_at) SELECT id, password_hash, created_at FROM person;

ALTER TABLE person DROP COLUMN password_hash;

-- closed_at: the account was closed and its address may be used anew.
ALTER TABLE person ADD COLUMN closed_at BIGINT;

ALTER TABLE audit ADD COLUMN person_id BIGINT;

-- Whose record it is, so that a school can read its own history.
ALTER TABLE audit ADD COLUMN organisation_id BIGINT;

CREATE INDEX audit_organisation ON audit (organisation_id, at);

CREATE INDEX audit_person ON audit (person_id, at);

ALTER TABLE programme ADD COLUMN paid_by TEXT;

-- The funder's organisation, where it has people who sign in.
ALTER TABLE programme ADD COLUMN funder_id BIGINT REFERENCES organisation (id);

-- 'anyone' or 'programme': a cohort is public by choice.
ALTER TABLE cohort ADD COLUMN shown_to TEXT NOT NULL DEFAULT 'anyone';

ALTER TABLE participation ADD COLUMN organisation_id BIGINT REFERENCES organisation (id);

CREATE INDEX participation_organisation ON participation (organisation_id);

-- cohort_id: accepting it joins the school to this cohort. The token itself is
-- only in the letter.
CREATE TABLE invitation (
    id BIGINT NOT NULL PRIMARY KEY,
    token_sha256 TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    role TEXT NOT NULL,
    strand TEXT,
    cohort_id BIGINT REFERENCES cohort (id),
    invited_by BIGINT,
    invited_by_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    accepted_by BIGINT REFERENCES person (id),
    declined_at BIGINT,
    withdrawn_at BIGINT
);

CREATE INDEX invitation_organisation ON invitation (organisation_id, created_at);

CREATE INDEX invitation_cohort ON invitation (cohort_id, created_at);

-- Which adviser accompanies which school in which programme, from when to when.
CREATE TABLE adviser_assignment (
    id BIGINT NOT NULL PRIMARY KEY,
    programme_id BIGINT NOT NULL REFERENCES programme (id),
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    since TEXT NOT NULL,
    until TEXT,
    why TEXT,
    conflict TEXT,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL
);

CREATE INDEX adviser_assignment_person ON adviser_assignment (person_id);

CREATE INDEX adviser_assignment_organisation ON adviser_assignment (organisation_id);

-- That a programme and a school were in touch: a day, a kind, who; no content.
CREATE TABLE contact (
    id BIGINT NOT NULL PRIMARY KEY,
    programme_id BIGINT NOT NULL REFERENCES programme (id),
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    next_day TEXT,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL
);

CREATE INDEX contact_organisation ON contact (organisation_id, on_day);
