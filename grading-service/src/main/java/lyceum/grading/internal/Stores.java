package lyceum.grading.internal;

import io.vertx.sqlclient.Pool;

/** All that this service keeps, in one database. */
record Stores(HandInStore handIns, QueueStore queue, VerdictStore verdicts, ScoreStore scores, HomeworkStore homework) {

    static Stores in(Pool pool) {
        return new Stores(
                new HandInStore(pool),
                new QueueStore(pool),
                new VerdictStore(pool),
                new ScoreStore(pool),
                new HomeworkStore(pool));
    }
}
