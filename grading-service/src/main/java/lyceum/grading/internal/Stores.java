package lyceum.grading.internal;

/** All that this service keeps, in one database. */
record Stores(
        HandInStore handIns,
        AttemptStore attempts,
        QueueStore queue,
        VerdictStore verdicts,
        ScoreStore scores,
        HomeworkStore homework,
        ReplayStore replays) {}
