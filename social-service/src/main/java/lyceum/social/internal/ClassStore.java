package lyceum.social.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Hour;
import lyceum.social.SocialService.TurnPage;
import lyceum.social.Turn;

/** How classes stand and have stood, in PostgreSQL; the schema is db/social. */
final class ClassStore {

    static final String COUNTS = """
            turn, hour_start, hour_clicks, hour_events, earlier_clicks, earlier_events, clicks_total, events_total,
            user_count""";

    /** A page of turns ends with the one that goes beyond it. */
    private static final int LISTED_BYTES = 256 * 1024;

    private static final int LISTED_TURNS = 500;

    private static final String BEGIN = """
            INSERT INTO class (name, turn, hour_start, hour_clicks, hour_events, earlier_clicks, earlier_events,
                               clicks_total, events_total, user_count)
            VALUES ($1, 0, $2, 0, 0, 0, 0, 0, 0, 0)
            ON CONFLICT DO NOTHING""";

    private static final String FIND = "SELECT " + COUNTS + " FROM class WHERE name = $1";

    /** In one statement, for an hour that ends meanwhile must neither come twice nor be missing. */
    private static final String HOURS = "SELECT " + COUNTS + """
            , h.start, h.clicks, h.events, h.h_clicks_total, h.h_events_total
              FROM class c
              LEFT JOIN LATERAL (SELECT start, clicks, events, clicks_total AS h_clicks_total, events_total AS h_events_total
                                   FROM hour
                                  WHERE class = c.name AND start >= $2
                                  ORDER BY start DESC
                                  LIMIT $3) h ON true
             WHERE c.name = $1
             ORDER BY h.start""";

    private static final String TURNS = """
            SELECT c.turn AS last, t.content
              FROM class c
              LEFT JOIN LATERAL (SELECT number, content, sum(length(content)) OVER (ORDER BY number) - length(content) AS before
                                   FROM (SELECT number, content
                                           FROM turn
                                          WHERE class = c.name AND number > $2
                                          ORDER BY number
                                          LIMIT %d) next) t ON t.before < %d
             WHERE c.name = $1
             ORDER BY t.number""".formatted(LISTED_TURNS, LISTED_BYTES);

    private static final String DUE = """
            SELECT name FROM class WHERE hour_start < $1 AND (user_count > 0 OR name = $2) ORDER BY name""";

    private static final String FORGET_TURNS =
            "DELETE FROM turn WHERE at < clock_timestamp() - $1::bigint * interval '1 millisecond'";

    /**
     * Anybody may enter a class of any name. As long as a turn is kept, somebody may still be told of it, and a batch may
     * come once more; later there is nothing in such a class that one could double.
     */
    private static final String FORGET_UNUSED = """
            WITH forgotten AS (
                DELETE FROM class c
                 WHERE c.name <> $1 AND c.user_count = 0 AND c.clicks_total = 0 AND c.events_total = 0
                   AND NOT EXISTS (SELECT FROM turn WHERE class = c.name)
             RETURNING c.name),
                 batches AS (DELETE FROM member_batch USING forgotten WHERE member_batch.class = forgotten.name)
            DELETE FROM hour USING forgotten WHERE hour.class = forgotten.name""";

    private static final String CENSUS =
            "SELECT count(*) AS classes, COALESCE(sum(user_count), 0)::bigint AS sessions FROM class";

    private final Pool pool;

    ClassStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * How a class stands, with hours of it that are over.
     *
     * @param hours oldest first
     */
    record History(Counts counts, List<Hour> hours) {}

    /** How many classes and sessions there are. */
    record Census(long classes, long sessions) {}

    /** Makes a class, if it is not there, which nobody has entered yet. */
    Future<Void> begin(String className, long hourStart) {
        return pool.preparedQuery(BEGIN).execute(Tuple.of(className, hourStart)).mapEmpty();
    }

    Future<Optional<Counts>> find(String className) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(className))
                .map(rows -> rows.stream().findFirst().map(ClassStore::counts));
    }

    /** @return the newest of the hours that are over and began at or after a second, at most so many */
    Future<Optional<History>> history(String className, long from, int count) {
        return pool.preparedQuery(HOURS)
                .execute(Tuple.of(className, from, count))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new History(
                                counts(row),
                                rows.stream()
                                        .filter(each -> each.getLong("start") != null)
                                        .map(ClassStore::hour)
                                        .toList())));
    }

    /** @return the turns behind one, a page of them; none of a class that is not there */
    Future<TurnPage> turns(String className, long after) {
        return pool.preparedQuery(TURNS).execute(Tuple.of(className, after)).map(rows -> {
            List<Turn> turns = new ArrayList<>();
            long last = 0;
            for (Row row : rows) {
                last = row.getLong("last");
                Buffer content = row.getBuffer("content");
                if (content != null) {
                    turns.add(StoredTurn.read(content));
                }
            }
            return new TurnPage(withoutGaps(turns), last);
        });
    }

    /** @return names of classes that are in use, and whose running hour began before a second */
    Future<List<String>> due(long hourStart) {
        return pool.preparedQuery(DUE)
                .execute(Tuple.of(hourStart, SocialService.MAIN_CLASS))
                .map(rows -> rows.stream().map(row -> row.getString("name")).toList());
    }

    /** @return how many turns were removed that are older */
    Future<Integer> forgetTurns(long ageMillis) {
        return pool.preparedQuery(FORGET_TURNS).execute(Tuple.of(ageMillis)).map(rows -> rows.rowCount());
    }

    /** Forgets classes that are empty, and in which nobody has ever clicked or triggered an event. */
    Future<Void> forgetUnused() {
        return pool.preparedQuery(FORGET_UNUSED)
                .execute(Tuple.of(SocialService.MAIN_CLASS))
                .mapEmpty();
    }

    Future<Census> census() {
        return pool.query(CENSUS).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new Census(row.getLong("classes"), row.getLong("sessions"));
        });
    }

    /** The clock may have been set back, and a turn in the middle be older than those before it. */
    private static List<Turn> withoutGaps(List<Turn> turns) {
        int end = 0;
        while (end < turns.size() && turns.get(end).number() == turns.get(0).number() + end) {
            end++;
        }
        return List.copyOf(turns.subList(0, end));
    }

    static Counts counts(Row row) {
        return new Counts(
                row.getLong("turn"),
                row.getLong("hour_start"),
                row.getLong("hour_clicks"),
                row.getLong("hour_events"),
                row.getLong("earlier_clicks"),
                row.getLong("earlier_events"),
                row.getLong("clicks_total"),
                row.getLong("events_total"),
                row.getInteger("user_count"));
    }

    private static Hour hour(Row row) {
        return new Hour(
                row.getLong("start"),
                row.getLong("clicks"),
                row.getLong("events"),
                row.getLong("h_clicks_total"),
                row.getLong("h_events_total"));
    }
}
