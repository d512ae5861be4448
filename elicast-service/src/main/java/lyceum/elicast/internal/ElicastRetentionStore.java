package lyceum.elicast.internal;

import java.util.List;
import lyceum.platform.Database;
import lyceum.platform.Settings;
import lyceum.platform.retention.Sweep;
import lyceum.platform.retention.TableSweep;

/** Which rows of elicast are removed some day: what people have run, answered and done. Lessons are never. */
public final class ElicastRetentionStore {

    private static final String RUNS = """
            DELETE FROM code_run
             WHERE id IN (SELECT id FROM code_run WHERE created_at < $1 ORDER BY id LIMIT $2)""";

    private static final String ANSWERS = """
            DELETE FROM code_run_exercise
             WHERE id IN (SELECT id FROM code_run_exercise WHERE created_at < $1 ORDER BY id LIMIT $2)""";

    private static final String ENTRIES = """
            DELETE FROM log_entry
             WHERE id IN (SELECT id FROM log_entry WHERE created_at < $1 ORDER BY id LIMIT $2)""";

    /** With the address of its reader; one that is still written to stays. The lock keeps a new entry from losing it. */
    private static final String TICKETS = """
            DELETE FROM log_ticket
             WHERE id IN (SELECT id
                            FROM log_ticket t
                           WHERE created_at < $1 AND NOT EXISTS (SELECT FROM log_entry WHERE ticket_id = t.id)
                           ORDER BY id
                           LIMIT $2
                             FOR UPDATE SKIP LOCKED)""";

    private ElicastRetentionStore() {}

    /** @param postgresUrl where the tables are */
    public static List<Sweep> sweeps(Settings settings, String postgresUrl) {
        Database database = new Database(postgresUrl, "elicast", 1);
        int logs = Sweep.days(settings, "LYCEUM_RETENTION_LOGS", "Days that study logs are kept");
        int runs = Sweep.days(settings, "LYCEUM_RETENTION_RUNS", "Days that runs and answers of lessons are kept");
        return List.of(
                new TableSweep(database, "code-runs", runs, RUNS),
                new TableSweep(database, "answers", runs, ANSWERS),
                new TableSweep(database, "log-entries", logs, ENTRIES),
                new TableSweep(database, "log-tickets", logs, TICKETS));
    }
}
