-- Sealed bodies of runners that have come, for as long as one could come again. id: of the runner, and the nonce.
CREATE TABLE sealed_body (
    id           text        COLLATE "C" PRIMARY KEY,
    forgotten_at timestamptz NOT NULL
);

CREATE INDEX sealed_body_forgotten ON sealed_body (forgotten_at);
