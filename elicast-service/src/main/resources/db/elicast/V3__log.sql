CREATE TABLE log_ticket (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at timestamptz NOT NULL,
    ticket     text        NOT NULL UNIQUE CHECK (char_length(ticket) = 36),
    ip         text        NOT NULL,
    user_agent text        NOT NULL,
    referer    text        NOT NULL,
    name       text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 64)
);

CREATE TABLE log_entry (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at timestamptz NOT NULL,
    ticket_id  bigint      NOT NULL REFERENCES log_ticket,
    data       text        NOT NULL
);
CREATE INDEX log_entry_of_ticket ON log_entry (ticket_id);
