package lyceum.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Lessons of the greatest length, many at once, into and out of a small JVM, and whether they come back as they were.
 * Ends with 1 where one does not, or memory ran out.
 */
public final class UploadBench {

    private static final int LESSONS = 20;
    private static final int HEAP_MIB = 256;
    private static final long CALM_MILLIS = 5_000;

    /** In base64 with 2 of 64 letters escaped, 64 KiB less than the 100 MiB that a form may have. */
    private static final long SOUND_BYTES = 73_970_000;

    private static final double FORM_MEGABYTES = 104.8;
    private static final double ANSWER_MEGABYTES = 98.6;
    private static final String OTS =
            "[{\"ts\":0,\"command\":\"text\",\"fromPos\":0,\"toPos\":0,\"insertedText\":\"x\"}]";

    private final Suite suite;
    private final Http http;

    private UploadBench(Suite suite) {
        this.suite = suite;
        this.http = new Http(suite.httpPort());
    }

    /**
     * A lesson that was sent.
     *
     * @param soundHash SHA-256 of its recording
     */
    private record Sent(long id, String title, byte[] soundHash) {}

    /** Starts the suite, sends the lessons at once, reads them at once, prints what it took. */
    public static void main(String[] words) throws Exception {
        try (Suite suite = Suite.start("-Xmx" + HEAP_MIB + "m")) {
            new UploadBench(suite).run();
        }
    }

    private void run() throws Exception {
        System.out.printf(
                "Uploads: %d forms of %.1f MB at once, then %d reads of them at once, suite with -Xmx%dm%n%n",
                LESSONS, FORM_MEGABYTES, LESSONS, HEAP_MIB);
        Watch calm = new Watch(suite);
        try (calm) {
            Thread.sleep(CALM_MILLIS);
        }
        Watch writing = new Watch(suite);
        List<Sent> sent;
        try (writing) {
            sent = all(IntStream.range(0, LESSONS)
                    .<Callable<Sent>>mapToObj(i -> () -> send(i))
                    .toList());
        }
        Watch reading = new Watch(suite);
        try (reading) {
            all(sent.stream()
                    .<Callable<Sent>>map(lesson -> () -> compare(lesson))
                    .toList());
        }
        print(calm, writing, reading);
        refuseOutOfMemory();
    }

    private static <T> List<T> all(List<Callable<T>> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<T> done = new ArrayList<>();
            for (Future<T> work : threads.invokeAll(works)) {
                done.add(work.get());
            }
            return done;
        } finally {
            threads.shutdown();
        }
    }

    private Sent send(int seed) throws IOException, InterruptedException {
        Sound sound = new Sound(seed, SOUND_BYTES);
        String title = "Upload " + seed;
        String answer = http.form("PUT", "/elicast", BodyPublishers.ofInputStream(() -> sound.asForm(title, OTS)));
        long id = new JsonObject(answer).getJsonObject("elicast").getLong("id");
        return new Sent(id, title, sound.hash());
    }

    private Sent compare(Sent sent) throws IOException, InterruptedException {
        try (InputStream json = http.open("/elicast/" + sent.id())) {
            ReadBack back = ReadBack.of(json);
            boolean same = Arrays.equals(back.soundHash(), sent.soundHash())
                    && back.lesson().getString("title").equals(sent.title())
                    && back.lesson().getJsonArray("ots").equals(new JsonArray(OTS))
                    && back.lesson().getJsonArray("voice_blobs").size() == 1;
            if (!same) {
                throw new IOException("lesson %d came back changed: %s".formatted(sent.id(), back.lesson()));
            }
            return sent;
        }
    }

    private static void print(Watch calm, Watch writing, Watch reading) {
        Table.head(
                "meanwhile",
                "s",
                "MB/s",
                "cpu s of the JVM",
                "heap MiB min / median / max",
                "resident MiB min / median / max",
                "GET /elicast p50 ms",
                "p99 ms");
        row("nothing", calm, "");
        row(LESSONS + " PUT", writing, LESSONS * FORM_MEGABYTES / writing.seconds());
        row(LESSONS + " GET, all equal", reading, LESSONS * ANSWER_MEGABYTES / reading.seconds());
        System.out.println("\nHeap used while writing, MiB, over " + Math.round(writing.seconds()) + " s\n");
        writing.heap().print(HEAP_MIB);
        System.out.println("\nHeap used while reading, MiB, over " + Math.round(reading.seconds()) + " s\n");
        reading.heap().print(HEAP_MIB);
    }

    private static void row(String what, Watch watch, Object megabytesPerSecond) {
        Table.row(
                what,
                watch.seconds(),
                megabytesPerSecond,
                watch.cpuSeconds(),
                watch.heap().summary(),
                watch.resident().summary(),
                watch.lists().millis(50),
                watch.lists().millis(99));
    }

    private void refuseOutOfMemory() throws IOException {
        if (suite.log().contains("OutOfMemoryError")) {
            throw new IOException("memory ran out:\n" + suite.log());
        }
    }
}
