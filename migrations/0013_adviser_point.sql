-- The point of the scale that the adviser would choose for the statement of
-- which they see something differently; none where they did not say.
ALTER TABLE diagnosis_differing ADD COLUMN judgement BIGINT;
