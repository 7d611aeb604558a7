-- Clusters: schools of a programme that work together.

CREATE TABLE cluster (
    id BIGINT NOT NULL PRIMARY KEY,
    programme_id BIGINT NOT NULL REFERENCES programme (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (programme_id, name)
);

-- Which school is in which cluster, from a day to a day.
CREATE TABLE cluster_school (
    cluster_id BIGINT NOT NULL REFERENCES cluster (id),
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    since TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (cluster_id, organisation_id, since)
);

CREATE INDEX cluster_school_organisation ON cluster_school (organisation_id);

CREATE INDEX adviser_assignment_programme ON adviser_assignment (programme_id);

CREATE INDEX contact_programme ON contact (programme_id, on_day);

CREATE INDEX invitation_email ON invitation (email);

-- The invitation went to the head whom the school has here already, whose
-- address is not the inviter's to know.
ALTER TABLE invitation ADD COLUMN asked_keeper BOOLEAN;
