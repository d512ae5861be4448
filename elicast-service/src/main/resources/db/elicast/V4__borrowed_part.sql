-- A version that differs from another one in one part has the others from it: a recording can be replaced often, and a
-- lesson may have 100 MB. The owner has the pieces itself, so that nothing has to be followed further.
CREATE TABLE borrowed_part (
    content_id bigint NOT NULL REFERENCES content ON DELETE CASCADE,
    part       int    NOT NULL,
    owner_id   bigint NOT NULL REFERENCES content,
    PRIMARY KEY (content_id, part)
);
CREATE INDEX borrowed_part_of_owner ON borrowed_part (owner_id);

-- Everything that belongs to a content, wherever it is.
CREATE VIEW content_piece AS
    SELECT content_id, part, position, is_text, bytes FROM piece
    UNION ALL
    SELECT b.content_id, b.part, p.position, p.is_text, p.bytes
      FROM borrowed_part b
      JOIN piece p ON p.content_id = b.owner_id AND p.part = b.part;

-- Each draft that is removed is looked for in these, and in borrowed_part.
CREATE INDEX lesson_of_content ON lesson (content_id);
CREATE INDEX lesson_history_of_content ON lesson_history (content_id);
