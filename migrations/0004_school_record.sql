-- What a school writes of itself, whom it lets see it, who looked, and what is
-- still being written. What a text was before stands in the audit, whose rows
-- replay to the present.

CREATE TABLE self_view (
    organisation_id BIGINT NOT NULL PRIMARY KEY REFERENCES organisation (id),
    strengths TEXT NOT NULL,
    improve TEXT NOT NULL,
    visitors TEXT NOT NULL,
    help TEXT NOT NULL,
    revision BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

-- The school's permission: whoever holds to_role in to_organisation, or only
-- to_person of them, may see what is of this kind (or one item of it), up to and
-- including until. Names are kept as they were when it was given. A release that
-- came with a school from elsewhere names an organisation that is not here, has
-- none in to_organisation_id, and reaches nobody.
CREATE TABLE item_release (
    id BIGINT NOT NULL PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    item_id BIGINT,
    to_role TEXT NOT NULL,
    to_organisation_id BIGINT REFERENCES organisation (id),
    to_organisation_name TEXT NOT NULL,
    to_person_id BIGINT REFERENCES person (id),
    to_person_name TEXT,
    until TEXT,
    granted_at BIGINT NOT NULL,
    granted_by TEXT NOT NULL,
    withdrawn_at BIGINT,
    withdrawn_by TEXT
);

CREATE INDEX item_release_organisation ON item_release (organisation_id, kind);

CREATE INDEX item_release_to ON item_release (to_organisation_id, to_role);

-- Somebody from outside the school looked at something of it. Names and role as
-- they were then.
CREATE TABLE look (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    item_id BIGINT,
    person_id BIGINT REFERENCES person (id),
    person_name TEXT NOT NULL,
    role TEXT NOT NULL
);

CREATE INDEX look_organisation ON look (organisation_id, at);

CREATE INDEX look_person ON look (person_id);

-- What somebody has typed and not saved yet: theirs alone. item_id is 0 where
-- an organisation has one of the kind. base_revision: what they began from.
CREATE TABLE draft (
    person_id BIGINT NOT NULL REFERENCES person (id),
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    kind TEXT NOT NULL,
    item_id BIGINT NOT NULL,
    texts_json TEXT NOT NULL,
    base_revision BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, organisation_id, kind, item_id)
);

CREATE INDEX draft_saved ON draft (saved_at);

-- How a school took part elsewhere, before it came from another installation.
CREATE TABLE participation_elsewhere (
    id BIGINT NOT NULL PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    facts_json TEXT NOT NULL
);

CREATE INDEX participation_elsewhere_of ON participation_elsewhere (organisation_id);
