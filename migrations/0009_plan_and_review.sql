-- A school chooses a few priorities, acts, and looks back each term.

-- A strategy of the school's own, beside the library that comes with Aspire.
CREATE TABLE strategy (
    id BIGINT NOT NULL PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    takes TEXT NOT NULL,
    watch TEXT NOT NULL,
    replaces TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL
);

CREATE INDEX strategy_organisation ON strategy (organisation_id);

-- When a school is open, where that is not what its authority's calendar says.
CREATE TABLE school_dates (
    organisation_id BIGINT NOT NULL PRIMARY KEY REFERENCES organisation (id),
    dates_json TEXT NOT NULL,
    revision BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

-- A priority. strategy: one of the library's names, or local:ID. statements: of
-- the diagnosis, separated by blanks. beyond: why there is a sixth.
CREATE TABLE priority (
    id BIGINT NOT NULL PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    title TEXT NOT NULL,
    why TEXT NOT NULL,
    whom TEXT NOT NULL,
    strand TEXT,
    strategy TEXT,
    diagnosis_id BIGINT REFERENCES diagnosis (id),
    statements TEXT NOT NULL,
    beyond TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    closed_on TEXT,
    closed_how TEXT,
    closed_why TEXT,
    closed_by TEXT,
    revision BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

CREATE INDEX priority_organisation ON priority (organisation_id);

CREATE INDEX priority_diagnosis ON priority (diagnosis_id);

-- How one will know: a measure, where it stood, where it shall stand, by when,
-- who will know.
CREATE TABLE criterion (
    id BIGINT NOT NULL PRIMARY KEY,
    priority_id BIGINT NOT NULL REFERENCES priority (id),
    measure TEXT NOT NULL,
    baseline DOUBLE PRECISION,
    target DOUBLE PRECISION NOT NULL,
    by_day TEXT NOT NULL,
    who TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL
);

CREATE INDEX criterion_priority ON criterion (priority_id);

CREATE TABLE criterion_value (
    id BIGINT NOT NULL PRIMARY KEY,
    criterion_id BIGINT NOT NULL REFERENCES criterion (id),
    on_day TEXT NOT NULL,
    amount DOUBLE PRECISION NOT NULL,
    note TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL
);

CREATE INDEX criterion_value_criterion ON criterion_value (criterion_id);

-- An action under a priority. state: open, done, stuck, dropped.
CREATE TABLE plan_action (
    id BIGINT NOT NULL PRIMARY KEY,
    priority_id BIGINT NOT NULL REFERENCES priority (id),
    what TEXT NOT NULL,
    owner_id BIGINT REFERENCES person (id),
    owner_name TEXT NOT NULL,
    due TEXT NOT NULL,
    supporter TEXT NOT NULL,
    done_means TEXT NOT NULL,
    after_id BIGINT REFERENCES plan_action (id),
    state TEXT NOT NULL,
    state_why TEXT NOT NULL,
    state_on TEXT,
    state_by TEXT NOT NULL,
    revision BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

CREATE INDEX plan_action_priority ON plan_action (priority_id);

CREATE INDEX plan_action_owner ON plan_action (owner_id);

-- A test of change: what one will do and what one expects, written before; what
-- one did, learned and will do, after.
CREATE TABLE change_test (
    id BIGINT NOT NULL PRIMARY KEY,
    priority_id BIGINT NOT NULL REFERENCES priority (id),
    planned TEXT NOT NULL,
    prediction TEXT NOT NULL,
    planned_at BIGINT NOT NULL,
    planned_by TEXT NOT NULL,
    did TEXT NOT NULL,
    did_at BIGINT,
    learned TEXT NOT NULL,
    verdict TEXT NOT NULL,
    verdict_words TEXT NOT NULL,
    closed_at BIGINT,
    revision BIGINT NOT NULL
);

CREATE INDEX change_test_priority ON change_test (priority_id);

-- A difficult decision. options: one a line.
CREATE TABLE decision (
    id BIGINT NOT NULL PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    question TEXT NOT NULL,
    options TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    decided TEXT NOT NULL,
    agreed TEXT NOT NULL,
    dissent TEXT NOT NULL,
    again_on TEXT,
    decided_at BIGINT,
    decided_by TEXT NOT NULL,
    revision BIGINT NOT NULL
);

CREATE INDEX decision_organisation ON decision (organisation_id);

CREATE TABLE decision_view (
    id BIGINT NOT NULL PRIMARY KEY,
    decision_id BIGINT NOT NULL REFERENCES decision (id),
    person_id BIGINT REFERENCES person (id),
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX decision_view_decision ON decision_view (decision_id);

CREATE INDEX decision_view_person ON decision_view (person_id);

-- A termly review over the priorities that are open. state: open, finished.
CREATE TABLE termly_review (
    id BIGINT NOT NULL PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    on_day TEXT NOT NULL,
    next_on TEXT,
    state TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    opened_by TEXT NOT NULL,
    finished_at BIGINT,
    finished_by TEXT NOT NULL,
    revision BIGINT NOT NULL
);

CREATE INDEX termly_review_organisation ON termly_review (organisation_id);

-- What a review says of a priority. letter: red, amber, green.
CREATE TABLE review_line (
    id BIGINT NOT NULL PRIMARY KEY,
    review_id BIGINT NOT NULL REFERENCES termly_review (id),
    priority_id BIGINT NOT NULL REFERENCES priority (id),
    letter TEXT NOT NULL,
    reason TEXT NOT NULL,
    changed TEXT NOT NULL,
    next_step TEXT NOT NULL,
    revision BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

CREATE UNIQUE INDEX review_line_one ON review_line (review_id, priority_id);

CREATE INDEX review_line_priority ON review_line (priority_id);

-- What the adviser, or a peer who was invited, sees beside it.
CREATE TABLE review_view (
    id BIGINT NOT NULL PRIMARY KEY,
    review_id BIGINT NOT NULL REFERENCES termly_review (id),
    priority_id BIGINT REFERENCES priority (id),
    person_id BIGINT REFERENCES person (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    letter TEXT,
    words TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX review_view_review ON review_view (review_id);

CREATE INDEX review_view_priority ON review_view (priority_id);

CREATE INDEX review_view_person ON review_view (person_id);

-- An adviser's note of a visit. state: draft (the adviser's own), shown (the
-- school reads it and may comment until a day), final.
CREATE TABLE visit_note (
    id BIGINT NOT NULL PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    on_day TEXT NOT NULL,
    words TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    shown_at BIGINT,
    comment_until TEXT,
    comment TEXT NOT NULL,
    commented_at BIGINT,
    commented_by TEXT NOT NULL,
    final_at BIGINT,
    revision BIGINT NOT NULL
);

CREATE INDEX visit_note_organisation ON visit_note (organisation_id);

CREATE INDEX visit_note_person ON visit_note (person_id);
