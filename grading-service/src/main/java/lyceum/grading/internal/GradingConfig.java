package lyceum.grading.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import lyceum.platform.Database;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * How grading-service is set up.
 *
 * @param homeworkDirectory where homework lies, each in a directory of its own; empty for uploaded homework only
 * @param shelfBytes what all homework may have together in the memory of this process; more is left out
 * @param zone of deadlines that name none
 * @param language of titles and descriptions for those who read none of theirs
 * @param mostPending hand-ins of one student for one homework that are not graded yet
 * @param grading who grades, and how much at once
 * @param judge what a judge may use
 * @param runners what runners outside of the house may do
 * @param replyTimeout how long another service may take for an answer
 */
public record GradingConfig(
        Database database,
        Optional<Path> homeworkDirectory,
        long shelfBytes,
        ZoneId zone,
        String language,
        int mostPending,
        Grading grading,
        JudgeConfig judge,
        RunnersConfig runners,
        Duration replyTimeout) {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);

    /**
     * Who grades, and how much at once.
     *
     * @param atOnce hand-ins that this process grades at a time; each needs two places in the sandbox
     * @param lease how long a hand-in belongs to a process that is not heard of
     * @param elsewhere uuids of homework that outside runners grade although others are graded here
     * @param isPrivateAllowed whether every {@code netapi} package may be pointed to addresses that are not public
     */
    record Grading(GradingMode mode, int atOnce, Duration lease, List<String> elsewhere, boolean isPrivateAllowed) {}

    /** @param postgresUrl where the tables are */
    public static GradingConfig from(Settings settings, String postgresUrl) {
        return new GradingConfig(
                new Database(
                        postgresUrl,
                        "grading",
                        settings.number("LYCEUM_GRADING_POOL", 8, 1, 200, "Connections of grading-service")),
                settings.directory(
                        "LYCEUM_GRADING_HOMEWORK_DIR",
                        "Where homework lies, each in a directory of its own; uploaded homework is beside it"),
                settings.bytes(
                        "LYCEUM_GRADING_SHELF_LIMIT",
                        "64MiB",
                        "What all homework may have together, unpacked, in the memory of a process; what is more is left out"),
                settings.timeZone("LYCEUM_GRADING_TIME_ZONE", "UTC", "Of deadlines that name no time zone"),
                settings.text(
                        "LYCEUM_GRADING_LANGUAGE",
                        "en",
                        "Language of titles and descriptions for those who read none that there is"),
                settings.number(
                        "LYCEUM_GRADING_MAX_PENDING",
                        1,
                        1,
                        1000,
                        "Hand-ins of one student for one homework that may wait or be graded at a time"),
                grading(settings),
                judge(settings),
                RunnersConfig.from(settings),
                settings.duration("LYCEUM_REPLY_TIMEOUT", "10s", "How long one service waits for another"));
    }

    private static Grading grading(Settings settings) {
        String key = "LYCEUM_GRADING_LEASE";
        Duration lease = settings.duration(
                key, "15s", "How long a hand-in belongs to a grading process that is not heard of any more");
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new WrongSetting(key + ": below 3s, which a busy machine may need for nothing");
        }
        return new Grading(
                settings.choice(
                        "LYCEUM_GRADING_MODE",
                        GradingMode.BUILTIN,
                        "Who grades: this service (builtin), or runners outside of it (runner)"),
                settings.number(
                        "LYCEUM_GRADING_CONCURRENCY",
                        2,
                        1,
                        1000,
                        "Hand-ins that one process grades at a time; each needs two places in the sandbox"),
                lease,
                settings.list(
                        "LYCEUM_GRADING_RUNNER_HOMEWORK",
                        "",
                        "Uuids of homework that outside runners grade although others are graded here"),
                settings.flag(
                        "LYCEUM_GRADING_PRIVATE_ADDRESSES",
                        false,
                        "Whether URLs that are handed in may lead to addresses that are not public; else only where the"
                                + " package's ip rule means such ones and no others"));
    }

    private static JudgeConfig judge(Settings settings) {
        return new JudgeConfig(
                settings.bytes("LYCEUM_GRADING_MEMORY", "256MiB", "Of a judge, and of the student's program beside it"),
                settings.number(
                        "LYCEUM_GRADING_PROCESSES",
                        64,
                        1,
                        10_000,
                        "Processes and threads of a judge, and of the student's program beside it"),
                settings.bytes("LYCEUM_GRADING_FILES", "32MiB", "What each of the two may write to files"),
                settings.number(
                        "LYCEUM_GRADING_OUTPUT", 64 << 10, 0, 4 << 20, "Bytes of each output of the two that are kept"),
                settings.duration(
                        "LYCEUM_GRADING_START_LIMIT",
                        "30s",
                        "How long the two may wait for room in the sandbox; then the hand-in is graded later"));
    }
}
