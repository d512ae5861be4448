-- Names in NFC, compared and sorted by code point. password: PHC string, its parameters and salt included.
CREATE TABLE account (
    name        text        COLLATE "C" PRIMARY KEY CHECK (char_length(name) BETWEEN 1 AND 64),
    password    text        NOT NULL CHECK (password LIKE '$argon2id$%'),
    roles       text[]      NOT NULL CHECK (roles <@ ARRAY['student', 'teacher', 'admin']),
    is_disabled boolean     NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL
);

-- Of any name, whether there is an account or not; since: when the first of them was counted. Removed when outlived.
CREATE TABLE failed_login (
    name     text        COLLATE "C" PRIMARY KEY CHECK (char_length(name) BETWEEN 1 AND 64),
    failures int         NOT NULL CHECK (failures > 0),
    since    timestamptz NOT NULL
);
CREATE INDEX failed_login_since ON failed_login (since);

-- Tokens of the name that were issued before that second of the epoch are void. A removed account leaves one for ever.
CREATE TABLE revocation (
    name          text   COLLATE "C" PRIMARY KEY CHECK (char_length(name) BETWEEN 1 AND 64),
    before_second bigint NOT NULL
);
