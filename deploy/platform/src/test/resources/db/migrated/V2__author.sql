ALTER TABLE note ADD COLUMN author text; CREATE INDEX ON note (author);
