-- position: the order of creation. Columns are null where nobody has said anything; lists are JSON lists of texts.
-- steps: whatever a client sent, as it was sent. bytes: how long the document is, about.
CREATE TABLE recipe (
    position     bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    id           text   PRIMARY KEY CHECK (char_length(id) BETWEEN 1 AND 255),
    name         text,
    ingredients  jsonb,
    tools        jsonb,
    instructions jsonb,
    steps        json,
    bytes        int    NOT NULL GENERATED ALWAYS AS (
        octet_length(id) + coalesce(octet_length(name), 0) + coalesce(octet_length(ingredients::text), 0)
        + coalesce(octet_length(tools::text), 0) + coalesce(octet_length(instructions::text), 0)
        + coalesce(octet_length(steps::text), 0)) STORED
);

-- recipe: an id, but there need not be such a recipe. created_at: local time of the service, as it was told.
CREATE TABLE recipe_session (
    position   bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    id         text   PRIMARY KEY CHECK (char_length(id) BETWEEN 1 AND 255),
    recipe     text,
    step       bigint NOT NULL,
    prefix     text,
    created_at text   NOT NULL,
    bytes      int    NOT NULL GENERATED ALWAYS AS (
        octet_length(id) + coalesce(octet_length(recipe), 0) + coalesce(octet_length(prefix), 0)
        + octet_length(created_at)) STORED
);

-- What is still to be told in streams: noted together with the change, removed when Redis has it.
-- token: by it Redis knows what it has been told already.
CREATE TABLE untold_event (
    position bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token    uuid        NOT NULL DEFAULT gen_random_uuid(),
    stream   text        NOT NULL,
    payload  text        NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX untold_event_of_stream ON untold_event (stream, position);
