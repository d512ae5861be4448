package lyceum.elicast.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import lyceum.elicast.ElicastService.CreateLesson;
import lyceum.elicast.ElicastService.DraftSize;
import lyceum.elicast.ElicastService.ModifyLesson;
import lyceum.elicast.ElicastService.OpenedLesson;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.Lesson;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Lessons in PostgreSQL; the schema is db/elicast. */
final class LessonStore {

    /** Told for a lesson that is unknown, deleted or protected alike. */
    private static final String NOT_THERE = "elicast -- Not exist";

    private static final long ANY_VERSION = 0;

    private static final String COLUMNS = """
            l.id, l.created_at, l.title, l.teacher, l.is_protected, l.version, l.content_id, c.pieces, c.voices""";

    private static final String PAGE = "SELECT " + COLUMNS + """

              FROM lesson l JOIN content c ON c.id = l.content_id
             WHERE l.teacher %s AND NOT l.is_deleted
             ORDER BY l.created_at DESC, l.id DESC
             LIMIT $1 OFFSET $2""";

    private static final String PAGE_OF_NOBODY = PAGE.formatted("IS NULL");
    private static final String PAGE_OF_TEACHER = PAGE.formatted("= $3");

    private static final String FIND = "SELECT " + COLUMNS + """

              FROM lesson l JOIN content c ON c.id = l.content_id
             WHERE l.id = $1 AND NOT l.is_deleted""";

    private static final String OPEN = "SELECT " + COLUMNS + """
            , p.part, p.position, p.is_text, p.bytes
              FROM lesson l JOIN content c ON c.id = l.content_id
              LEFT JOIN LATERAL (SELECT * FROM content_piece WHERE content_id = c.id ORDER BY part, position LIMIT %d) p ON true
             WHERE l.id = $1 AND NOT l.is_deleted
             ORDER BY p.part, p.position""".formatted(ContentStore.READ_PIECES);

    private static final String LOCK = """
            SELECT version FROM lesson WHERE id = $1 AND NOT is_deleted AND NOT is_protected FOR UPDATE""";

    private static final String INSERT = """
            INSERT INTO lesson (created_at, title, teacher, content_id) VALUES ($1, $2, $3, $4) RETURNING id""";

    private static final String REMEMBER = """
            INSERT INTO lesson_history (lesson_id, version, replaced_at, title, teacher, content_id)
            SELECT id, version, $2, title, teacher, content_id FROM lesson WHERE id = $1""";

    private static final String REPLACE = """
            UPDATE lesson SET version = version + 1, title = $2, teacher = $3, content_id = $4 WHERE id = $1""";

    private static final String DELETE = "UPDATE lesson SET is_deleted = true WHERE id = $1";

    private static final String PROTECT = "UPDATE lesson SET is_protected = $2 WHERE id = $1 AND NOT is_deleted";

    private static final String EXISTED = "SELECT 1 FROM lesson WHERE id = $1";

    private final Pool pool;

    LessonStore(Pool pool) {
        this.pool = pool;
    }

    /** @param teacher null for lessons of nobody */
    Future<List<Lesson>> page(String teacher, long offset, int count) {
        Future<RowSet<Row>> rows = teacher == null
                ? pool.preparedQuery(PAGE_OF_NOBODY).execute(Tuple.of(count, offset))
                : pool.preparedQuery(PAGE_OF_TEACHER).execute(Tuple.of(count, offset, teacher));
        return rows.map(page -> page.stream().map(LessonStore::lesson).toList());
    }

    /** @return the lesson, or NOT_FOUND */
    Future<Lesson> find(long id) {
        return find(pool, id);
    }

    private static Future<Lesson> find(SqlClient client, long id) {
        return client.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> lesson(first(rows)));
    }

    /** @return the lesson with its first pieces, or NOT_FOUND */
    Future<OpenedLesson> open(long id) {
        return pool.preparedQuery(OPEN)
                .execute(Tuple.of(id))
                .map(rows -> new OpenedLesson(lesson(first(rows)), pieces(rows)));
    }

    /** @return done when the database answers */
    Future<Void> ping() {
        return pool.query("SELECT 1").execute().mapEmpty();
    }

    /** @return whether there is or was such a lesson */
    Future<Boolean> existed(long id) {
        return pool.preparedQuery(EXISTED).execute(Tuple.of(id)).map(rows -> rows.size() == 1);
    }

    /** Saves the draft and the lesson at once. */
    Future<Lesson> insert(CreateLesson order, OffsetDateTime now) {
        Tuple row = Tuple.of(now, order.title(), order.teacher(), order.draft().draftId());
        return pool.withTransaction(transaction -> ContentStore.save(transaction, order.draft())
                .compose(saved -> transaction.preparedQuery(INSERT).execute(row))
                .compose(rows -> find(transaction, first(rows).getLong(0))));
    }

    /** Saves the draft, remembers what the lesson was, and changes it, at once. */
    Future<Lesson> replace(ModifyLesson order, OffsetDateTime now) {
        return pool.withTransaction(transaction -> lock(transaction, order.id(), order.expectedVersion())
                .compose(locked -> change(transaction, order, now)));
    }

    /**
     * Makes a content of the new recording and of all others that the lesson has by now, and changes the lesson, at once.
     * It is held before it is looked at: two recordings of one lesson that are replaced at once wait for each other.
     */
    Future<Lesson> replaceVoice(long id, NewVoice voice, OffsetDateTime now) {
        return pool.withTransaction(transaction -> lock(transaction, id, ANY_VERSION)
                .compose(locked -> find(transaction, id))
                .map(lesson -> NewVoice.checkIndex(lesson, voice.voice()))
                .compose(lesson -> withOthers(transaction, lesson, voice))
                .compose(order -> change(transaction, order, now)));
    }

    /** @return what makes the lesson one that differs in this recording only */
    private static Future<ModifyLesson> withOthers(SqlConnection transaction, Lesson lesson, NewVoice voice) {
        return ContentStore.borrowAllButOne(transaction, lesson.contentId(), voice.draftId(), voice.part())
                .map(borrowed -> new DraftSize(voice.draftId(), borrowed + voice.pieces(), lesson.voices()))
                .map(draft -> new ModifyLesson(lesson.id(), draft, lesson.title(), lesson.teacher(), lesson.version()));
    }

    private static Future<Lesson> change(SqlConnection transaction, ModifyLesson order, OffsetDateTime now) {
        Tuple row = Tuple.of(
                order.id(), order.title(), order.teacher(), order.draft().draftId());
        return ContentStore.save(transaction, order.draft())
                .compose(saved -> transaction.preparedQuery(REMEMBER).execute(Tuple.of(order.id(), now)))
                .compose(remembered -> transaction.preparedQuery(REPLACE).execute(row))
                .compose(replaced -> find(transaction, order.id()));
    }

    /** @return the lesson as it was */
    Future<Lesson> delete(long id, long expectedVersion) {
        return pool.withTransaction(transaction -> lock(transaction, id, expectedVersion)
                .compose(locked -> find(transaction, id))
                .compose(lesson ->
                        transaction.preparedQuery(DELETE).execute(Tuple.of(id)).map(lesson)));
    }

    Future<Void> protect(long id, boolean isProtected) {
        return pool.preparedQuery(PROTECT)
                .execute(Tuple.of(id, isProtected))
                .compose(rows -> rows.rowCount() == 1 ? Future.succeededFuture() : Future.failedFuture(notThere()));
    }

    /** Holds a lesson that may be changed until the end of the transaction. */
    private static Future<Void> lock(SqlConnection transaction, long id, long expectedVersion) {
        return transaction.preparedQuery(LOCK).execute(Tuple.of(id)).map(rows -> {
            long version = first(rows).getLong("version");
            if (expectedVersion != ANY_VERSION && expectedVersion != version) {
                throw new Failure(Kind.CONFLICT, "elicast -- Changed meanwhile");
            }
            return null;
        });
    }

    static Failure notThere() {
        return Failure.notFound(NOT_THERE);
    }

    private static Row first(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw notThere();
        }
        return rows.iterator().next();
    }

    private static List<Piece> pieces(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getInteger("part") == null ? null : ContentStore.piece(row))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Lesson lesson(Row row) {
        return new Lesson(
                row.getLong("id"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getString("title"),
                row.getString("teacher"),
                row.getBoolean("is_protected"),
                row.getLong("version"),
                row.getLong("content_id"),
                row.getInteger("pieces"),
                row.getInteger("voices"));
    }
}
