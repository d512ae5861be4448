package lyceum.social.internal;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * Turns in PostgreSQL; the schema is db/social. A transaction locks the row of its class and goes to the database twice: once
 * for all that must be known, once for all that changes. Both times the statements are sent without waiting for each other.
 */
final class TurnStore {

    /**
     * Who cannot have the class waits no longer than a caller does; and who stops in the middle, like a process that is
     * frozen, does not hold the class against all others.
     */
    private static final String BEGIN = """
            BEGIN;
            SET LOCAL lock_timeout = %1$d;
            SET LOCAL statement_timeout = %1$d;
            SET LOCAL idle_in_transaction_session_timeout = %1$d""";

    /** What PostgreSQL says when one of them is over (its documentation, appendix A). */
    private static final Set<String> TIMED_OUT = Set.of("55P03", "57014", "25P03");

    private static final String LOCK = "SELECT " + ClassStore.COUNTS + " FROM class WHERE name = $1 FOR UPDATE";

    private static final String MEMBERS = """
            SELECT m.name AS member, COALESCE(b.number, 0) AS batch, COALESCE(b.turn, 0) AS turn
              FROM member m LEFT JOIN member_batch b ON b.member = m.name AND b.class = $1
             WHERE m.name = ANY($2) AND NOT m.is_ended""";

    private static final String SESSIONS = """
            SELECT s.id, s.member, s.number, s.name, s.clicks, s.events
              FROM unnest($2::text[], $3::bigint[]) AS asked (member, number)
              JOIN session s ON s.class = $1 AND s.member = asked.member AND s.number = asked.number""";

    private static final String SESSIONS_OF = """
            SELECT id, member, number, name, clicks, events
              FROM session
             WHERE class = $1 AND member = ANY($2)
             ORDER BY id""";

    /** Else two that come into being at once might both be the last one. */
    private static final String ONE_BY_ONE = "SELECT pg_advisory_xact_lock(hashtext('lyceum.social.class'))";

    private static final String CREATE = """
            INSERT INTO class (name, turn, hour_start, hour_clicks, hour_events, earlier_clicks, earlier_events,
                               clicks_total, events_total, user_count)
            SELECT $1, 0, $2, 0, 0, 0, 0, 0, 0, 0 WHERE (SELECT count(*) FROM class) < $3
            ON CONFLICT DO NOTHING""";

    private static final Written NOTHING = new Written(List.of(), List.of());

    private final Pool pool;
    private final int mostClasses;
    private final String begin;

    /**
     * @param mostClasses that there may be
     * @param patience how long a class is waited for, and how long somebody may stop while holding it
     */
    TurnStore(Pool pool, int mostClasses, Duration patience) {
        this.pool = pool;
        this.mostClasses = mostClasses;
        this.begin = BEGIN.formatted(patience.toMillis());
    }

    /**
     * What was written.
     *
     * @param clickIds of the clicks in their order
     * @param eventIds of the events that are not secret in their order
     */
    record Written(List<Long> clickIds, List<Long> eventIds) {}

    /**
     * Looks at a class, lets somebody reckon, and writes what comes of it, all at once or not at all; nothing is reckoned
     * of a class that is not there and does not come into being.
     *
     * @return done when it is on the disk; or UNPROCESSABLE where there are too many classes
     */
    Future<Written> change(Wanted wanted, Function<Found, Changes> reckoning) {
        return pool.getConnection()
                .compose(connection -> find(connection, wanted)
                        .map(found -> found.map(reckoning))
                        .compose(changes ->
                                changes.isPresent() && !changes.get().turns().isEmpty()
                                        ? ChangeStore.write(connection, wanted.className(), changes.get())
                                        : end(connection).map(NOTHING))
                        .recover(
                                error -> end(connection).transform(ended -> Future.<Written>failedFuture(named(error))))
                        .eventually(connection::close));
    }

    private Future<Optional<Found>> find(SqlConnection connection, Wanted wanted) {
        Future<?> begun = connection.query(begin).execute();
        return look(connection, wanted)
                .compose(found -> found.isEmpty() && wanted.firstHour().isPresent()
                        ? create(connection, wanted)
                        : Future.succeededFuture(found))
                .compose(found -> begun.map(found));
    }

    private Future<Optional<Found>> create(SqlConnection connection, Wanted wanted) {
        long hourStart = wanted.firstHour().orElseThrow();
        return connection
                .query(ONE_BY_ONE)
                .execute()
                .compose(locked ->
                        connection.preparedQuery(CREATE).execute(Tuple.of(wanted.className(), hourStart, mostClasses)))
                .compose(created -> look(connection, wanted))
                .map(found -> {
                    if (found.isEmpty()) {
                        throw new Failure(Kind.UNPROCESSABLE, "too many classes");
                    }
                    return found;
                });
    }

    private static Future<Optional<Found>> look(SqlConnection connection, Wanted wanted) {
        String name = wanted.className();
        Future<RowSet<Row>> locked = connection.preparedQuery(LOCK).execute(Tuple.of(name));
        Future<RowSet<Row>> members = connection
                .preparedQuery(MEMBERS)
                .execute(Tuple.of(name).addArrayOfString(wanted.members().toArray(String[]::new)));
        Future<RowSet<Row>> sessions = wanted.leaving().isEmpty()
                ? connection.preparedQuery(SESSIONS).execute(acting(name, wanted.sessions()))
                : connection.preparedQuery(SESSIONS_OF).execute(Tuple.of(name).addArrayOfString(everySession(wanted)));
        return Future.join(locked, members, sessions)
                .map(all -> locked.result().stream()
                        .findFirst()
                        .map(row -> new Found(
                                ClassStore.counts(row),
                                members.result().stream()
                                        .map(TurnStore::progress)
                                        .toList(),
                                sessions.result().stream()
                                        .map(TurnStore::session)
                                        .toList())));
    }

    private static Future<?> end(SqlConnection connection) {
        return connection.query("ROLLBACK").execute();
    }

    private static Throwable named(Throwable error) {
        return error instanceof PgException database && TIMED_OUT.contains(database.getSqlState())
                ? new Failure(Kind.BUSY, "it takes too long, please try again")
                : error;
    }

    private static Tuple acting(String className, Set<Session.Key> sessions) {
        return Tuple.of(
                className,
                sessions.stream().map(Session.Key::member).toArray(String[]::new),
                sessions.stream().map(Session.Key::number).toArray(Long[]::new));
    }

    /** Who leaves beside those that act is read with them, which is rare. */
    private static String[] everySession(Wanted wanted) {
        return Stream.concat(wanted.leaving().stream(), wanted.members().stream())
                .toArray(String[]::new);
    }

    private static Progress progress(Row row) {
        return new Progress(row.getString("member"), row.getLong("batch"), row.getLong("turn"));
    }

    private static Session session(Row row) {
        return new Session(
                row.getLong("id"),
                new Session.Key(row.getString("member"), row.getLong("number")),
                row.getString("name"),
                row.getLong("clicks"),
                row.getLong("events"));
    }
}
