package lyceum.sandbox.internal;

import java.nio.file.Path;
import lyceum.platform.Settings;

/**
 * How much of this machine runs may take.
 *
 * @param dataDirectory where the parts of the sandbox that come out of our jars are unpacked
 * @param python the interpreter: a path, {@code bundled}, or empty for the first one that works
 * @param uid the user that a service of root becomes before it runs anything; nobody else's
 * @param concurrency how many programs run at once
 * @param pool how many cells wait at most for each directory that programs start in
 * @param queueLength how many may wait for that
 * @param queueLengthOfCaller how many of one caller may wait
 * @param metering who counts memory, processes and CPU time
 * @param backend where they run
 * @param languagesDirectory of languages beside and instead of the shipped ones, see {@link LanguageFile}; or null
 * @param ceilings the most that one run may ask for
 * @param submissions what becomes of runs that are stored
 */
public record SandboxConfig(
        Path dataDirectory,
        String python,
        int uid,
        int concurrency,
        int pool,
        int queueLength,
        int queueLengthOfCaller,
        Metering metering,
        BackendConfig backend,
        Path languagesDirectory,
        Ceilings ceilings,
        SubmissionConfig submissions) {

    /** Who counts what a run uses. */
    public enum Metering {
        /** Control groups where they can be written, else the watchdog. */
        AUTO,
        /** The kernel's control groups, version 2 or 1. */
        CGROUP,
        /** rlimits for each process, and for their sum a look at all of them every few milliseconds. */
        WATCHDOG
    }

    /** Reads {@code LYCEUM_PYTHON}, {@code LYCEUM_DATA_DIR} and {@code LYCEUM_SANDBOX_*}; nothing can be submitted. */
    public static SandboxConfig from(Settings settings) {
        return from(settings, "");
    }

    /** @param postgresUrl where submissions are stored, empty for nowhere */
    public static SandboxConfig from(Settings settings, String postgresUrl) {
        int concurrency = settings.number(
                "LYCEUM_SANDBOX_CONCURRENCY", 0, 0, 1_024, "Runs at once; 0 for twice the cores, at least 4");
        int runs = concurrency == 0 ? Math.max(4, 2 * Runtime.getRuntime().availableProcessors()) : concurrency;
        int pool = settings.number("LYCEUM_SANDBOX_CELLS", 0, 0, 1_024, "Most cells that wait; 0 for as many as runs");
        int queueLength =
                settings.number("LYCEUM_SANDBOX_QUEUE", 100, 0, 100_000, "Runs that may wait; more are refused");
        int callerPercent = settings.number(
                "LYCEUM_SANDBOX_CALLER_QUEUE", 50, 1, 100, "Percent of each queue that one caller may fill");
        return new SandboxConfig(
                settings.path("LYCEUM_DATA_DIR", "./data", "Where everything that must be kept lies"),
                settings.program("LYCEUM_PYTHON", "Interpreter for runs: a path, 'bundled', or empty to look for one")
                        .orElse(""),
                settings.number("LYCEUM_SANDBOX_UID", 60_999, 1, 2_000_000_000, "User for runs of a service of root"),
                runs,
                pool == 0 ? runs : pool,
                queueLength,
                share(queueLength, callerPercent),
                settings.choice("LYCEUM_SANDBOX_METERING", Metering.AUTO, "What enforces limits of whole runs"),
                BackendConfig.from(settings),
                settings.directory(
                                "LYCEUM_SANDBOX_LANGUAGES_DIR",
                                "More languages, a directory each; those of a shipped name replace it")
                        .orElse(null),
                Ceilings.from(settings),
                SubmissionConfig.from(settings, postgresUrl, callerPercent));
    }

    /** @return how many places of a queue one caller may have, at least one */
    static int share(int queueLength, int percent) {
        return (int) Math.max(1, (long) queueLength * percent / 100);
    }
}
