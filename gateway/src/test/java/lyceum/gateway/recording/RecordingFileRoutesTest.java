package lyceum.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingFileService;
import lyceum.stream.RecordingFileService.FilePiece;
import lyceum.stream.RecordingFileService.FindFile;
import lyceum.stream.RecordingFileService.ReadFile;
import lyceum.stream.RecordingFileService.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 40 and 43 of the stream contract, with files that a script makes up. */
@TestInstance(Lifecycle.PER_CLASS)
class RecordingFileRoutesTest {

    private static final Instant MODIFIED = Instant.parse("1994-11-06T08:49:37Z");
    private static final String FILE = "/recordings/static/rec1/main.mp4";

    private TestGateway gateway;
    private Scripted<RecordingFileService> files;
    private String token;
    private byte[] content;

    @BeforeAll
    void start() {
        gateway = new TestGateway(Map.of("LYCEUM_STREAM_STALL_LIMIT", "1s"));
        token = TestGateway.token(gateway.vertx, "ada");
        files = new Scripted<>(gateway.vertx, RecordingFileService.class);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @BeforeEach
    void fill() {
        fill(1024);
    }

    private void fill(int bytes) {
        content = new byte[bytes];
        new Random(3).nextBytes(content);
        files.asked().clear();
        files.on(FindFile.class, question -> found(question, bytes))
                .on(ReadFile.class, question -> Future.succeededFuture(new FilePiece(stretch(question))));
    }

    private Buffer stretch(ReadFile question) {
        int from = (int) question.offset();
        return Buffer.buffer(content).slice(from, Math.min(content.length, from + question.count()));
    }

    private static Future<RecordingFile> found(FindFile question, long bytes) {
        return question.recording().equals("none")
                ? Future.failedFuture(Failure.notFound("there is no such file"))
                : Future.succeededFuture(
                        new RecordingFile(question.recording(), question.file(), bytes, MODIFIED, "tag-1"));
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path) {
        return gateway.request(method, path).bearerTokenAuthentication(token);
    }

    private HttpResponse<Buffer> get(String path, String... headers) {
        HttpRequest<Buffer> request = request(HttpMethod.GET, path);
        for (int i = 0; i < headers.length; i += 2) {
            request.putHeader(headers[i], headers[i + 1]);
        }
        return request.send().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {FILE, "/api" + FILE, "/mjpeg/chunked/rec1/main.mp4", "/api/mjpeg/chunked/rec1/main.mp4"})
    void sendsAWholeFile(String path) {
        HttpResponse<Buffer> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().getBytes()).isEqualTo(content);
        assertThat(response.getHeader("Content-Type")).isEqualTo("video/mp4");
        assertThat(response.getHeader("Content-Length")).isEqualTo("1024");
        assertThat(response.getHeader("Accept-Ranges")).isEqualTo("bytes");
        assertThat(response.getHeader("ETag")).isEqualTo("\"tag-1\"");
        assertThat(response.getHeader("Last-Modified")).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(response.getHeader("Content-Security-Policy")).isEqualTo("sandbox");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(files.asked(FindFile.class)).containsExactly(new FindFile("rec1", "main.mp4"));
    }

    @Test
    void asksForALongFileInPieces() {
        fill(3 * RecordingFileService.PIECE_BYTES + 1);

        assertThat(get(FILE).body().getBytes()).isEqualTo(content);
        assertThat(files.asked(ReadFile.class))
                .hasSize(4)
                .allMatch(question -> question.tag().equals("tag-1"))
                .allMatch(question -> question.count() <= RecordingFileService.PIECE_BYTES);
    }

    @Test
    void sendsAnEmptyFile() {
        fill(0);

        HttpResponse<Buffer> response = get(FILE);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Length")).isEqualTo("0");
        assertThat(files.asked(ReadFile.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=10-19, 10, 10",
        "bytes=1014-, 1014, 10",
        "bytes=1000-5000, 1000, 24",
        "bytes=-5, 1019, 5"
    })
    void sendsAPart(String range, int from, int length) {
        HttpResponse<Buffer> response = get(FILE, "Range", range);

        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.getHeader("Content-Range"))
                .isEqualTo("bytes %d-%d/1024".formatted(from, from + length - 1));
        assertThat(response.getHeader("Content-Length")).isEqualTo(Integer.toString(length));
        assertThat(response.body()).isEqualTo(Buffer.buffer(content).getBuffer(from, from + length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=20000-20010", "bytes=10-5", "bytes=-0", "bytes=a-b", "bytes=3000-,4000-"})
    void refusesAPartThatIsNotThere(String range) {
        HttpResponse<Buffer> response = get(FILE, "Range", range);

        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(response.getHeader("Content-Range")).isEqualTo("bytes */1024");
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"Requested Range Not Satisfiable\"}");
        assertThat(files.asked(ReadFile.class)).isEmpty();
    }

    @Test
    void sendsAllWhereSeveralPartsAreWanted() {
        HttpResponse<Buffer> response = get(FILE, "Range", "bytes=0-5,10-20");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().length()).isEqualTo(1024);
    }

    @Test
    void sendsAPartOnlyOfWhatTheClientHas() {
        assertThat(get(FILE, "Range", "bytes=0-0", "If-Range", "\"tag-1\"").statusCode())
                .isEqualTo(206);
        assertThat(get(FILE, "Range", "bytes=0-0", "If-Range", "\"tag-0\"").statusCode())
                .isEqualTo(200);
        assertThat(get(FILE, "Range", "bytes=0-0", "If-Range", "Sun, 06 Nov 1994 08:49:37 GMT")
                        .statusCode())
                .isEqualTo(206);
    }

    @ParameterizedTest
    @CsvSource({"If-None-Match, '\"tag-1\"', 304", "If-None-Match, '\"x\"', 200", "If-Match, '\"x\"', 412"})
    void keepsConditions(String header, String value, int status) {
        HttpResponse<Buffer> response = get(FILE, header, value);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.getHeader("ETag")).isEqualTo("\"tag-1\"");
        assertThat(files.asked(ReadFile.class)).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void answersHead() {
        HttpResponse<Buffer> whole = request(HttpMethod.HEAD, FILE).send().await();
        HttpResponse<Buffer> part = request(HttpMethod.HEAD, FILE)
                .putHeader("Range", "bytes=10-19")
                .send()
                .await();

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.getHeader("Content-Length")).isEqualTo("1024");
        assertThat(whole.body()).isNull();
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.getHeader("Content-Length")).isEqualTo("10");
        assertThat(part.getHeader("Content-Range")).isEqualTo("bytes 10-19/1024");
        assertThat(files.asked(ReadFile.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "eye.json, application/json",
        "mic0.wav, audio/x-wav",
        "A.MP4, video/mp4",
        "note.txt, text/plain; charset=utf-8",
        "page.html, text/html; charset=utf-8",
        "yolo3d:v1.json, application/json",
        "README, application/octet-stream",
        "x.unknown, application/octet-stream"
    })
    void tellsTheTypeByTheName(String file, String type) {
        assertThat(get("/recordings/static/rec1/" + file).getHeader("Content-Type"))
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/recordings/static/none/main.mp4",
                "/recordings/static/rec1/",
                "/recordings/static/rec1/a/b",
                "/recordings/static/raw/rec1/main/1-0_2-0.zip",
                "/recordings/static/../rec1/main.mp4",
                "/recordings/static/rec1/..%2F..%2Fx",
                "/recordings/static/rec1%2Fmain.mp4/x",
                "/recordings/static/rec1/a%5Cb",
                "/recordings/static/rec1/.hidden",
                "/recordings/static/.unfinished/x",
                "/recordings/static/rec1/main.mp4%00.txt",
                "/recordings/static//etc/../x",
                "/mjpeg/chunked/none",
                "/mjpeg/chunked//etc",
                "/mjpeg/chunked/../../etc/hostname",
                "/mjpeg/chunked/%2Fetc/hostname"
            })
    void hasNothingElse(String path) {
        HttpResponse<Buffer> response = get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(files.asked(ReadFile.class)).isEmpty();
        assertThat(files.asked(FindFile.class))
                .allMatch(question -> question.recording().equals("none"));
    }

    @Test
    void isAskedWithTheTokenWhereverItIs() {
        assertThat(gateway.get(FILE).send().await().statusCode()).isEqualTo(401);
        assertThat(gateway.get(FILE + "?token=" + token).send().await().statusCode())
                .isEqualTo(200);
        assertThat(gateway.get(FILE)
                        .putHeader("Cookie", "authorization=\"Bearer " + token + "\"")
                        .send()
                        .await()
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.get("/mjpeg/chunked/rec1/main.mp4").send().await().statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE, 503", "BUSY, 503"})
    void tellsThatTheStoreDoesNotAnswer(Kind kind, int status) {
        files.on(FindFile.class, question -> Future.failedFuture(new Failure(kind, "please try again")));

        HttpResponse<Buffer> response = get(FILE);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"please try again\"}");
    }

    /** Who overwrites an annotation while somebody reads it: the reader gets what is there by now, in whole or in part. */
    @ParameterizedTest
    @CsvSource({"bytes=, 200, 3000", "bytes=0-1999, 206, 2000", "bytes=1000-, 206, 2000", "bytes=-500, 206, 500"})
    void sendsTheNewFileWhereTheOldOneIsReplacedBeforeItsFirstByte(String range, int status, int length) {
        fill(3000);
        AtomicInteger found = new AtomicInteger();
        int old = 2000;
        files.on(
                        FindFile.class,
                        question -> Future.succeededFuture(new RecordingFile(
                                "rec1",
                                "main.mp4",
                                found.incrementAndGet() < 4 ? old : 3000,
                                MODIFIED,
                                "tag-" + found)))
                .on(
                        ReadFile.class,
                        question -> question.tag().equals("tag-4")
                                ? Future.succeededFuture(new FilePiece(stretch(question)))
                                : Future.failedFuture(
                                        new Failure(Kind.CONFLICT, "the file has been changed meanwhile")));

        HttpResponse<Buffer> response = range.equals("bytes=") ? get(FILE) : get(FILE, "Range", range);

        assertThat(response.getHeader("ETag")).isEqualTo("\"tag-4\"");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body().length()).isEqualTo(length);
        assertThat(response.headers().contains("Content-Range")).isEqualTo(status == 206);
    }

    @Test
    void doesNotFollowAFileForEverThatIsReplacedAllTheTime() {
        files.on(
                ReadFile.class,
                question -> Future.failedFuture(new Failure(Kind.CONFLICT, "the file has been changed meanwhile")));

        assertThat(get(FILE).statusCode()).isEqualTo(503);
        assertThat(files.asked().stream().filter(FindFile.class::isInstance)).hasSize(10);
    }

    @Test
    void breaksTheConnectionWhereTheFileIsAnotherOneByNow() {
        fill(2 * RecordingFileService.PIECE_BYTES);
        files.on(
                ReadFile.class,
                question -> question.offset() == 0
                        ? Future.succeededFuture(new FilePiece(stretch(question)))
                        : Future.failedFuture(new Failure(Kind.CONFLICT, "the file has been changed meanwhile")));

        assertThatThrownBy(() -> get(FILE)).hasMessageContaining("Connection was closed");
    }

    @Test
    void asksForNoMoreThanTheClientTakes() {
        fill(64 << 20);
        NetSocket socket = gateway.vertx
                .createNetClient()
                .connect(gateway.port(), "127.0.0.1")
                .await();
        socket.pause();
        socket.write("GET %s?token=%s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(FILE, token))
                .await();

        int[] before = {0};
        Future<Void> closed = Future.future(promise -> socket.closeHandler(promise::tryComplete));
        socket.handler(bytes -> {}).exceptionHandler(error -> {});
        // Longer than the stall limit, behind which the connection is cut.
        Awaitility.await().during(Duration.ofMillis(1500)).until(() -> {
            int last = before[0];
            before[0] = files.asked(ReadFile.class).size();
            return last > 0 && last == before[0];
        });
        int asked = files.asked(ReadFile.class).size();
        socket.resume();
        closed.await();

        assertThat(asked).isLessThan(200);
        assertThat(files.asked(ReadFile.class)).hasSize(asked);
        socket.close().await();
    }
}
