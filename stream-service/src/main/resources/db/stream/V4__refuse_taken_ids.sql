-- The samples are there: from now on an id that is taken is a conflict again.
DROP TRIGGER skip_taken_id ON recipe;
DROP FUNCTION skip_taken_id();
