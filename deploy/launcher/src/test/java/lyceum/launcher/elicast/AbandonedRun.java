package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;

/**
 * The caller goes away during a run: it is killed, and where the old server left no row, ours keeps one as cancelled
 * (contract, section 11).
 */
record AbandonedRun(Step step) {

    /** The program sleeps for 20 s: whatever is gone sooner was killed. */
    private static final Set<String> WAITING = Set.of("nursery", "zygote", "cell");

    private static final Duration SOON = Duration.ofSeconds(8);

    void check(RunningSuite suite) {
        Duration stay = Duration.ofMillis(
                Math.round(step.json().required("disconnect_after_s").asDouble() * 1000));
        Request request = new RecordedRequest(step.request(), new Tickets()).prepare();
        HttpClientRequest caller = suite.client().begin(request).await();
        // As long as the old server's caller stayed, so that the program has written its line.
        await().pollDelay(stay)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(programs()).isNotEmpty());
        caller.reset().await();
        await().atMost(SOON).untilAsserted(() -> assertThat(programs()).isEmpty());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(rows(suite.rows("elicast"))).containsExactly("true a\n"));
    }

    /** @return what runs the program below this JVM; what only waits for one calls itself otherwise */
    private static List<Long> programs() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("/codefile.py"))
                .filter(process -> !WAITING.contains(name(process)))
                .map(ProcessHandle::pid)
                .toList();
    }

    private static String name(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), "comm"))
                    .strip();
        } catch (IOException e) {
            return "cell"; // it has just ended
        }
    }

    private static List<String> rows(Pool pool) {
        List<String> rows = new ArrayList<>();
        for (Row row :
                pool.query("SELECT cancelled, output FROM code_run").execute().await()) {
            rows.add(row.getBoolean(0) + " " + row.getBuffer(1).toString(StandardCharsets.UTF_8));
        }
        return rows;
    }
}
