-- OTs and recordings of one version of a lesson. Not saved: a draft, which is removed after some hours.
CREATE TABLE content (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at timestamptz NOT NULL,
    saved      boolean     NOT NULL DEFAULT false,
    pieces     int         NOT NULL DEFAULT 0,
    voices     int         NOT NULL DEFAULT 0
);
CREATE INDEX content_draft ON content (created_at) WHERE NOT saved;

-- part 0: OTs; part n: recording n. is_text: JSON source instead of sound.
CREATE TABLE piece (
    content_id bigint  NOT NULL REFERENCES content ON DELETE CASCADE,
    part       int     NOT NULL CHECK (part >= 0),
    position   int     NOT NULL CHECK (position >= 0),
    is_text    boolean NOT NULL,
    bytes      bytea   NOT NULL,
    PRIMARY KEY (content_id, part, position)
);
-- Opus does not compress; trying to would only cost time.
ALTER TABLE piece ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE lesson (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at        timestamptz NOT NULL,
    title             text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 128),
    teacher           text        CHECK (char_length(teacher) BETWEEN 1 AND 64),
    is_protected      boolean     NOT NULL DEFAULT false,
    is_for_experiment boolean     NOT NULL DEFAULT false,
    is_deleted        boolean     NOT NULL DEFAULT false,
    version           bigint      NOT NULL DEFAULT 1,
    content_id        bigint      NOT NULL REFERENCES content
);
CREATE INDEX lesson_of_teacher ON lesson (teacher, created_at DESC, id DESC) WHERE NOT is_deleted;

CREATE TABLE lesson_history (
    lesson_id   bigint      NOT NULL REFERENCES lesson,
    version     bigint      NOT NULL,
    replaced_at timestamptz NOT NULL,
    title       text        NOT NULL,
    teacher     text,
    content_id  bigint      NOT NULL REFERENCES content,
    PRIMARY KEY (lesson_id, version)
);
