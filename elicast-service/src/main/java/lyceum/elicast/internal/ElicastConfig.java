package lyceum.elicast.internal;

import java.time.Duration;
import lyceum.platform.Database;
import lyceum.platform.Settings;
import lyceum.sandbox.Limits;

/**
 * How elicast-service is set up.
 *
 * @param codeLimits what a program of a lesson may use
 * @param runTimeout how long sandbox-service may take for a run, waiting for its turn included
 * @param mediaTimeout how long media-service may take for one operation
 * @param draftAge drafts older than this are given up
 * @param drainLimit how long what is under way may take at a stop
 */
public record ElicastConfig(
        Database database,
        Limits codeLimits,
        Duration replyTimeout,
        Duration runTimeout,
        Duration mediaTimeout,
        Duration draftAge,
        Duration drainLimit) {

    /** Contract, section 13 row 2: the first 256 KiB and the last 768 KiB of too much output are kept. */
    private static final int OUTPUT_HEAD_BYTES = 256 * 1024;

    private static final int OUTPUT_TAIL_BYTES = 768 * 1024;
    /** Contract, section 6: output alone ends no program. */
    private static final long NEVER = -1;

    private static final long FILE_BYTES = 64L * 1024 * 1024;
    /** A run that has used all its time is still to be collected and answered. */
    private static final Duration RUN_MARGIN = Duration.ofSeconds(30);

    /** @param postgresUrl where the tables are */
    public static ElicastConfig from(Settings settings, String postgresUrl) {
        Duration codeTime = settings.duration("LYCEUM_CODE_TIME_LIMIT", "300s", "Wall clock of a program of a lesson");
        return new ElicastConfig(
                new Database(
                        postgresUrl,
                        "elicast",
                        settings.number(
                                "LYCEUM_ELICAST_POOL",
                                12,
                                2,
                                200,
                                "Connections of elicast-service, and as many for pieces")),
                limits(settings, codeTime),
                settings.duration("LYCEUM_REPLY_TIMEOUT", "10s", "How long one service waits for another"),
                codeTime.multipliedBy(2).plus(RUN_MARGIN),
                settings.duration("LYCEUM_MEDIA_REPLY_TIMEOUT", "270s", "How long an operation on sound may take"),
                settings.age("LYCEUM_ELICAST_DRAFT_AGE", "6h", "When an upload that was not finished is removed"),
                settings.duration("LYCEUM_DRAIN_LIMIT", "20s", "how long requests under way may take at a stop"));
    }

    private static Limits limits(Settings settings, Duration codeTime) {
        Duration longest = settings.duration("LYCEUM_SANDBOX_TIME_LIMIT", "10m", "Longest time that a run may ask for");
        return new Limits(
                codeTime,
                // Wall clock counts (contract, section 6), and processes side by side use more of the CPU's.
                longest.compareTo(codeTime) > 0 ? longest : codeTime,
                settings.bytes("LYCEUM_CODE_MEMORY_LIMIT", "256MiB", "Memory of a program of a lesson"),
                settings.number(
                        "LYCEUM_SANDBOX_PROCESS_LIMIT", 64, 1, 4096, "Processes and threads of a program at once"),
                FILE_BYTES,
                OUTPUT_HEAD_BYTES,
                OUTPUT_TAIL_BYTES,
                NEVER);
    }
}
