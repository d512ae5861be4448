package lyceum.sandbox.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import lyceum.platform.Settings;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Run;
import lyceum.sandbox.SourceFile;

/**
 * The most that one run may ask for.
 *
 * @param time for wall clock and CPU clock
 * @param memoryBytes of all processes together
 * @param processes processes and threads at once
 * @param fileBytes in each place that can be written
 * @param outputBytes of output that is kept
 * @param inputBytes of files, standard input, arguments and environment together
 */
public record Ceilings(
        Duration time, long memoryBytes, int processes, long fileBytes, long outputBytes, long inputBytes) {

    /** A file system of size 0 would be one without a limit. */
    private static final long PAGE_BYTES = 4_096;

    /** Reads {@code LYCEUM_SANDBOX_*_LIMIT}. */
    static Ceilings from(Settings settings) {
        return new Ceilings(
                settings.duration("LYCEUM_SANDBOX_TIME_LIMIT", "10m", "Longest time that a run may ask for"),
                settings.bytes("LYCEUM_SANDBOX_MEMORY_LIMIT", "1GiB", "Most memory that a run may ask for"),
                settings.number("LYCEUM_SANDBOX_PROCESS_LIMIT", 64, 1, 4_096, "Most processes and threads of a run"),
                settings.bytes("LYCEUM_SANDBOX_FILE_LIMIT", "256MiB", "Most that a run may ask for to write files"),
                settings.bytes("LYCEUM_SANDBOX_OUTPUT_LIMIT", "4MiB", "Most output of a run that can be kept"),
                settings.bytes(
                        "LYCEUM_SANDBOX_INPUT_LIMIT", "16MiB", "Longest files and standard input of a run together"));
    }

    /**
     * @return what is wrong with the size of a run, if something is, with the member's path as clients of the API write it;
     *     parts that are zero are the language's to say
     */
    Optional<String> complaint(Run order) {
        return Stream.of(
                        complaint("limits", order.limits()),
                        complaint("compileLimits", order.compileLimits()),
                        outside("files, stdin, arguments and environment", bytes(order), 0, inputBytes))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** @return what a run may use: what it asked for, or else what its language has, as far as that is allowed here */
    Limits resolve(Limits asked, Limits ofLanguage) {
        int head = asked.outputHeadBytes() + asked.outputTailBytes() == 0
                ? ofLanguage.outputHeadBytes()
                : asked.outputHeadBytes();
        int tail = asked.outputHeadBytes() + asked.outputTailBytes() == 0
                ? ofLanguage.outputTailBytes()
                : asked.outputTailBytes();
        int keptHead = (int) Math.min(head, outputBytes);
        return new Limits(
                shorter(or(asked.wallTime(), ofLanguage.wallTime())),
                shorter(or(asked.cpuTime(), ofLanguage.cpuTime())),
                Math.min(or(asked.memoryBytes(), ofLanguage.memoryBytes()), memoryBytes),
                (int) Math.min(or(asked.processes(), ofLanguage.processes()), processes),
                Math.min(or(asked.fileBytes(), ofLanguage.fileBytes()), fileBytes),
                keptHead,
                (int) Math.min(tail, outputBytes - keptHead),
                or(asked.outputStopBytes(), ofLanguage.outputStopBytes()));
    }

    /** @return the same, with as much wall time as a run may ask for where none is asked for */
    Limits withWallTime(Limits asked) {
        return new Limits(
                or(asked.wallTime(), time),
                asked.cpuTime(),
                asked.memoryBytes(),
                asked.processes(),
                asked.fileBytes(),
                asked.outputHeadBytes(),
                asked.outputTailBytes(),
                asked.outputStopBytes());
    }

    private Optional<String> complaint(String whose, Limits limits) {
        return Stream.of(
                        outside("wallTimeMillis", limits.wallTime().toMillis(), 0, time.toMillis()),
                        outside("cpuTimeMillis", limits.cpuTime().toMillis(), 0, time.toMillis()),
                        outside("memoryBytes", limits.memoryBytes(), 0, memoryBytes),
                        outside("processes", limits.processes(), 0, processes),
                        outside("fileBytes", limits.fileBytes(), limits.fileBytes() == 0 ? 0 : PAGE_BYTES, fileBytes),
                        outside("outputBytes", limits.outputHeadBytes(), 0, outputBytes),
                        outside("outputTailBytes", limits.outputTailBytes(), 0, outputBytes - limits.outputHeadBytes()),
                        outside("outputStopBytes", limits.outputStopBytes(), -1, Long.MAX_VALUE))
                .flatMap(Optional::stream)
                .findFirst()
                .map(text -> whose + "." + text);
    }

    /** @return what is counted against the longest input: files, standard input, arguments and environment */
    static long bytes(Run order) {
        long files = order.program().files().stream().mapToLong(Ceilings::bytes).sum();
        long arguments =
                order.program().arguments().stream().mapToLong(String::length).sum();
        long environment = order.program().environment().entrySet().stream()
                .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
        return files + arguments + environment + order.stdin().length();
    }

    private static long bytes(SourceFile file) {
        return file.name().length() + file.content().length();
    }

    private static long or(long asked, long ofLanguage) {
        return asked == 0 ? ofLanguage : asked;
    }

    private static Duration or(Duration asked, Duration ofLanguage) {
        return asked.isZero() ? ofLanguage : asked;
    }

    private Duration shorter(Duration wanted) {
        return wanted.compareTo(time) < 0 ? wanted : time;
    }

    private static Optional<String> outside(String name, long value, long least, long most) {
        return value >= least && value <= most
                ? Optional.empty()
                : Optional.of("%s is %d, not within %d..%d".formatted(name, value, least, most));
    }
}
