-- How a class stands; its row is locked by whoever does something in it. Times are seconds of the epoch.
-- hour_start: the running hour. earlier_: the hours of its day that are over. user_count: rows in session.
CREATE TABLE class (
    name           text   COLLATE "C" PRIMARY KEY CHECK (name ~ '^[A-Za-z0-9_-]{0,64}$'),
    turn           bigint NOT NULL CHECK (turn >= 0),
    hour_start     bigint NOT NULL,
    hour_clicks    bigint NOT NULL CHECK (hour_clicks >= 0),
    hour_events    bigint NOT NULL CHECK (hour_events >= 0),
    earlier_clicks bigint NOT NULL CHECK (earlier_clicks >= 0),
    earlier_events bigint NOT NULL CHECK (earlier_events >= 0),
    clicks_total   bigint NOT NULL CHECK (clicks_total >= 0),
    events_total   bigint NOT NULL CHECK (events_total >= 0),
    user_count     int    NOT NULL CHECK (user_count >= 0)
);

-- Hours that are over, with the totals at their end.
CREATE TABLE hour (
    class        text   COLLATE "C" NOT NULL,
    start        bigint NOT NULL,
    clicks       bigint NOT NULL,
    events       bigint NOT NULL,
    clicks_total bigint NOT NULL,
    events_total bigint NOT NULL,
    PRIMARY KEY (class, start)
);

-- Who holds sockets. An ended one is remembered for a while, so that what it still sends is refused.
CREATE TABLE member (
    name     text        COLLATE "C" PRIMARY KEY CHECK (char_length(name) BETWEEN 1 AND 200),
    until    timestamptz NOT NULL,
    is_ended boolean     NOT NULL DEFAULT false
);
CREATE INDEX member_until ON member (until) WHERE NOT is_ended;

-- The last batch of a member in a class, and the turn in which it was done.
CREATE TABLE member_batch (
    member text   COLLATE "C" NOT NULL REFERENCES member ON DELETE CASCADE,
    class  text   COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    turn   bigint NOT NULL,
    PRIMARY KEY (member, class)
);

-- Sockets that are there; number: as their member calls them; name: null until they have said it.
CREATE TABLE session (
    id     bigint GENERATED ALWAYS AS IDENTITY,
    class  text   COLLATE "C" NOT NULL,
    member text   COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    name   text,
    clicks bigint NOT NULL DEFAULT 0,
    events bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (class, id),
    UNIQUE (member, class, number)
);

CREATE TABLE click (
    id        bigint GENERATED ALWAYS AS IDENTITY,
    class     text   COLLATE "C" NOT NULL,
    user_name text   NOT NULL,
    comment   text,
    style     text,
    at_second bigint NOT NULL,
    PRIMARY KEY (class, id)
);

-- Without the secret ones.
CREATE TABLE event (
    id        bigint GENERATED ALWAYS AS IDENTITY,
    class     text   COLLATE "C" NOT NULL,
    user_name text   NOT NULL,
    name      text   NOT NULL,
    at_second bigint NOT NULL,
    PRIMARY KEY (class, id)
);

-- Who ever clicked or triggered. A name may be longer than an entry of an index: hence its digest.
CREATE TABLE app_user (
    id     bigint GENERATED ALWAYS AS IDENTITY,
    class  text   COLLATE "C" NOT NULL,
    name   text   COLLATE "C" NOT NULL,
    clicks bigint NOT NULL,
    events bigint NOT NULL,
    PRIMARY KEY (class, id)
);
CREATE UNIQUE INDEX app_user_name ON app_user (class, md5(name));

-- Turns of the last minutes, as they cross the bus.
CREATE TABLE turn (
    class   text        COLLATE "C" NOT NULL,
    number  bigint      NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    content bytea       NOT NULL,
    PRIMARY KEY (class, number)
);
CREATE INDEX turn_at ON turn (at);
