-- What is asked of all schools of a programme at once is read from an index alone.
CREATE INDEX role_held_posts ON role_held (organisation_id, role, strand, since, until, person_id);

DROP INDEX role_held_organisation;

CREATE INDEX contact_latest ON contact (programme_id, organisation_id, on_day, id);

CREATE INDEX termly_review_latest ON termly_review (organisation_id, id, finished_at, next_on);

DROP INDEX termly_review_organisation;

CREATE INDEX priority_open ON priority (organisation_id, closed_on, opened_on);

DROP INDEX priority_organisation;

-- What one person said in a diagnosis, among what ninety said.
CREATE INDEX diagnosis_view_mine ON diagnosis_view (person_id, diagnosis_id, statement);

DROP INDEX diagnosis_view_person;

CREATE INDEX plan_action_due ON plan_action (priority_id, due, state, owner_name);

DROP INDEX plan_action_priority;
