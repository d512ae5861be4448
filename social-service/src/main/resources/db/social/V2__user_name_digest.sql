-- MD5 kept two names apart only where nobody had made them to collide: then a batch with both failed as a whole.
CREATE FUNCTION digest_of(name text) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT sha256(convert_to(name, 'UTF8')) $$;

DROP INDEX app_user_name;
CREATE UNIQUE INDEX app_user_name ON app_user (class, digest_of(name));
