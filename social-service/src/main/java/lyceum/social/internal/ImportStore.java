package lyceum.social.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import lyceum.platform.Database;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Click;
import lyceum.social.SocialService.Event;
import lyceum.social.SocialService.Hour;
import lyceum.social.SocialService.User;

/** Takes rows of the original server over into the main class, in PostgreSQL; the schema is db/social. */
final class ImportStore {

    /** Nobody has done anything in it, and nobody is there: a class that begins, and whose row is locked. */
    private static final String UNUSED = """
            SELECT turn
              FROM class
             WHERE name = $1 AND clicks_total = 0 AND events_total = 0 AND user_count = 0
               AND NOT EXISTS (SELECT FROM click WHERE class = $1)
               AND NOT EXISTS (SELECT FROM event WHERE class = $1)
               AND NOT EXISTS (SELECT FROM app_user WHERE class = $1)
               FOR UPDATE""";

    /** Those in which the class stood idle before, and which did not count what is taken over. */
    private static final String FORGET_HOURS = "DELETE FROM hour WHERE class = $1";

    private static final String CLICKS = """
            INSERT INTO click (class, user_name, comment, style, at_second)
            SELECT $1, user_name, comment, style, at_second
              FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[])
                   WITH ORDINALITY AS old (user_name, comment, style, at_second, position)
             ORDER BY position""";

    private static final String EVENTS = """
            INSERT INTO event (class, user_name, name, at_second)
            SELECT $1, user_name, name, at_second
              FROM unnest($2::text[], $3::text[], $4::bigint[])
                   WITH ORDINALITY AS old (user_name, name, at_second, position)
             ORDER BY position""";

    private static final String HOURS = """
            INSERT INTO hour (class, start, clicks, events, clicks_total, events_total)
            SELECT $1, start, clicks, events, clicks_total, events_total
              FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
                   AS old (start, clicks, events, clicks_total, events_total)
            ON CONFLICT (class, start) DO UPDATE
               SET clicks = EXCLUDED.clicks, events = EXCLUDED.events, clicks_total = EXCLUDED.clicks_total,
                   events_total = EXCLUDED.events_total""";

    /** What memory owns of it in the original server is not among those that are over. */
    private static final String RUNNING = """
            WITH running AS (DELETE FROM hour WHERE class = $1 AND start >= $2 RETURNING clicks, events),
                 earlier AS (SELECT COALESCE(sum(clicks), 0)::bigint AS clicks, COALESCE(sum(events), 0)::bigint AS events
                               FROM hour
                              WHERE class = $1 AND start >= $3 AND start < $2)
            UPDATE class c
               SET hour_start = $2,
                   hour_clicks = COALESCE((SELECT sum(clicks) FROM running), 0),
                   hour_events = COALESCE((SELECT sum(events) FROM running), 0),
                   earlier_clicks = earlier.clicks, earlier_events = earlier.events,
                   clicks_total = $4, events_total = $5
              FROM earlier
             WHERE c.name = $1""";

    /** Until the database finds by itself that the tables have grown, it would read all of them for each page. */
    private static final String ANALYZE = "ANALYZE click, event, app_user, hour";

    private static final String MAIN = SocialService.MAIN_CLASS;

    private final Pool pool;

    private ImportStore(Pool pool) {
        this.pool = pool;
    }

    /** Works with one that has connections of its own, after it has made the main class where there is none. */
    static <T> Future<T> withOne(
            Vertx vertx, Database database, long hourStart, Function<ImportStore, Future<T>> work) {
        Pool pool = database.open(vertx);
        return new ClassStore(pool)
                .begin(MAIN, hourStart)
                .compose(begun -> work.apply(new ImportStore(pool)))
                .eventually(pool::close);
    }

    /** An import that goes on; all of it or nothing. */
    final class Intake {

        private final SqlConnection transaction;
        private final boolean isUsed;

        private Intake(SqlConnection transaction, boolean isUsed) {
            this.transaction = transaction;
            this.isUsed = isUsed;
        }

        /** @return whether the main class is in use already, and must not be added to */
        boolean isUsed() {
            return isUsed;
        }

        Future<Void> begin() {
            return add(FORGET_HOURS, Tuple.of(MAIN));
        }

        Future<Void> addClicks(List<Click> clicks) {
            return add(
                    CLICKS,
                    Tuple.of(
                            MAIN,
                            ChangeStore.texts(clicks, Click::user),
                            ChangeStore.texts(clicks, Click::comment),
                            ChangeStore.texts(clicks, Click::style),
                            ChangeStore.longs(clicks, Click::timestampSeconds)));
        }

        Future<Void> addEvents(List<Event> events) {
            return add(
                    EVENTS,
                    Tuple.of(
                            MAIN,
                            ChangeStore.texts(events, Event::user),
                            ChangeStore.texts(events, Event::name),
                            ChangeStore.longs(events, Event::timestampSeconds)));
        }

        Future<Void> addUsers(List<User> users) {
            return add(
                    ChangeStore.USERS,
                    Tuple.of(
                            MAIN,
                            ChangeStore.texts(users, User::name),
                            ChangeStore.longs(users, User::clicks),
                            ChangeStore.longs(users, User::events)));
        }

        Future<Void> addHours(List<Hour> hours) {
            return add(
                    HOURS,
                    Tuple.of(
                            MAIN,
                            ChangeStore.longs(hours, Hour::timestampSeconds),
                            ChangeStore.longs(hours, Hour::clicks),
                            ChangeStore.longs(hours, Hour::events),
                            ChangeStore.longs(hours, Hour::clicksTotal),
                            ChangeStore.longs(hours, Hour::eventsTotal)));
        }

        /**
         * Makes the class go on where the original server has stopped.
         *
         * @param last hour that it has stored, with the totals
         */
        Future<Void> goOn(Hour last, long hourStart, long dayStart) {
            return add(RUNNING, Tuple.of(MAIN, hourStart, dayStart, last.clicksTotal(), last.eventsTotal()))
                    .compose(done -> transaction.query(ANALYZE).execute())
                    .mapEmpty();
        }

        private Future<Void> add(String sql, Tuple parameters) {
            return transaction.preparedQuery(sql).execute(parameters).mapEmpty();
        }
    }

    /** Does all of it in one transaction, which is taken back in the end where it is dry. */
    Future<Void> inOneGo(boolean isDry, Function<Intake, Future<Void>> work) {
        return pool.withConnection(connection -> connection
                .begin()
                .compose(transaction -> connection
                        .preparedQuery(UNUSED)
                        .execute(Tuple.of(MAIN))
                        .compose(rows -> work.apply(new Intake(connection, !isThere(rows))))
                        .compose(
                                done -> isDry ? transaction.rollback() : transaction.commit(),
                                error -> transaction.rollback().transform(done -> Future.failedFuture(error)))));
    }

    private static boolean isThere(RowSet<Row> rows) {
        return rows.size() == 1;
    }
}
