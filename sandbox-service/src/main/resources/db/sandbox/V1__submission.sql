-- run and outcome are records as they cross the bus: their class, JSON, and bytes as they are.
-- turn: each caller has one run in each turn of a priority. A waiting run's number means nothing once it runs.
-- tries: how often it was begun. owner, lease_until: the instance that runs it, and when it is taken for dead.
-- delivery: of the outcome to the webhook; delivery_at: not before; NULL where there is nothing to deliver (yet).
CREATE TABLE submission (
    token          text        PRIMARY KEY,
    caller         text        NOT NULL,
    priority       text        NOT NULL,
    state          text        NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'RUNNING', 'ENDED')),
    turn           bigint      NOT NULL,
    run            bytea       NOT NULL,
    outcome        bytea       CHECK ((state = 'ENDED') = (outcome IS NOT NULL)),
    submitted_at   timestamptz NOT NULL DEFAULT now(),
    ended_at       timestamptz,
    owner          text        CHECK ((state = 'RUNNING') = (owner IS NOT NULL)),
    lease_until    timestamptz,
    tries          int         NOT NULL DEFAULT 0,
    webhook        text        NOT NULL,
    delivery       text        CHECK (delivery IN ('DUE', 'DONE', 'FAILED')),
    delivery_at    timestamptz,
    delivery_tries int         NOT NULL DEFAULT 0,
    delivery_note  text
);
CREATE INDEX submission_turn ON submission (priority, turn, submitted_at) WHERE state = 'QUEUED';
CREATE INDEX submission_of_caller ON submission (caller, priority, turn) WHERE state = 'QUEUED';
CREATE INDEX submission_lease ON submission (lease_until) WHERE state = 'RUNNING';
CREATE INDEX submission_end ON submission (ended_at) WHERE state = 'ENDED';
CREATE INDEX submission_delivery ON submission (delivery_at) WHERE delivery = 'DUE';
