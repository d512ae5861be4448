package lyceum.social.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import lyceum.platform.Loop;

/** Members in PostgreSQL, by whose clock they live; the schema is db/social. */
final class MemberStore {

    private static final String KEEP = """
            INSERT INTO member AS m (name, until) VALUES ($1, clock_timestamp() + $2::bigint * interval '1 millisecond')
            ON CONFLICT (name) DO UPDATE SET until = EXCLUDED.until WHERE NOT m.is_ended""";

    private static final String END = "UPDATE member SET is_ended = true WHERE name = $1";

    private static final String NOW = "SELECT clock_timestamp() AS now";

    private static final String END_OUTLIVED = "UPDATE member SET is_ended = true WHERE NOT is_ended AND until < $1";

    private static final String REMAINS = """
            SELECT DISTINCT s.class, s.member
              FROM member m JOIN session s ON s.member = m.name
             WHERE m.is_ended
             ORDER BY s.class, s.member""";

    private static final String IS_TO_BE_FORGOTTEN = """
            m.is_ended AND m.until < clock_timestamp() - $1::bigint * interval '1 millisecond'
               AND NOT EXISTS (SELECT FROM session s WHERE s.member = m.name)""";

    private static final int BATCHES_AT_ONCE = 10_000;

    /** A member may have been in very many classes: with it they would go in one long statement. */
    private static final String FORGET_BATCHES = """
            DELETE FROM member_batch
             WHERE (member, class) IN (SELECT b.member, b.class
                                         FROM member m JOIN member_batch b ON b.member = m.name
                                        WHERE %s
                                        LIMIT %d)""".formatted(IS_TO_BE_FORGOTTEN, BATCHES_AT_ONCE);

    private static final String FORGET = "DELETE FROM member m WHERE " + IS_TO_BE_FORGOTTEN;

    private final Pool pool;

    MemberStore(Pool pool) {
        this.pool = pool;
    }

    /** Sessions of a member that has ended, in one class. */
    record Remains(String className, String member) {}

    /** @return whether it lives on; one that was ended does not */
    Future<Boolean> keep(String member, Duration lease) {
        return pool.preparedQuery(KEEP)
                .execute(Tuple.of(member, lease.toMillis()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Ends a member, if there is one. */
    Future<Void> end(String member) {
        return pool.preparedQuery(END).execute(Tuple.of(member)).mapEmpty();
    }

    /** @return what the clock of the database says */
    Future<Instant> now() {
        return pool.query(NOW)
                .execute()
                .map(rows -> rows.iterator().next().getOffsetDateTime("now").toInstant());
    }

    /** @return how many were ended, whose lives were over at that time and still are */
    Future<Integer> endOutlived(Instant time) {
        return pool.preparedQuery(END_OUTLIVED)
                .execute(Tuple.of(time.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount());
    }

    /** @return what is still there of members that have ended, whoever has ended them */
    Future<List<Remains>> remains() {
        return pool.preparedQuery(REMAINS)
                .execute()
                .map(rows -> rows.stream()
                        .map(row -> new Remains(row.getString("class"), row.getString("member")))
                        .toList());
    }

    /** @return how many were removed that ended so long ago */
    Future<Integer> forget(Duration age) {
        Tuple parameters = Tuple.of(age.toMillis());
        return Loop.whileTrue(() -> pool.preparedQuery(FORGET_BATCHES)
                        .execute(parameters)
                        .map(rows -> rows.rowCount() == BATCHES_AT_ONCE))
                .compose(done -> pool.preparedQuery(FORGET).execute(parameters))
                .map(rows -> rows.rowCount());
    }
}
