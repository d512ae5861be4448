-- Homework that teachers uploaded, as they did. revision: grows with every change of any of them.
CREATE SEQUENCE homework_revision;

CREATE TABLE homework (
    slug        text        COLLATE "C" PRIMARY KEY CHECK (slug ~ '^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$'),
    uuid        text        COLLATE "C" NOT NULL UNIQUE,
    archive     bytea       NOT NULL,
    uploaded_by text        NOT NULL,
    uploaded_at timestamptz NOT NULL,
    revision    bigint      NOT NULL DEFAULT nextval('homework_revision')
);

-- What students may not do with a homework; '*' is every one.
CREATE TABLE homework_access (
    homework  text    COLLATE "C" PRIMARY KEY,
    is_locked boolean NOT NULL,
    is_hidden boolean NOT NULL
);

-- number: order of arrival. is_staff: handed in by a teacher, so it counts in no table. result, compile_error, partials: JSON as on the wire, null where there is none.
-- attempt: how often it was sent to be graded. failures: graders that died or gave up during this attempt.
-- not_before: when it may be taken. grader: who holds it until when, while it is running.
CREATE TABLE hand_in (
    number        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id            text        COLLATE "C" NOT NULL UNIQUE,
    student       text        COLLATE "C" NOT NULL,
    is_staff      boolean     NOT NULL,
    homework      text        COLLATE "C" NOT NULL,
    package       text        COLLATE "C" NOT NULL,
    created_at    timestamptz NOT NULL,
    file_name     text,
    content       bytea       NOT NULL,
    state         text        COLLATE "C" NOT NULL CHECK (state IN ('Pending', 'Running', 'Rejected', 'Accepted')),
    scale         float8      NOT NULL,
    score         float8      NOT NULL DEFAULT 0,
    result        json,
    compile_error json,
    partials      json,
    exit_code     int,
    stdout        text,
    stderr        text,
    attempt       int         NOT NULL DEFAULT 1,
    failures      int         NOT NULL DEFAULT 0,
    not_before    timestamptz NOT NULL,
    grader        text,
    leased_until  timestamptz
);

CREATE INDEX hand_in_of_student ON hand_in (student, homework, number DESC);
CREATE INDEX hand_in_of_homework ON hand_in (homework, number DESC);
CREATE INDEX hand_in_open ON hand_in (number) WHERE state IN ('Pending', 'Running');

-- What earlier attempts found.
CREATE TABLE attempt (
    hand_in       bigint NOT NULL REFERENCES hand_in ON DELETE CASCADE,
    attempt       int    NOT NULL,
    state         text   NOT NULL,
    scale         float8 NOT NULL,
    score         float8 NOT NULL,
    result        json,
    compile_error json,
    partials      json,
    exit_code     int,
    stdout        text,
    stderr        text,
    PRIMARY KEY (hand_in, attempt)
);
