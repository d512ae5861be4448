package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import lyceum.launcher.crash.Visitor.Answer;
import lyceum.launcher.wire.ChildProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a recording loses when the program is killed in the middle of it: nothing. */
class KilledDuringRecordingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Map<String, String> SETTINGS =
            Map.of("LYCEUM_RECORDER_CHUNK_TIME", "300ms", "LYCEUM_RECORDER_LEASE", "1s");

    private static final List<String> STREAMS = List.of("main", "detic:image");

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final Visitor visitor = new Visitor(vertx);

    private ChildProgram program;
    private int next;

    @BeforeEach
    void start() throws IOException {
        program = ChildProgram.start(data, SETTINGS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        program.kill();
        vertx.close().await();
    }

    @RepeatedTest(2)
    void goesOnBehindTheLastChunkWithoutAGap(RepetitionInfo repetition) throws Exception {
        program.httpPort();
        push(10);
        control("/recordings/start?rec_id=golden");
        pushUntilChunks(2 * repetition.getCurrentRepetition());
        push(25);

        program.kill();

        List<String> whole = recorded("main");
        assertThat(whole).isNotEmpty().isSubsetOf(numbered(10, next));
        program = ChildProgram.start(data, SETTINGS);
        program.httpPort();
        push(25);
        control("/recordings/stop");
        awaitWhole();

        for (String stream : STREAMS) {
            assertThat(recorded(stream)).as(stream).containsExactlyElementsOf(numbered(10, next));
        }
        assertThat(recorded("main").subList(0, whole.size())).isEqualTo(whole);
        assertThat(data.resolve("recordings/.unfinished")).isEmptyDirectory();
        assertThat(described("main").getInteger("chunk_count"))
                .isEqualTo(chunks("main").size());
    }

    private void pushUntilChunks(int count) throws IOException {
        for (int rounds = 0; chunks("main").size() < count; rounds++) {
            assertThat(rounds).as("rounds without a chunk").isLessThan(1000);
            push(5);
        }
    }

    /** Somebody who knows nothing of the program appends to its Redis, a few milliseconds between each two. */
    private void push(int count) throws IOException {
        String url = Files.readString(data.resolve("redis/url"));
        Redis redis = Redis.createClient(vertx, url);
        for (int i = 0; i < count; i++) {
            String payload = Integer.toString(next++);
            for (String stream : STREAMS) {
                redis.send(Request.cmd(Command.XADD)
                                .arg(stream)
                                .arg("*")
                                .arg("d")
                                .arg(payload))
                        .await();
            }
        }
        redis.close().await();
    }

    private void control(String path) {
        Answer answer = visitor.asBearer(token(), HttpMethod.PUT, program.httpPort(), path)
                .await();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private String token() {
        return visitor.post(program.httpPort(), "/token", Map.of("username", "ada", "password", "ada"))
                .await()
                .json()
                .getString("access_token");
    }

    /** What moves a recording waits until it is whole. */
    private void awaitWhole() {
        for (String order : List.of("hide", "unhide")) {
            await().atMost(PATIENCE)
                    .until(() ->
                            visitor.asBearer(token(), HttpMethod.PUT, program.httpPort(), "/recordings/golden/" + order)
                                            .await()
                                            .status()
                                    == 200);
        }
    }

    private JsonObject described(String stream) {
        return visitor.asBearer(token(), HttpMethod.GET, program.httpPort(), "/recordings/golden")
                .await()
                .json()
                .getJsonObject("streams")
                .getJsonObject(stream);
    }

    /** @return payloads of all chunks, each of which must be a zip that can be read */
    private List<String> recorded(String stream) throws IOException {
        List<String> payloads = new ArrayList<>();
        for (Path chunk : chunks(stream)) {
            try (ZipFile zip = new ZipFile(chunk.toFile())) {
                for (ZipEntry member : zip.stream().toList()) {
                    payloads.add(new String(zip.getInputStream(member).readAllBytes()));
                }
            }
        }
        return payloads;
    }

    /** @return its files by their first ids, which are times of the same length */
    private List<Path> chunks(String stream) throws IOException {
        Path directory = data.resolve("recordings/raw/golden").resolve(stream);
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static List<String> numbered(int from, int to) {
        List<String> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(Integer.toString(i));
        }
        return all;
    }
}
