package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecipeService;
import lyceum.stream.RecipeService.ChangeRecipeSession;
import lyceum.stream.RecipeService.RecipeSessionPage;
import lyceum.stream.RecipeService.SearchRecipeSession;
import lyceum.stream.RecipeSession;
import lyceum.stream.SessionContent;

/** Sessions of people with recipes, in PostgreSQL; the schema is db/stream. What changes one notes what is to be told of it. */
final class SessionStore {

    private static final int PAGE_ITEMS = 100;

    private static final String COLUMNS = "id, recipe, step, prefix, created_at";

    private static final String PAGE = "SELECT position, " + COLUMNS + """
            , EXISTS (SELECT FROM recipe_session next WHERE next.position > page.position) AS more
              FROM (SELECT *, sum(bytes) OVER (ORDER BY position) - bytes AS bytes_before
                      FROM recipe_session
                     WHERE position > $1
                     ORDER BY position
                     LIMIT $2) page
             WHERE bytes_before < $3
             ORDER BY position""";

    private static final String FIND = "SELECT " + COLUMNS + " FROM recipe_session WHERE id = $1";

    private static final String SEARCH = "SELECT " + COLUMNS + """

              FROM recipe_session
             WHERE ($1::text IS NULL OR id = $1)
               AND ($2::text IS NULL OR recipe = $2)
               AND ($3::bigint IS NULL OR step = $3)
               AND ($4::text IS NULL OR prefix = $4)
             ORDER BY position
             LIMIT 1""";

    /** One after the other, so that they are counted right, no free id is found twice, and no position is seen after a higher one. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('lyceum.stream.recipe_session'))";

    private static final String FREE_ID = """
            SELECT wanted.id
              FROM unnest($1::text[]) WITH ORDINALITY AS wanted (id, rank)
             WHERE NOT EXISTS (SELECT FROM recipe_session taken WHERE taken.id = wanted.id)
             ORDER BY rank
             LIMIT 1""";

    private static final String INSERT = """
            INSERT INTO recipe_session (id, recipe, step, prefix, created_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO NOTHING
            RETURNING bytes""";

    private static final String COUNT = "SELECT count(*) FROM recipe_session";

    private static final String UPDATE = """
            UPDATE recipe_session
               SET id = coalesce($2, id),
                   recipe = coalesce($3, recipe),
                   step = coalesce($4, step),
                   prefix = coalesce($5, prefix)
             WHERE id = $1
            RETURNING bytes""";

    private static final String DELETE = "DELETE FROM recipe_session WHERE id = $1";

    private static final String UNIQUE_VIOLATION = "23505";

    private final Pool pool;
    private final DocumentLimits limits;

    SessionStore(Pool pool, DocumentLimits limits) {
        this.pool = pool;
        this.limits = limits;
    }

    /** @param after position of the last one of the page before */
    Future<RecipeSessionPage> page(long after) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(after, PAGE_ITEMS, (long) RecipeService.PAGE_BYTES))
                .map(rows -> page(rows, after));
    }

    private static RecipeSessionPage page(RowSet<Row> rows, long after) {
        List<RecipeSession> items = new ArrayList<>();
        long last = after;
        boolean more = false;
        for (Row row : rows) {
            items.add(session(row));
            last = row.getLong("position");
            more = row.getBoolean("more");
        }
        return new RecipeSessionPage(items, last, more);
    }

    /** @return the session, or NOT_FOUND */
    Future<RecipeSession> find(String id) {
        return pool.preparedQuery(FIND).execute(Tuple.of(id)).map(SessionStore::first);
    }

    /** @return the oldest one, or NOT_FOUND */
    Future<RecipeSession> search(SearchRecipeSession question) {
        SessionContent content = question.content();
        return pool.preparedQuery(SEARCH)
                .execute(Tuple.of(question.id(), content.recipe(), content.step(), content.prefix()))
                .map(SessionStore::first);
    }

    /**
     * @param ids those that it may have, the best first
     * @param making makes the session of an id
     * @return the session as stored; empty where all ids are taken; or CONFLICT where there are too many sessions, INVALID
     *     where it is too long
     */
    Future<Optional<RecipeSession>> insert(List<String> ids, Function<String, RecipeSession> making) {
        Tuple wanted = Tuple.tuple().addArrayOfString(ids.toArray(String[]::new));
        return pool.withTransaction(transaction -> transaction
                .query(LOCK)
                .execute()
                .compose(locked -> transaction.preparedQuery(FREE_ID).execute(wanted))
                .compose(free -> free.size() == 0
                        ? Future.succeededFuture(Optional.empty())
                        : insert(
                                        transaction,
                                        making.apply(free.iterator().next().getString("id")))
                                .map(Optional::of)));
    }

    private Future<RecipeSession> insert(SqlConnection transaction, RecipeSession session) {
        SessionContent content = session.content();
        Tuple row = Tuple.of(session.id(), content.recipe(), content.step(), content.prefix(), session.createdAt());
        DocumentEvent event = DocumentEvent.created(RecipeService.SESSION_EVENTS, session.id(), session.json());
        return transaction
                .preparedQuery(INSERT)
                .execute(row)
                .compose(rows -> {
                    if (rows.size() == 0) {
                        // Another session has just been given this id.
                        throw taken(session.id());
                    }
                    limits.checkBytes(rows.iterator().next().getInteger("bytes"));
                    return transaction.query(COUNT).execute();
                })
                .compose(rows -> {
                    limits.checkCount(rows.iterator().next().getLong(0));
                    return OutboxStore.note(transaction, event);
                })
                .map(session);
    }

    /**
     * @return whether there is such a session; or INVALID where it becomes too long, CONFLICT where there is one of the new
     *     id
     */
    Future<Boolean> update(ChangeRecipeSession order) {
        SessionContent content = order.content();
        DocumentEvent event = DocumentEvent.changed(RecipeService.SESSION_EVENTS, order.id(), order.given());
        Tuple row = Tuple.of(order.id(), order.newId(), content.recipe(), content.step(), content.prefix());
        return pool.withTransaction(transaction -> transaction
                        .preparedQuery(UPDATE)
                        .execute(row)
                        .compose(rows -> {
                            rows.forEach(updated -> limits.checkBytes(updated.getInteger("bytes")));
                            return noteIf(rows.rowCount() == 1, transaction, event);
                        }))
                .recover(error -> Future.failedFuture(isTaken(error) ? taken(order.newId()) : error));
    }

    private static boolean isTaken(Throwable error) {
        return error instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
    }

    static Failure taken(String id) {
        return new Failure(Kind.CONFLICT, "there is a session '%s' already".formatted(id));
    }

    /** @return whether there was such a session */
    Future<Boolean> delete(String id) {
        DocumentEvent event = DocumentEvent.deleted(RecipeService.SESSION_EVENTS, id);
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(DELETE)
                .execute(Tuple.of(id))
                .compose(rows -> noteIf(rows.rowCount() == 1, transaction, event)));
    }

    private static Future<Boolean> noteIf(boolean isDone, SqlConnection transaction, DocumentEvent event) {
        return isDone ? OutboxStore.note(transaction, event).map(true) : Future.succeededFuture(false);
    }

    private static RecipeSession first(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Failure.notFound("there is no such session");
        }
        return session(rows.iterator().next());
    }

    private static RecipeSession session(Row row) {
        return new RecipeSession(
                row.getString("id"),
                new SessionContent(row.getString("recipe"), row.getLong("step"), row.getString("prefix")),
                row.getString("created_at"));
    }
}
