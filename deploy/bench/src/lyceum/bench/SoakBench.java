package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Thousands of honest and hostile programs through the gateway of a small JVM, and what is left of them. Ends with 1 where
 * one comes to what it should not, or something is left.
 */
public final class SoakBench {

    private static final int HEAP_MIB = 256;
    private static final int ROUNDS = Integer.getInteger("lyceum.soak.rounds", 20);
    private static final int HOSTILE_AT_ONCE = 4;
    private static final int HONEST_AT_ONCE = 2;
    private static final int MIXED = Integer.getInteger("lyceum.soak.runs", 10_000);
    private static final int BATCHES = 4;
    private static final int ONE_HOSTILE_IN = 5;
    private static final int WARM = 500;
    private static final long SEED = 3;

    /** Of one garbage collection after another, and of what is compiled and cached in the meantime. */
    private static final double SPARE_HEAP_MIB = 8;

    /** Waiting cells that are not needed go one by one, every ten seconds; all figures must stand still for longer. */
    private static final Duration STILL = Duration.ofSeconds(25);

    private static final Duration SETTLE_LIMIT = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 1_000;
    private static final int MOST_SHOWN = 40;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Suite suite;
    private final int uid;
    private final Trials trials;
    private final Lanes lanes;
    private final List<List<Object>> rows = new ArrayList<>();
    private final List<String> leaks = new ArrayList<>();

    private double heapBefore;
    private Remains before;

    private SoakBench(Suite suite, int uid, Trials trials) {
        this.suite = suite;
        this.uid = uid;
        this.trials = trials;
        this.lanes = new Lanes(new Http(suite.httpPort()));
    }

    /** Starts the suite, runs the programs, prints what was there before and after. */
    public static void main(String[] words) throws Exception {
        // Or connections of ours that nobody needs would count as its descriptors.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
        int own = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        int uid = own == 0 ? 70_000 + (int) (ProcessHandle.current().pid() % 10_000) : own;
        Map<String, String> settings =
                Map.of("LYCEUM_SANDBOX_UID", Integer.toString(uid), "HOSTILE_CANARY", HostileTrial.CANARY);
        Trials trials = new Trials(Path.of(System.getProperty("lyceum.programs")));
        try (Suite suite = Suite.start(settings, "-Xmx" + HEAP_MIB + "m")) {
            new SoakBench(suite, uid, trials).run();
        }
    }

    private void run() throws Exception {
        lanes.all(trials.mixed(WARM, ONE_HOSTILE_IN, SEED), HOSTILE_AT_ONCE + HONEST_AT_ONCE);
        row("before", () -> null);
        row(ROUNDS + " rounds of hostile ones beside honest ones", () -> {
            for (int round = 0; round < ROUNDS; round++) {
                lanes.beside(trials.hostile(), HOSTILE_AT_ONCE, trials.honest(), HONEST_AT_ONCE);
            }
            return null;
        });
        for (int batch = 1; batch <= BATCHES; batch++) {
            List<Trial> mixed = trials.mixed(MIXED / BATCHES, ONE_HOSTILE_IN, SEED + batch);
            row("%d mixed ones".formatted(mixed.size()), () -> {
                lanes.all(mixed, HOSTILE_AT_ONCE + HONEST_AT_ONCE);
                return null;
            });
        }
        print();
        refuseFaults();
    }

    private void row(String what, Callable<Void> work) throws Exception {
        int doneBefore = lanes.done();
        long begin = System.nanoTime();
        work.call();
        double seconds = (System.nanoTime() - begin) / 1e9;
        int done = lanes.done() - doneBefore;
        settled();
        // Groups that were not empty yet when they should have gone go before the next cell opens.
        lanes.all(trials.honest().subList(0, 1), 1);
        Remains remains = settled();
        double heap = Heap.livingMib(suite);
        if (before == null) {
            before = remains;
            heapBefore = heap;
        }
        compare(what, remains, heap);
        List<Object> row = new ArrayList<>(List.of(what, done, lanes.faulty(), seconds));
        row.addAll(remains.values());
        row.addAll(List.of(heap, residentMib()));
        rows.add(row);
        System.err.println(row);
    }

    /** @return what there is when it is the same as before; or does not change any more */
    private Remains settled() throws IOException, InterruptedException {
        long end = System.nanoTime() + SETTLE_LIMIT.toNanos();
        long still = System.nanoTime();
        Remains last = Remains.of(suite, uid);
        while (System.nanoTime() < end && System.nanoTime() - still < STILL.toNanos()) {
            if (before != null && last.isNoMoreThan(before)) {
                return last;
            }
            Thread.sleep(LOOK_MILLIS);
            Remains next = Remains.of(suite, uid);
            still = next.isNoMoreThan(last) && last.isNoMoreThan(next) ? still : System.nanoTime();
            last = next;
        }
        return last;
    }

    private void compare(String what, Remains remains, double heap) {
        if (!remains.isNoMoreThan(before) || remains.programs() + remains.dead() + remains.traces() > 0) {
            leaks.add(what + ": " + remains + " is left of " + before);
        }
        if (heap > heapBefore + SPARE_HEAP_MIB) {
            leaks.add("%s: the heap has grown from %.1f to %.1f MiB".formatted(what, heapBefore, heap));
        }
    }

    private double residentMib() throws IOException {
        Matcher kib = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(suite.pid()), "status")));
        return kib.results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)) / 1_024)
                .sum();
    }

    private void print() {
        System.out.printf(
                "Soak: %d runs as user %s, suite with -Xmx%dm%n%n",
                lanes.done(), System.getProperty("user.name"), HEAP_MIB);
        List<String> titles = new ArrayList<>(List.of("after", "runs", "wrong", "s"));
        titles.addAll(Remains.titles());
        titles.addAll(List.of("heap MiB", "resident MiB"));
        Table.head(titles.toArray(String[]::new));
        rows.forEach(row -> Table.row(row.toArray()));
    }

    private void refuseFaults() throws IOException {
        List<String> all = new ArrayList<>(leaks);
        all.addAll(lanes.faults());
        if (!all.isEmpty()) {
            String shown = String.join("\n", all.subList(0, Math.min(MOST_SHOWN, all.size())));
            throw new IOException("%d runs were wrong, %d leaks:%n%s%n%s"
                    .formatted(lanes.faulty(), leaks.size(), shown, suite.log()));
        }
    }
}
