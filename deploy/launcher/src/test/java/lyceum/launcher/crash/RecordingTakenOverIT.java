package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import lyceum.launcher.wire.ChildProgram;
import lyceum.platform.FreePort;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of stream-service with one directory: when the one that records is killed, the other one goes on. */
@Timeout(300)
class RecordingTakenOverIT {

    /** The lease, and a few looks at it. */
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final String redisUrl = TestRedis.freshDatabase(vertx);
    private final Redis redis = Redis.createClient(vertx, redisUrl);
    private final List<Integer> clusterPorts = List.of(FreePort.next(), FreePort.next());

    private ChildProgram first;
    private ChildProgram second;
    private int next;

    @BeforeEach
    void start() throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "LYCEUM_POSTGRES_URL",
                TestPostgres.freshDatabase(vertx),
                "LYCEUM_REDIS_URL",
                redisUrl,
                "LYCEUM_RECORDER_CHUNK_TIME",
                "300ms",
                "LYCEUM_CLUSTER_MEMBERS",
                "127.0.0.1:%d,127.0.0.1:%d".formatted(clusterPorts.get(0), clusterPorts.get(1))));
        first = start(settings, 0);
        second = start(settings, 1);
    }

    private ChildProgram start(Map<String, String> settings, int member) throws IOException {
        settings.put("LYCEUM_CLUSTER_PORT", clusterPorts.get(member).toString());
        ChildProgram program = ChildProgram.start(directory, settings, "--services=stream");
        program.httpPort();
        return program;
    }

    @AfterEach
    void stop() throws InterruptedException {
        first.kill();
        second.kill();
        redis.close().await();
        vertx.close().await();
    }

    @Test
    void goesOnWithoutAGapWhenTheRecorderIsKilled() throws Exception {
        ask(Command.SET, "recording:id", "r");
        ask(Command.XADD, "event:recording:id", "*", "d", "r");
        while (chunks().size() < 2) {
            push(5);
        }
        String recorder = recorder();

        first.kill();

        await().atMost(TAKEN_OVER_WITHIN).until(() -> {
            push(1);
            return !recorder().equals(recorder) && !recorder().isEmpty();
        });
        push(20);
        ask(Command.DEL, "recording:id");
        ask(Command.XADD, "event:recording:id", "*", "d", "");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ask(Command.SCARD, "lyceum:recorder:unfinished").toInteger() == 0);

        assertThat(recorded())
                .containsExactlyElementsOf(
                        IntStream.range(0, next).mapToObj(Integer::toString).toList());
    }

    /** Appends entries, the time of an answer between each two. */
    private void push(int count) {
        for (int i = 0; i < count; i++) {
            ask(Command.XADD, "s", "*", "d", Integer.toString(next++));
        }
    }

    /** @return which instance records; empty for none */
    private String recorder() {
        Response holder = ask(Command.GET, "lyceum:recorder");
        return holder == null ? "" : holder.toString();
    }

    private Response ask(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return redis.send(request).await();
    }

    /** @return payloads of all chunks */
    private List<String> recorded() throws IOException {
        List<String> payloads = new ArrayList<>();
        for (Path chunk : chunks()) {
            try (ZipFile zip = new ZipFile(chunk.toFile())) {
                for (ZipEntry member : zip.stream().toList()) {
                    payloads.add(new String(zip.getInputStream(member).readAllBytes()));
                }
            }
        }
        return payloads;
    }

    /** @return files by their first ids, which are times of the same length */
    private List<Path> chunks() throws IOException {
        Path stream = directory.resolve("recordings/raw/r/s");
        if (!Files.exists(stream)) {
            return List.of();
        }
        try (var files = Files.list(stream)) {
            return files.sorted().toList();
        }
    }
}
