package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Looks at a suite while it works: its heap and its resident memory twice a second, its list of lessons ten times. */
final class Watch implements AutoCloseable {

    private static final long MEMORY_MILLIS = 500;
    private static final long LIST_MILLIS = 100;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final double MIB = 1024 * 1024;

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final List<Double> heapMib = new ArrayList<>();
    private final List<Double> residentMib = new ArrayList<>();
    private final List<Long> listNanos = new ArrayList<>();

    private final Http metrics;
    private final Http http;
    private final Path status;
    private final ProcessHandle process;
    private final Duration cpuAtBegin;
    private final long begin = System.nanoTime();

    private volatile long end;
    private volatile Duration cpu;
    private volatile Exception failed;

    Watch(Suite suite) {
        metrics = new Http(suite.managementPort());
        http = new Http(suite.httpPort());
        process = ProcessHandle.of(suite.pid()).orElseThrow();
        cpuAtBegin = cpu();
        status = Path.of("/proc", Long.toString(suite.pid()), "status");
        clock.scheduleAtFixedRate(() -> guarded(this::memory), 0, MEMORY_MILLIS, TimeUnit.MILLISECONDS);
        clock.scheduleAtFixedRate(() -> guarded(this::list), 0, LIST_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private void guarded(Callable<Void> look) {
        try {
            look.call();
        } catch (Exception e) {
            failed = e;
        }
    }

    private Void memory() throws IOException, InterruptedException {
        double heap = Heap.usedMib(metrics);
        double resident = RESIDENT.matcher(Files.readString(status))
                .results()
                .mapToDouble(used -> Double.parseDouble(used.group(1)) * 1024)
                .sum();
        synchronized (this) {
            heapMib.add(heap);
            residentMib.add(resident / MIB);
        }
        return null;
    }

    private Void list() throws IOException, InterruptedException {
        long asked = System.nanoTime();
        http.get("/elicast");
        synchronized (this) {
            listNanos.add(System.nanoTime() - asked);
        }
        return null;
    }

    /** Ends the looking; fails where one look has failed. */
    @Override
    public void close() throws InterruptedException, IOException {
        end = System.nanoTime();
        cpu = cpu().minus(cpuAtBegin);
        clock.shutdown();
        clock.awaitTermination(10, TimeUnit.SECONDS);
        if (failed != null) {
            throw new IOException("the suite did not answer a look", failed);
        }
    }

    synchronized Curve heap() {
        return new Curve(List.copyOf(heapMib));
    }

    synchronized Curve resident() {
        return new Curve(List.copyOf(residentMib));
    }

    synchronized Times lists() {
        return Times.of(listNanos.stream().mapToLong(Long::longValue).toArray(), end - begin);
    }

    /** @return how long it has looked */
    double seconds() {
        return (end - begin) / 1e9;
    }

    /** @return processor time of the JVM meanwhile; its PostgreSQL is not in it */
    double cpuSeconds() {
        return cpu.toMillis() / 1e3;
    }
}
