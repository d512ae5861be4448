-- Somebody may have given a recipe the id of a sample: while the samples are added, those whose ids are taken are left out.
CREATE FUNCTION skip_taken_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM recipe WHERE id = NEW.id) THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER skip_taken_id BEFORE INSERT ON recipe FOR EACH ROW EXECUTE FUNCTION skip_taken_id();
