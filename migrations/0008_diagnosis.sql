-- A school looks at itself: the diagnosis, who takes part, what each of them
-- said alone, and what the group agreed.

-- What is asked (framework, strands, who, by when, whether views carry names) is
-- fixed with the first row. state: alone, together, agreed.
CREATE TABLE diagnosis (
    id BIGINT NOT NULL PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    framework TEXT NOT NULL,
    framework_version BIGINT NOT NULL,
    strands TEXT NOT NULL,
    due TEXT NOT NULL,
    names TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    opened_by TEXT NOT NULL,
    together_at BIGINT,
    agreed_at BIGINT,
    agreed_by TEXT,
    revision BIGINT NOT NULL
);

CREATE INDEX diagnosis_organisation ON diagnosis (organisation_id, opened_at);

-- Who takes part, numbered within the diagnosis. Name and role as they were.
CREATE TABLE diagnosis_participant (
    diagnosis_id BIGINT NOT NULL REFERENCES diagnosis (id),
    number BIGINT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (diagnosis_id, number)
);

CREATE UNIQUE INDEX diagnosis_participant_person ON diagnosis_participant (person_id, diagnosis_id);

-- One person's judgement on a statement. No value: they cannot say. No person:
-- it came with its school from elsewhere, from a diagnosis without names.
CREATE TABLE diagnosis_view (
    id BIGINT NOT NULL PRIMARY KEY,
    diagnosis_id BIGINT NOT NULL REFERENCES diagnosis (id),
    statement TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    value BIGINT,
    because TEXT NOT NULL,
    given_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX diagnosis_view_one ON diagnosis_view (diagnosis_id, statement, person_id);

CREATE INDEX diagnosis_view_person ON diagnosis_view (person_id);

-- What the group says of a statement. No value: they did not agree. agreed: the
-- numbers of the participants who did.
CREATE TABLE diagnosis_finding (
    diagnosis_id BIGINT NOT NULL REFERENCES diagnosis (id),
    statement TEXT NOT NULL,
    value BIGINT,
    agreed TEXT NOT NULL,
    dissent TEXT NOT NULL,
    revision BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (diagnosis_id, statement)
);

-- A piece of evidence, which serves one statement or several.
CREATE TABLE diagnosis_evidence (
    id BIGINT NOT NULL PRIMARY KEY,
    diagnosis_id BIGINT NOT NULL REFERENCES diagnosis (id),
    words TEXT NOT NULL,
    source TEXT NOT NULL,
    on_day TEXT NOT NULL,
    strength TEXT NOT NULL,
    statements TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL
);

CREATE INDEX diagnosis_evidence_of ON diagnosis_evidence (diagnosis_id);

-- Something the school does well, and what will be done with it.
CREATE TABLE diagnosis_strength (
    id BIGINT NOT NULL PRIMARY KEY,
    diagnosis_id BIGINT NOT NULL REFERENCES diagnosis (id),
    statement TEXT NOT NULL,
    words TEXT NOT NULL,
    put_to_use TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL
);

CREATE INDEX diagnosis_strength_of ON diagnosis_strength (diagnosis_id);

-- Who stands behind it, for the school and as its adviser.
CREATE TABLE diagnosis_signature (
    diagnosis_id BIGINT NOT NULL REFERENCES diagnosis (id),
    side TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (diagnosis_id, side)
);

CREATE INDEX diagnosis_signature_person ON diagnosis_signature (person_id);

-- What the adviser sees differently; it stays beside what the school says. An
-- empty statement: of the whole.
CREATE TABLE diagnosis_differing (
    id BIGINT NOT NULL PRIMARY KEY,
    diagnosis_id BIGINT NOT NULL REFERENCES diagnosis (id),
    statement TEXT NOT NULL,
    person_id BIGINT REFERENCES person (id),
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX diagnosis_differing_of ON diagnosis_differing (diagnosis_id);

CREATE INDEX diagnosis_differing_person ON diagnosis_differing (person_id);

-- Schools that look at the same time, each at itself. No school here: it came
-- with its name from elsewhere.
CREATE TABLE diagnosis_beside (
    id BIGINT NOT NULL PRIMARY KEY,
    diagnosis_id BIGINT NOT NULL REFERENCES diagnosis (id),
    organisation_id BIGINT REFERENCES organisation (id),
    name TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL
);

CREATE INDEX diagnosis_beside_of ON diagnosis_beside (diagnosis_id);

CREATE INDEX diagnosis_beside_organisation ON diagnosis_beside (organisation_id);
