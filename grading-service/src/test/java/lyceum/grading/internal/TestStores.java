package lyceum.grading.internal;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import lyceum.platform.Database;
import lyceum.platform.Migrations;
import lyceum.platform.TestPostgres;

/** The stores on a database of their own. */
final class TestStores implements AutoCloseable {

    static final String HOMEWORK = "0a51c7e2f3b84d6c9e10a2b3c4d5e6f7";
    static final double SCALE = 0.5;

    final Vertx vertx = Vertx.vertx();
    final Database database = new Database(TestPostgres.freshDatabase(vertx), "grading", 8);
    final Pool pool = database.open(vertx);
    final HandInStore handIns = new HandInStore(pool);
    final VerdictStore verdicts = new VerdictStore(pool);
    final QueueStore queue = new QueueStore(pool);
    final ScoreStore scores = new ScoreStore(pool);

    TestStores() {
        new Migrations(database, GradingVerticle.MIGRATIONS).run(vertx).await();
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** @return the id of a new hand-in */
    String handIn(String student) {
        return handIn(student, HOMEWORK, false);
    }

    String handIn(String student, String homework, boolean isStaff) {
        String id = newId();
        handIns.insert(
                        new HandInStore.New(
                                id,
                                student,
                                isStaff,
                                homework,
                                "python",
                                Instant.parse("2026-11-28T12:00:00Z"),
                                "answer.zip",
                                Buffer.buffer("content of " + id),
                                SCALE),
                        1000)
                .await();
        return id;
    }

    StoredHandIn find(String id) {
        return handIns.find(id).await().orElseThrow();
    }

    /** Puts a hand-in into a state, as nothing else would. */
    void force(String id, String state) {
        pool.preparedQuery("UPDATE hand_in SET state = $2 WHERE id = $1")
                .execute(Tuple.of(id, state))
                .await();
    }

    /** Puts a hand-in into the hands of who holds another, without telling. */
    void holdAlso(String id, String another) {
        pool.preparedQuery("""
                UPDATE hand_in h SET state = o.state, grader = o.grader, leased_until = o.leased_until
                  FROM hand_in o WHERE h.id = $1 AND o.id = $2""").execute(Tuple.of(id, another)).await();
    }

    /** Lets all leases end. */
    void endLeases() {
        pool.query("UPDATE hand_in SET leased_until = now() - interval '1 second' WHERE leased_until IS NOT NULL")
                .execute()
                .await();
    }

    /** Lets everything that waits be taken now. */
    void hurry() {
        pool.query("UPDATE hand_in SET not_before = now()").execute().await();
    }

    Job take(String grader) {
        return queue.take(grader, Duration.ofMinutes(1), List.of()).await().orElseThrow();
    }

    void clear() {
        pool.query("TRUNCATE hand_in CASCADE").execute().await();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
