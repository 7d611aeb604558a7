-- When somebody of a school last signed in is asked on its pages. Of the many rows of the
-- audit these are few, and no other change has to write into this index.
CREATE INDEX audit_sign_in ON audit (person_id, at) WHERE what = 'sign in';
