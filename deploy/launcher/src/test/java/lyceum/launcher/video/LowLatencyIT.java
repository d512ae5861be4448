package lyceum.launcher.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import lyceum.platform.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A player of Low-Latency HLS follows a real ffmpeg (draft-pantos-hls-rfc8216bis, 6.2.5.2 and 6.3.7): each reload waits for the
 * next part, and the parts are the segment.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LowLatencyIT {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Pattern HINT = Pattern.compile("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"(\\d+)\\.(\\d+)\\.ts\"");

    /** A part takes half a second to be made; this is for a machine that has other things to do. */
    private static final Duration PART_LIMIT = Duration.ofMillis(1_500);

    private static final int RELOADS = 10;

    @TempDir
    Path directory;

    private final int port = FreePort.next();
    private RunningSuite suite;
    private Encoder encoder;

    @BeforeAll
    void start() {
        suite = RunningSuite.start(
                Map.of(
                        "LYCEUM_RTMP_PORT",
                        Integer.toString(port),
                        "LYCEUM_RTMP_PUBLISH",
                        "open",
                        "LYCEUM_LIVE_LOW_LATENCY",
                        "true"),
                "media",
                "gateway");
    }

    @AfterAll
    void stop() {
        if (encoder != null) {
            encoder.close();
        }
        suite.close();
    }

    private Answer get(String file) {
        return suite.client().send(Request.of("GET", "/hls/cam1/" + file)).await();
    }

    private static Matcher hint(String playlist) {
        Matcher hint = HINT.matcher(playlist);
        assertThat(hint.find()).as(playlist).isTrue();
        return hint;
    }

    @Test
    void followsThePublisherPartByPart() {
        encoder = Encoder.publish(port, "cam1", directory.resolve("encoder.log"));
        await().atMost(START_LIMIT).until(() -> get("index.m3u8").status() == 200);
        String playlist = get("index.m3u8").text();
        long begunNanos = System.nanoTime();
        Buffer parts = Buffer.buffer();
        long joined = Long.parseLong(hint(playlist).group(1)) + 1;
        for (int i = 0; i < RELOADS; i++) {
            Matcher next = hint(playlist);
            long askedNanos = System.nanoTime();
            Answer answer = get("index.m3u8?_HLS_msn=%s&_HLS_part=%s".formatted(next.group(1), next.group(2)));
            assertThat(Duration.ofNanos(System.nanoTime() - askedNanos)).isLessThan(PART_LIMIT);
            assertThat(answer.status()).isEqualTo(200);
            String file = next.group(1) + "." + next.group(2) + ".ts";
            assertThat(answer.text()).contains("URI=\"" + file + "\"");
            if (Long.parseLong(next.group(1)) == joined) {
                parts.appendBuffer(get(file).body());
            }
            playlist = answer.text();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begunNanos))
                .as("parts come as they are published, and not at once")
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(10));
        assertThat(get("index.m3u8?_HLS_msn=" + joined).status()).isEqualTo(200);
        assertThat(parts.length()).isPositive();
        assertThat(get(joined + ".ts").body().slice(0, parts.length())).isEqualTo(parts);
        assertThat(get("index.m3u8?_HLS_msn=" + (joined + 100)).status()).isEqualTo(400);
        assertThat(get("index.m3u8?_HLS_part=0").status()).isEqualTo(400);
    }
}
