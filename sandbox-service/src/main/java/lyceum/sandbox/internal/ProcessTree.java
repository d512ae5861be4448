package lyceum.sandbox.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lyceum.sandbox.Limits;

/**
 * Counts the first process of a run and all that descend from it (orphans too: the first one inherits them), by reading
 * {@code /proc}; formats as in proc_pid_stat(5) and proc_pid_status(5).
 */
final class ProcessTree implements Meter {

    /** USER_HZ, which is 100 on x86_64 and aarch64. */
    private static final long TICK_MICROS = 10_000;

    private static final long KIB = 1_024;

    private final Path proc;
    private long memoryLimitBytes;
    private long root;
    private long cpuMicrosBefore;
    private long cpuMicros;
    private long peakBytes;

    ProcessTree(Path proc) {
        this.proc = proc;
    }

    @Override
    public synchronized void admit(long pid) {
        root = pid;
    }

    @Override
    public synchronized void limit(Limits limits) throws IOException {
        memoryLimitBytes = limits.memoryBytes();
        cpuMicrosBefore = cpuMicros();
        cpuMicros = 0;
        peakBytes = 0;
    }

    @Override
    public synchronized Usage usage() throws IOException {
        long memory = 0;
        List<Long> pids = pids();
        for (long pid : pids) {
            memory += kib(pid, "status", "VmRSS:") * KIB;
        }
        if (memory > memoryLimitBytes) {
            // Pages that processes share were counted for each: the exact sum costs more.
            memory = proportional(pids);
        }
        cpuMicros = Math.max(cpuMicros, cpuMicros() - cpuMicrosBefore);
        peakBytes = Math.max(peakBytes, memory);
        return new Usage(cpuMicros, memory, peakBytes, 0, 0);
    }

    private long cpuMicros() throws IOException {
        long cpu = 0;
        for (long pid : pids()) {
            cpu += cpuTicks(pid) * TICK_MICROS;
        }
        return cpu;
    }

    @Override
    public void close() {
        // It leaves nothing.
    }

    private long proportional(List<Long> pids) throws IOException {
        long bytes = 0;
        for (long pid : pids) {
            bytes += kib(pid, "smaps_rollup", "Pss:") * KIB;
        }
        return bytes;
    }

    private List<Long> pids() throws IOException {
        List<Long> found = new ArrayList<>();
        Deque<Long> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            long pid = open.remove();
            found.add(pid);
            open.addAll(children(pid));
        }
        return found;
    }

    private List<Long> children(long pid) throws IOException {
        List<Long> children = new ArrayList<>();
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(directory(pid).resolve("task"))) {
            for (Path thread : threads) {
                for (String word : read(thread.resolve("children")).split(" ")) {
                    if (!word.isBlank()) {
                        children.add(Long.parseLong(word));
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            orGone(e.getCause());
        } catch (IOException e) {
            orGone(e);
        }
        return children;
    }

    private long cpuTicks(long pid) throws IOException {
        String stat = read(directory(pid).resolve("stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        // Behind the name, which may hold anything: state is field 3, then utime 14, stime 15, cutime 16, cstime 17.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = 14; field <= 17; field++) {
            ticks += Long.parseLong(fields[field - 3]);
        }
        return ticks;
    }

    private long kib(long pid, String file, String key) throws IOException {
        return read(directory(pid).resolve(file))
                .lines()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0); // a zombie has no memory
    }

    private Path directory(long pid) {
        return proc.resolve(Long.toString(pid));
    }

    /** @return the content, with whatever bytes a process has for its name; nothing where it has ended */
    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            orGone(e);
            return "";
        }
    }

    /** A process may end at any moment; its directory then says so in one of two ways (ENOENT, ESRCH). */
    private static void orGone(IOException error) throws IOException {
        boolean isGone = error instanceof NoSuchFileException
                || String.valueOf(error.getMessage()).contains("No such process");
        if (!isGone) {
            throw error;
        }
    }
}
