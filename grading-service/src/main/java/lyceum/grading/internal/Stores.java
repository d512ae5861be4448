package lyceum.grading.internal;

/** All that this service keeps, in one database. */
record Stores(
        HandInStore handIns, QueueStore queue, VerdictStore verdicts, ScoreStore scores, HomeworkStore homework) {}
