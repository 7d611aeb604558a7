-- A programme's own list of what is done, one step after the other, when a school
-- falls out of touch; without a row the list that comes with Aspire holds.
CREATE TABLE escalation_list (
    programme_id BIGINT NOT NULL PRIMARY KEY REFERENCES programme (id),
    list_json TEXT NOT NULL,
    revision BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

-- A concern about how a school takes part: never about its teaching, never about
-- a child. programme_id is null where the school came from another installation.
CREATE TABLE concern (
    id BIGINT NOT NULL PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    programme_id BIGINT REFERENCES programme (id),
    programme TEXT NOT NULL,
    noticed TEXT NOT NULL,
    remedy TEXT NOT NULL,
    by_when TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    closed_at BIGINT,
    closed_by TEXT NOT NULL,
    closed_why TEXT NOT NULL,
    revision BIGINT NOT NULL
);

CREATE INDEX concern_organisation ON concern (organisation_id);

CREATE INDEX concern_programme ON concern (programme_id);

CREATE INDEX concern_person ON concern (person_id);

-- A step that was taken, with the words that the list had for it then. Without
-- shown_at it is a draft of whoever writes it. alone_until: the last day on which
-- the school alone reads it, unless it answers before.
CREATE TABLE concern_step (
    id BIGINT NOT NULL PRIMARY KEY,
    concern_id BIGINT NOT NULL REFERENCES concern (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    what TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    days BIGINT NOT NULL,
    words TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    written_by TEXT NOT NULL,
    role TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    shown_at BIGINT,
    alone_until TEXT,
    next_from TEXT,
    answer TEXT NOT NULL,
    answered_at BIGINT,
    answered_by TEXT NOT NULL,
    revision BIGINT NOT NULL
);

CREATE UNIQUE INDEX concern_step_one ON concern_step (concern_id, number);

CREATE INDEX concern_step_person ON concern_step (person_id);

-- Who has read a step, and when first.
CREATE TABLE concern_reading (
    id BIGINT NOT NULL PRIMARY KEY,
    step_id BIGINT NOT NULL REFERENCES concern_step (id),
    person_id BIGINT REFERENCES person (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE UNIQUE INDEX concern_reading_one ON concern_reading (step_id, person_id);

CREATE INDEX concern_reading_person ON concern_reading (person_id);
