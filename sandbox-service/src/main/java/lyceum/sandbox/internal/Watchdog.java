package lyceum.sandbox.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lyceum.sandbox.Limits;

/**
 * Limits without control groups: rlimits keep each process in bounds (the number of processes too, which the kernel
 * counts for each user namespace since Linux 5.14), and a frequent look at {@code /proc} keeps their sum.
 *
 * <p>Memory passes its limit by what is filled until the next look: 2 to 30 MiB beyond 256 MiB were seen (30 runs of one
 * or two processes that do nothing else). What it cannot see: memory in files of the run, which the sizes of its file
 * systems bound; and CPU time of children whose parent does not wait for them, which the wall clock bounds.
 */
final class Watchdog implements Meters {

    private static final Duration GAP = Duration.ofMillis(20);
    /** Far more than can be filled within a gap, so that what is really held decides, as with control groups. */
    private static final long SPARE_ADDRESS_BYTES = 1L << 30;

    private final Path proc = Path.of("/proc");

    Watchdog() throws IOException {
        long pid = ProcessHandle.current().pid();
        if (!Files.exists(proc.resolve("self/task/" + pid + "/children"))) {
            throw new IOException("/proc of this kernel does not list children");
        }
    }

    @Override
    public Meter open() {
        return new ProcessTree(proc);
    }

    @Override
    public Duration longestGap() {
        return GAP;
    }

    @Override
    public long addressBytes(Limits limits) {
        return limits.memoryBytes() + SPARE_ADDRESS_BYTES;
    }

    @Override
    public int processes(Limits limits) {
        return limits.processes();
    }

    @Override
    public String text() {
        return "limits by rlimits and a look at all processes at least every %d ms (no control groups)"
                .formatted(GAP.toMillis());
    }

    @Override
    public void sweep() {
        // It leaves nothing.
    }

    @Override
    public void close() {
        // It leaves nothing.
    }
}
