package lyceum.grading.internal;

import java.util.List;
import lyceum.platform.Database;
import lyceum.platform.Settings;
import lyceum.platform.retention.Sweep;
import lyceum.platform.retention.TableSweep;

/**
 * What of hand-ins is removed some day: what programs have printed, and what earlier attempts found. Hand-ins with their
 * verdicts and scores stay.
 */
public final class GradingRetentionStore {

    private static final String OUTPUTS = """
            UPDATE hand_in
               SET stdout = NULL, stderr = NULL
             WHERE number IN (SELECT number
                                FROM hand_in
                               WHERE created_at < $1 AND state IN ('Rejected', 'Accepted')
                                 AND (stdout IS NOT NULL OR stderr IS NOT NULL)
                               ORDER BY number
                               LIMIT $2
                                 FOR UPDATE SKIP LOCKED)""";

    private static final String ATTEMPTS = """
            DELETE FROM attempt
             WHERE (hand_in, attempt) IN (SELECT a.hand_in, a.attempt
                                            FROM attempt a JOIN hand_in h ON h.number = a.hand_in
                                           WHERE h.created_at < $1
                                           LIMIT $2)""";

    private GradingRetentionStore() {}

    /** @param postgresUrl where the tables are */
    public static List<Sweep> sweeps(Settings settings, String postgresUrl) {
        Database database = new Database(postgresUrl, "grading", 1);
        int days = Sweep.days(
                settings, "LYCEUM_RETENTION_OUTPUTS", "Days that outputs and earlier attempts of hand-ins are kept");
        return List.of(
                new TableSweep(database, "outputs", days, OUTPUTS),
                new TableSweep(database, "attempts", days, ATTEMPTS));
    }
}
