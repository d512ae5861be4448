package lyceum.sandbox.internal;

import java.time.Duration;
import java.util.Optional;
import lyceum.platform.Database;
import lyceum.platform.Settings;

/**
 * What becomes of submitted runs.
 *
 * @param database where they are stored, empty for nowhere: then none is taken
 * @param queueLength how many may wait, on all instances together
 * @param queueLengthOfCaller how many of one caller may wait
 * @param lease how long a run belongs to an instance that gives no sign; another one takes it then
 * @param resultAge how long an outcome is kept
 */
public record SubmissionConfig(
        Optional<Database> database,
        int queueLength,
        int queueLengthOfCaller,
        Duration lease,
        Duration resultAge,
        WebhookConfig webhooks) {

    private static final String SCHEMA = "sandbox";

    /**
     * @param postgresUrl where the tables are, empty for nowhere
     * @param callerPercent how much of the queue one caller may fill
     */
    static SubmissionConfig from(Settings settings, String postgresUrl, int callerPercent) {
        int connections =
                settings.number("LYCEUM_SANDBOX_POOL", 4, 1, 200, "Connections of sandbox-service for submissions");
        int queueLength = settings.number(
                "LYCEUM_SANDBOX_SUBMISSIONS", 10_000, 1, 10_000_000, "Submissions that may wait; more are refused");
        return new SubmissionConfig(
                Optional.of(new Database(postgresUrl, SCHEMA, connections)).filter(there -> !postgresUrl.isEmpty()),
                queueLength,
                SandboxConfig.share(queueLength, callerPercent),
                settings.duration("LYCEUM_SANDBOX_LEASE", "30s", "When a submission of a dead instance is run again"),
                settings.age("LYCEUM_SANDBOX_RESULT_AGE", "1h", "How long outcomes of submissions are kept"),
                WebhookConfig.from(settings));
    }
}
