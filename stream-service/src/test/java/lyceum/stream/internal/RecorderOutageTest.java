package lyceum.stream.internal;

import static lyceum.stream.internal.TestRecording.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.redis.client.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorders that lose Redis, or each other. */
class RecorderOutageTest {

    private static final Duration REDIS_LIMIT = Duration.ofMillis(500);

    @TempDir
    Path root;

    private final RedisProxy proxy = new RedisProxy();
    private TestStream stream;
    private TestRecording recording;

    /** The recorder is the one behind the proxy. */
    private void start(String... settings) {
        stream = TestStream.behind(proxy, REDIS_LIMIT, TestStream.recording(root, settings));
        recording = new TestRecording(stream, root);
        recording.begin("r");
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void losesNothingWhenRedisIsAwayForAMoment() {
        start();
        recording.add("s", numbered("a", 0, 50));
        await().until(() -> stream.meters.get("lyceum.recorder.held").gauge().value() > 0);

        proxy.down();
        recording.add("s", numbered("b", 0, 50));
        recording.add("new", "x");
        proxy.up();
        recording.add("s", numbered("c", 0, 50));
        awaitAnswers();
        recording.end();

        assertThat(recording.recorded("r", "s"))
                .startsWith(numbered("a", 0, 50))
                .containsSubsequence(numbered("b", 0, 50))
                .endsWith(numbered("c", 0, 50))
                .hasSize(150);
        assertThat(recording.recorded("r", "new")).containsExactly("x");
        assertThat(recording.counted("gaps")).isZero();
        assertThat(recording.started().heard()).hasSize(1);
    }

    @Test
    void keepsWhatItHasWhenRedisIsAwayForLongerThanItsLease() {
        start("LYCEUM_RECORDER_CHUNK_TIME", "500ms");
        recording.add("s", "a");
        await().until(() -> recording.chunks("r", "s") == 1);

        recording.add("s", "b");
        proxy.down();
        await().until(() -> stream.redis(Command.EXISTS, "lyceum:recorder").toInteger() == 0);
        assertThat(recording.chunks("r", "s")).isLessThanOrEqualTo(2);
        proxy.up();
        recording.add("s", "c");
        awaitAnswers();
        recording.end();

        assertThat(recording.recorded("r", "s")).containsExactly("a", "b", "c");
    }

    @Test
    void isTakenOverWithoutAGapAndWritesNothingAnyMore() {
        start();
        stream.deployAnother();
        recording.add("s", numbered("a", 0, 20));
        recording.add("silent", "x");
        await().until(() -> stream.meters.get("lyceum.recorder.held").gauge().value() > 0);
        String first = holder();

        proxy.silent(true);
        recording.add("s", numbered("b", 0, 20));
        await().until(() -> !holder().equals(first) && !holder().isEmpty());
        recording.add("s", numbered("c", 0, 20));
        recording.add("late", "y");
        proxy.silent(false);
        awaitAnswers();
        recording.end();

        String[] all = List.of("a", "b", "c").stream()
                .flatMap(prefix -> List.of(numbered(prefix, 0, 20)).stream())
                .toArray(String[]::new);
        assertThat(recording.recorded("r", "s")).containsExactly(all);
        assertThat(recording.recorded("r", "silent")).containsExactly("x");
        assertThat(recording.recorded("r", "late")).containsExactly("y");
        assertThat(recording.stopped().heard()).hasSize(1);
        assertThat(recording.files()).noneMatch(file -> file.contains("unfinished"));
    }

    @Test
    void tellsWhatRedisHasTrimmed() {
        start();
        recording.add("s", "a");
        await().until(() -> stream.meters.get("lyceum.recorder.held").gauge().value() > 0);

        proxy.down();
        for (int i = 0; i < 20; i++) {
            stream.redis(Command.XADD, "s", "MAXLEN", "5", "*", "d", "b" + i);
        }
        proxy.up();
        awaitAnswers();
        recording.end();

        assertThat(recording.recorded("r", "s")).containsExactly("a", "b15", "b16", "b17", "b18", "b19");
        assertThat(recording.counted("gaps")).isEqualTo(1);
    }

    @Test
    void stopsWithoutRedis() {
        start();
        recording.add("s", "a");
        await().until(() -> stream.meters.get("lyceum.recorder.held").gauge().value() > 0);

        proxy.down();
        stream.undeploy();
        proxy.up();
        stream.deploy();
        recording.end();

        assertThat(recording.recorded("r", "s")).containsExactly("a");
    }

    private String holder() {
        return String.valueOf(stream.redis(Command.GET, "lyceum:recorder"));
    }

    /** Connections are opened anew after a pause. */
    private void awaitAnswers() {
        await().until(() ->
                stream.readiness.ask().get("redis").map(true).otherwise(false).await());
    }
}
