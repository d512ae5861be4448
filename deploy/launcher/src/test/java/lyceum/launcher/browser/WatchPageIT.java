package lyceum.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import lyceum.launcher.video.Encoder;
import lyceum.launcher.wire.RunningSuite;
import lyceum.platform.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person watches live video on the page of the house, in a real browser: time goes on while somebody publishes, and does so
 * again when a publisher that was killed has come back. Skipped where Debian's package {@code chromium} is not installed.
 * {@code -Dlyceum.watch=60} watches for a minute.
 */
@TestInstance(Lifecycle.PER_CLASS)
class WatchPageIT {

    private static final long WATCHED_SECONDS = Long.getLong("lyceum.watch", 6);

    /** From the start of the encoder. */
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    /** No picture for longer is a stall. */
    private static final long STALL_MILLIS = 1_500;

    private static final Duration RETURN_LIMIT = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    @TempDir
    static Path profile;

    private final Vertx vertx = Vertx.vertx();
    private final int port = FreePort.next();

    private RunningSuite suite;
    private Chromium browser;
    private DevTools tools;
    private String page;
    private Encoder encoder;

    @BeforeAll
    void start() throws Exception {
        Path program = Chromium.program()
                .orElseGet(() -> Assumptions.abort("no /usr/bin/chromium: install Debian's package chromium"));
        suite = RunningSuite.start(
                Map.of("LYCEUM_RTMP_PORT", Integer.toString(port), "LYCEUM_RTMP_PUBLISH", "open"), "media", "gateway");
        browser = Chromium.start(program, profile);
        tools = browser.drive(vertx).await();
    }

    @AfterAll
    void stop() {
        if (encoder != null) {
            encoder.close();
        }
        if (browser != null) {
            browser.close();
        }
        if (suite != null) {
            suite.close();
        }
        vertx.close().await();
    }

    private void publish() {
        encoder = Encoder.publish(port, "class", directory.resolve("encoder.log"));
    }

    private double time() {
        JsonObject look = tools.evaluate(
                        page,
                        "Promise.resolve({time: document.getElementById('video').currentTime,"
                                + " state: document.getElementById('state').textContent})")
                .await();
        return look.getDouble("time");
    }

    @Test
    void goesOnAsLongAsSomebodyPublishes() {
        publish();
        page = tools.open("http://localhost:%d/watch/class".formatted(suite.port()))
                .await();
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> time() > 0.2);

        watch(Duration.ofSeconds(WATCHED_SECONDS));

        double before = time();
        encoder.close();
        publish();
        await().atMost(RETURN_LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> time() > before + STALL_MILLIS / 1000.0 * 4);
        watch(Duration.ofSeconds(WATCHED_SECONDS / 2));
    }

    /** Looks five times a second whether time goes on. */
    private void watch(Duration span) {
        long[] movedNanos = {System.nanoTime()};
        long endNanos = System.nanoTime() + span.toNanos();
        double[] last = {time()};
        double first = last[0];
        await().atMost(span.plusSeconds(5)).pollInterval(Duration.ofMillis(200)).until(() -> {
            double now = time();
            if (now > last[0]) {
                movedNanos[0] = System.nanoTime();
            }
            last[0] = now;
            assertThat(System.nanoTime() - movedNanos[0])
                    .as("nothing moves at %s s", now)
                    .isLessThan(Duration.ofMillis(STALL_MILLIS).toNanos());
            return System.nanoTime() > endNanos;
        });
        assertThat(last[0] - first).as("seconds that were shown").isGreaterThan(0.8 * span.toSeconds());
    }
}
