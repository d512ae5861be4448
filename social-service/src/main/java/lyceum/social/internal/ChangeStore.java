package lyceum.social.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lyceum.social.SocialService.Hour;
import lyceum.social.Turn;
import lyceum.social.Turn.Kind;
import lyceum.social.Turn.Step;
import lyceum.social.internal.Changes.Share;
import lyceum.social.internal.TurnStore.Written;

/** Writes what becomes of a class: one statement for all rows of a table, and none where there are no such rows. */
final class ChangeStore {

    private static final String CLASS = """
            UPDATE class
               SET turn = $2, hour_start = $3, hour_clicks = $4, hour_events = $5, earlier_clicks = $6,
                   earlier_events = $7, clicks_total = $8, events_total = $9, user_count = $10
             WHERE name = $1""";

    private static final String HOUR = """
            INSERT INTO hour (class, start, clicks, events, clicks_total, events_total)
            VALUES ($1, $2, $3, $4, $5, $6)""";

    private static final String CLOSE = "DELETE FROM session WHERE class = $1 AND id = ANY($2)";

    private static final String OPEN = """
            INSERT INTO session (class, member, number, name, clicks, events)
            SELECT $1, member, number, name, clicks, events
              FROM unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[])
                   WITH ORDINALITY AS opened (member, number, name, clicks, events, position)
             ORDER BY position""";

    private static final String CHANGE = """
            UPDATE session s
               SET name = changed.name, clicks = changed.clicks, events = changed.events
              FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[]) AS changed (id, name, clicks, events)
             WHERE s.class = $1 AND s.id = changed.id""";

    private static final String CLICKS = """
            INSERT INTO click (class, user_name, comment, style, at_second)
            SELECT $1, user_name, comment, style, at_second
              FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[])
                   WITH ORDINALITY AS clicked (user_name, comment, style, at_second, position)
             ORDER BY position
            RETURNING id""";

    private static final String EVENTS = """
            INSERT INTO event (class, user_name, name, at_second)
            SELECT $1, user_name, name, at_second
              FROM unnest($2::text[], $3::text[], $4::bigint[])
                   WITH ORDINALITY AS triggered (user_name, name, at_second, position)
             ORDER BY position
            RETURNING id""";

    static final String USERS = """
            INSERT INTO app_user AS u (class, name, clicks, events)
            SELECT $1, name, clicks, events
              FROM unnest($2::text[], $3::bigint[], $4::bigint[])
                   WITH ORDINALITY AS did (name, clicks, events, position)
             ORDER BY position
            ON CONFLICT (class, digest_of(name)) DO UPDATE
               SET clicks = u.clicks + EXCLUDED.clicks, events = u.events + EXCLUDED.events""";

    private static final String PROGRESS = """
            INSERT INTO member_batch (member, class, number, turn)
            SELECT member, $1, number, turn FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS done (member, number, turn)
            ON CONFLICT (member, class) DO UPDATE SET number = EXCLUDED.number, turn = EXCLUDED.turn""";

    private static final String TURNS = """
            INSERT INTO turn (class, number, content)
            SELECT $1, number, content FROM unnest($2::bigint[], $3::bytea[]) AS told (number, content)""";

    private final SqlConnection connection;
    private final String className;
    private final List<Future<?>> sent = new ArrayList<>();

    private ChangeStore(SqlConnection connection, String className) {
        this.connection = connection;
        this.className = className;
    }

    /** Writes and commits, in the caller's transaction; where a statement fails, PostgreSQL commits nothing. */
    static Future<Written> write(SqlConnection connection, String className, Changes changes) {
        return new ChangeStore(connection, className).write(changes);
    }

    private Future<Written> write(Changes changes) {
        Counts counts = changes.counts();
        send(
                CLASS,
                Tuple.of(className, counts.turn(), counts.hourStart(), counts.hourClicks(), counts.hourEvents())
                        .addLong(counts.earlierClicks())
                        .addLong(counts.earlierEvents())
                        .addLong(counts.clicksTotal())
                        .addLong(counts.eventsTotal())
                        .addInteger(counts.userCount()));
        changes.ended().ifPresent(hour -> send(HOUR, hour(hour)));
        sendSessions(changes);
        Future<RowSet<Row>> clicks = sendClicks(changes.steps(Kind.CLICK));
        Future<RowSet<Row>> events = sendEvents(changes.steps(Kind.EVENT));
        sendUsers(changes.users());
        sendProgress(changes.progress());
        sendTurns(changes.turns());
        sent.add(connection.query("COMMIT").execute());
        return Future.join(sent).map(all -> new Written(ids(clicks), ids(events)));
    }

    private Tuple hour(Hour hour) {
        return Tuple.of(
                className,
                hour.timestampSeconds(),
                hour.clicks(),
                hour.events(),
                hour.clicksTotal(),
                hour.eventsTotal());
    }

    /** Those that are gone first: the number of one may have come back. */
    private void sendSessions(Changes changes) {
        if (!changes.closed().isEmpty()) {
            send(CLOSE, Tuple.of(className).addArrayOfLong(changes.closed().toArray(Long[]::new)));
        }
        List<Session> changed = changes.changed();
        if (!changed.isEmpty()) {
            send(
                    CHANGE,
                    Tuple.of(
                            className,
                            longs(changed, Session::id),
                            texts(changed, Session::name),
                            longs(changed, Session::clicks),
                            longs(changed, Session::events)));
        }
        List<Session> opened = changes.opened();
        if (!opened.isEmpty()) {
            send(
                    OPEN,
                    Tuple.of(
                            className,
                            texts(opened, session -> session.key().member()),
                            longs(opened, session -> session.key().number()),
                            texts(opened, Session::name),
                            longs(opened, Session::clicks),
                            longs(opened, Session::events)));
        }
    }

    private Future<RowSet<Row>> sendClicks(List<Step> clicks) {
        return clicks.isEmpty()
                ? Future.succeededFuture()
                : send(
                        CLICKS,
                        Tuple.of(
                                className,
                                texts(clicks, Step::user),
                                texts(clicks, Step::text),
                                texts(clicks, Step::style),
                                longs(clicks, Step::timestampSeconds)));
    }

    private Future<RowSet<Row>> sendEvents(List<Step> events) {
        return events.isEmpty()
                ? Future.succeededFuture()
                : send(
                        EVENTS,
                        Tuple.of(
                                className,
                                texts(events, Step::user),
                                texts(events, Step::text),
                                longs(events, Step::timestampSeconds)));
    }

    private void sendUsers(Map<String, Share> users) {
        if (!users.isEmpty()) {
            send(
                    USERS,
                    Tuple.of(
                            className,
                            texts(users.keySet(), name -> name),
                            longs(users.values(), Share::clicks),
                            longs(users.values(), Share::events)));
        }
    }

    private void sendProgress(Collection<Progress> progress) {
        if (!progress.isEmpty()) {
            send(
                    PROGRESS,
                    Tuple.of(
                            className,
                            texts(progress, Progress::member),
                            longs(progress, Progress::batch),
                            longs(progress, Progress::turn)));
        }
    }

    private void sendTurns(List<Turn> turns) {
        send(
                TURNS,
                Tuple.of(
                        className,
                        longs(turns, Turn::number),
                        turns.stream().map(StoredTurn::bytes).toArray(Buffer[]::new)));
    }

    private Future<RowSet<Row>> send(String sql, Tuple parameters) {
        Future<RowSet<Row>> rows = connection.preparedQuery(sql).execute(parameters);
        sent.add(rows);
        return rows;
    }

    private static List<Long> ids(Future<RowSet<Row>> rows) {
        return rows.result() == null
                ? List.of()
                : rows.result().stream().map(row -> row.getLong("id")).toList();
    }

    static <T> String[] texts(Collection<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    static <T> Long[] longs(Collection<T> rows, Function<T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }
}
