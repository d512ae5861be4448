package lyceum.sandbox.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import lyceum.platform.Settings;
import lyceum.sandbox.SandboxService.Limits;
import lyceum.sandbox.SandboxService.Run;

/**
 * The most that one run may ask for.
 *
 * @param time for wall clock and CPU clock
 * @param memoryBytes of all processes together
 * @param processes processes and threads at once
 * @param fileBytes in each place that can be written
 * @param outputBytes of output that is kept
 * @param inputBytes of source and standard input together
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
                settings.bytes("LYCEUM_SANDBOX_INPUT_LIMIT", "16MiB", "Longest source and standard input together"));
    }

    /** @return what is wrong with a run, if something is */
    Optional<String> complaint(Run order) {
        Limits limits = order.limits();
        return Stream.of(
                        outside("wallTime", limits.wallTime().toMillis(), 1, time.toMillis()),
                        outside("cpuTime", limits.cpuTime().toMillis(), 1, time.toMillis()),
                        outside("memoryBytes", limits.memoryBytes(), 1, memoryBytes),
                        outside("processes", limits.processes(), 0, processes),
                        outside("fileBytes", limits.fileBytes(), PAGE_BYTES, fileBytes),
                        outside("outputHeadBytes", limits.outputHeadBytes(), 0, outputBytes),
                        outside("outputTailBytes", limits.outputTailBytes(), 0, outputBytes - limits.outputHeadBytes()),
                        outside("outputStopBytes", limits.outputStopBytes(), 0, Long.MAX_VALUE),
                        outside(
                                "source and stdin",
                                order.source().length() + order.stdin().length(),
                                0,
                                inputBytes))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** @return the run with the number of processes that 0 stands for */
    Run resolve(Run order) {
        Limits asked = order.limits();
        Limits resolved = new Limits(
                asked.wallTime(),
                asked.cpuTime(),
                asked.memoryBytes(),
                asked.processes() == 0 ? processes : asked.processes(),
                asked.fileBytes(),
                asked.outputHeadBytes(),
                asked.outputTailBytes(),
                asked.outputStopBytes());
        return new Run(order.id(), order.source(), order.stdin(), resolved, order.directory());
    }

    private static Optional<String> outside(String name, long value, long least, long most) {
        return value >= least && value <= most
                ? Optional.empty()
                : Optional.of("%s is %d, not within %d..%d".formatted(name, value, least, most));
    }
}
