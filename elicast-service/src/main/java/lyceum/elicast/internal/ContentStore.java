package lyceum.elicast.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import lyceum.elicast.ElicastService.DraftSize;
import lyceum.elicast.ElicastService.Piece;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Contents and their pieces in PostgreSQL; the schema is db/elicast. */
final class ContentStore {

    /** Pieces that one read gives at most. */
    static final int READ_PIECES = 2;

    private static final String OPEN = "INSERT INTO content (created_at) VALUES ($1) RETURNING id";

    /** The lock keeps the draft a draft until the piece is in it. */
    private static final String APPEND = """
            INSERT INTO piece (content_id, part, position, is_text, bytes)
            SELECT id, $2::int, $3::int, $4::boolean, $5::bytea
              FROM content
             WHERE id = $1 AND NOT saved
               FOR SHARE""";

    private static final String READ = """
            SELECT part, position, is_text, bytes
              FROM content_piece
             WHERE content_id = $1 AND part >= $2 AND (part, position) > ($2, $3)
             ORDER BY part, position
             LIMIT\s""" + READ_PIECES;

    private static final String SAVE = """
            UPDATE content
               SET saved = true, pieces = $2, voices = $3
             WHERE id = $1 AND NOT saved AND $2 = (SELECT count(*) FROM content_piece WHERE content_id = $1)""";

    /** What the other one has borrowed itself is borrowed from its owner. */
    private static final String BORROW_ALL_BUT_ONE = """
            WITH borrowed AS (
                INSERT INTO borrowed_part (content_id, part, owner_id)
                SELECT DISTINCT $2::bigint, part, content_id FROM piece WHERE content_id = $1 AND part <> $3
                UNION ALL
                SELECT $2, part, owner_id FROM borrowed_part WHERE content_id = $1 AND part <> $3)
            SELECT count(*)::int FROM content_piece WHERE content_id = $1 AND part <> $3""";

    private static final String DISCARD = "DELETE FROM content WHERE id = $1 AND NOT saved";

    private static final String DISCARD_OLD = "DELETE FROM content WHERE NOT saved AND created_at < $1";

    private final Pool pool;
    private final Pool relaxed;

    /** @param relaxed the same database, without waiting for the disk: for pieces, which mean nothing before they are saved */
    ContentStore(Pool pool, Pool relaxed) {
        this.pool = pool;
        this.relaxed = relaxed;
    }

    /** @return the id of a new draft */
    Future<Long> open(OffsetDateTime now) {
        return relaxed.preparedQuery(OPEN)
                .execute(Tuple.of(now))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** @return done, or UNAVAILABLE where the draft is gone or saved; all pieces or none */
    Future<Void> append(long draftId, List<Piece> pieces) {
        List<Tuple> rows = new ArrayList<>();
        for (Piece piece : pieces) {
            rows.add(Tuple.of(draftId, piece.part(), piece.position(), piece.text(), piece.bytes()));
        }
        return relaxed.preparedQuery(APPEND)
                .executeBatch(rows)
                .compose(first -> first.rowCount() == 1 ? Future.succeededFuture() : Future.failedFuture(draftLost()));
    }

    /**
     * Gives a draft all parts but one of a saved content, which go on being stored there, in the caller's transaction.
     *
     * @return how many pieces they have
     */
    static Future<Integer> borrowAllButOne(SqlClient transaction, long fromContentId, long draftId, int part) {
        return transaction
                .preparedQuery(BORROW_ALL_BUT_ONE)
                .execute(Tuple.of(fromContentId, draftId, part))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    /** @return the pieces after one, at most {@link #READ_PIECES} */
    Future<List<Piece>> read(long contentId, int afterPart, int afterPosition) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(contentId, afterPart, afterPosition))
                .map(rows -> rows.stream().map(ContentStore::piece).toList());
    }

    /** Makes a draft a content, in the caller's transaction; fails with UNAVAILABLE where it is not whole. */
    static Future<Void> save(SqlClient transaction, DraftSize draft) {
        return transaction
                .preparedQuery(SAVE)
                .execute(Tuple.of(draft.draftId(), draft.pieces(), draft.voices()))
                .compose(rows -> rows.rowCount() == 1 ? Future.succeededFuture() : Future.failedFuture(draftLost()));
    }

    Future<Void> discard(long draftId) {
        return relaxed.preparedQuery(DISCARD).execute(Tuple.of(draftId)).mapEmpty();
    }

    /** @return how many drafts were removed */
    Future<Integer> discardOlderThan(OffsetDateTime limit) {
        return relaxed.preparedQuery(DISCARD_OLD).execute(Tuple.of(limit)).map(rows -> rows.rowCount());
    }

    static Piece piece(Row row) {
        Buffer bytes = row.getBuffer("bytes");
        return new Piece(row.getInteger("part"), row.getInteger("position"), row.getBoolean("is_text"), bytes);
    }

    private static Failure draftLost() {
        return new Failure(Kind.UNAVAILABLE, "the upload was lost on its way, please send it again");
    }
}
