-- code and output are UTF-8 in bytea, because both may hold U+0000.
CREATE TABLE code_run (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at       timestamptz NOT NULL,
    code             bytea       NOT NULL,
    output           bytea       NOT NULL,
    exit_code        int         NOT NULL,
    cancelled        boolean     NOT NULL,
    wall_time_millis bigint      NOT NULL
);

CREATE TABLE code_run_exercise (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at       timestamptz NOT NULL,
    lesson_id        bigint      NOT NULL REFERENCES lesson,
    ex_id            bigint      NOT NULL,
    solve_ots        text        NOT NULL,
    code             bytea       NOT NULL,
    output           bytea       NOT NULL,
    exit_code        int         NOT NULL,
    cancelled        boolean     NOT NULL,
    wall_time_millis bigint      NOT NULL
);
CREATE INDEX code_run_exercise_of_lesson ON code_run_exercise (lesson_id);
