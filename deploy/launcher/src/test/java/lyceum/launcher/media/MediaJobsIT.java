package lyceum.launcher.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import lyceum.media.Samples;
import lyceum.platform.Loop;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work on sound in the background, as clients of a running house have it done. */
@TestInstance(Lifecycle.PER_CLASS)
class MediaJobsIT {

    private final byte[] tone = Samples.read("tone0.webm");
    private RunningSuite suite;

    @BeforeAll
    void start() {
        suite = RunningSuite.start(
                Map.of("LYCEUM_MEDIA_JOBS_PER_OWNER", "3", "LYCEUM_MEDIA_BACKGROUND_INPUT_LIMIT", "1MiB"),
                "account",
                "media",
                "gateway");
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    @Test
    void measuresWhatIsSent() {
        String id = submit("ada", "peaks&points=50", tone);
        JsonNode end = end("ada", id);

        assertThat(end.path("state").asText()).isEqualTo("succeeded");
        assertThat(end.path("progress").asDouble()).isEqualTo(1);
        JsonNode output = end.path("outputs").path(0);
        assertThat(output.path("mediaType").asText()).isEqualTo("application/json");
        Answer peaks = send("ada", Request.of("GET", output.path("url").asText()));
        assertThat(peaks.status()).isEqualTo(200);
        assertThat(peaks.body().length()).isEqualTo(output.path("sizeBytes").asInt());
        assertThat(peaks.json().path("length").asInt()).isEqualTo(50);
        Request part = Request.of("GET", output.path("url").asText());
        Answer middle = send("ada", part.with("Range", "bytes=10-19"));
        assertThat(middle.status()).isEqualTo(206);
        assertThat(middle.body()).isEqualTo(peaks.body().slice(10, 20));
        assertThat(send("ada", part.with("Range", "bytes=999999-")).status()).isEqualTo(416);
        assertThat(peaks.json().path("duration").asDouble()).isBetween(1.9, 2.1);
    }

    @Test
    void tellsLiveHowItGoes() {
        String id = submit("bob", "loudness&lufs=-18.5&format=mp3", tone);

        Answer events = send("bob", Request.of("GET", "/media/jobs/" + id + "/events"));

        assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
        String[] all = events.text().split("\n\n");
        assertThat(all[all.length - 1]).startsWith("event: ended\nid: ").contains("\"state\":\"succeeded\"");
        JsonNode end = Json.parse(all[all.length - 1].split("data: ")[1].getBytes());
        assertThat(end.path("outputs").path(0).path("mediaType").asText()).isEqualTo("audio/mpeg");
        assertThat(end.path("outputs").path(1).path("name").asText()).isEqualTo("loudness.json");
    }

    @Test
    void isSeenByItsOwnerOnly() {
        String id = submit("eve", "peaks", tone);

        for (String path : new String[] {"", "/events", "/outputs/peaks.json"}) {
            Answer answer = send("mallory", Request.of("GET", "/media/jobs/" + id + path));
            assertThat(answer.status()).as(path).isEqualTo(404);
        }
        assertThat(send("mallory", Request.of("DELETE", "/media/jobs/" + id)).status())
                .isEqualTo(404);
        assertThat(suite.client()
                        .send(Request.of("GET", "/media/jobs/" + id))
                        .await()
                        .status())
                .isEqualTo(401);
        end("eve", id);
        assertThat(send("eve", Request.of("DELETE", "/media/jobs/" + id)).status())
                .isEqualTo(204);
        assertThat(send("eve", Request.of("GET", "/media/jobs/" + id)).status()).isEqualTo(404);
    }

    @Test
    void tellsWhyItCannotBeMade() {
        JsonNode end = end("tom", submit("tom", "thumbnail", tone));
        assertThat(end.path("state").asText()).isEqualTo("failed");
        assertThat(end.path("status").asInt()).isEqualTo(422);
        assertThat(end.path("detail").asText()).isEqualTo("there are no pictures in the file");

        JsonNode script = end("tom", submit("tom", "peaks", "#EXTM3U\nfile:///etc/passwd\n".getBytes()));
        assertThat(script.path("status").asInt()).isEqualTo(422);
        assertThat(script.path("detail").asText()).startsWith("the file is of no kind that is read here");
    }

    @ParameterizedTest
    @CsvSource({
        "400, play, work is not one of",
        "400, peaks&points=many, points is not a number",
        "400, peaks&points=20001, points: 1 to 20000",
        "400, loudness&lufs=-71, loudness: -70 to -5 LUFS",
        "400, loudness&format=aiff, format is not one of",
        "400, thumbnail&width=1, width: 16 to 4096",
        "400, thumbnail&at=-1, at: not in a film",
        "400, transcript&language=$(id), language: as BCP 47 has it",
        "503, transcript, nobody writes transcripts here"
    })
    void refusesOrders(int status, String query, String text) {
        Answer answer = post("una", query, tone);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text()).contains(text);
    }

    @Test
    void boundsWhatOneMaySend() {
        assertThat(post("max", "peaks", new byte[(1 << 20) + 1]).text()).contains("the sound is too large");
        assertThat(post("max", "peaks", new byte[0]).status()).isEqualTo(202);
        submit("max", "peaks", tone);
        submit("max", "peaks", tone);
        Answer fourth = post("max", "peaks", tone);
        assertThat(fourth.status()).isEqualTo(503);
        assertThat(fourth.text()).contains("too many jobs of yours");
    }

    /** The rest of a gigabyte need not be sent first. */
    @Test
    void tellsAtOnceThatAFileIsTooLarge() {
        NetSocket socket = connect("zoe", 1L << 30);
        Buffer answer = Buffer.buffer();
        socket.handler(answer::appendBuffer);
        socket.write(Buffer.buffer(new byte[3 << 20])).await();

        Awaitility.await().until(() -> answer.toString().contains("the sound is too large"));
        assertThat(answer.toString()).startsWith("HTTP/1.1 400 ");
        socket.close().await();
    }

    @Test
    void cutsOffWhoGoesOnInVain() {
        NetSocket socket = connect("yan", 1L << 30);
        AtomicInteger sentMegabytes = new AtomicInteger();
        Loop.whileTrue(() -> socket.write(Buffer.buffer(new byte[1 << 20]))
                        .map(sent -> sentMegabytes.incrementAndGet() < 1_000)
                        .otherwise(false))
                .await();

        assertThat(sentMegabytes).hasValueLessThan(200);
    }

    /** More often than one may have jobs. */
    @Test
    void keepsNoJobOfWhoGoesAway() {
        for (int i = 0; i < 5; i++) {
            NetSocket socket = connect("kim", 1_000_000);
            socket.write(Buffer.buffer(new byte[100_000])).await();
            socket.close().await();
        }

        Awaitility.await().until(() -> post("kim", "peaks", tone).status() == 202);
    }

    private NetSocket connect(String user, long bytes) {
        NetSocket socket = suite.vertx()
                .createNetClient()
                .connect(suite.port(), "127.0.0.1")
                .await();
        socket.exceptionHandler(gone -> {});
        socket.write("POST /media/jobs?work=peaks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                                .formatted(token(user))
                        + "Content-Length: %d\r\n\r\n".formatted(bytes))
                .await();
        return socket;
    }

    @ParameterizedTest
    @CsvSource({"x", "..", "00000000-0000-0000-0000-000000000000.00000000-0000-0000-0000-000000000000x"})
    void knowsNoOtherNames(String id) {
        assertThat(send("ida", Request.of("GET", "/media/jobs/" + id + "/events"))
                        .status())
                .isEqualTo(404);
    }

    private String submit(String user, String query, byte[] file) {
        Answer answer = post(user, query, file);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.header("Location"))
                .isEqualTo("/media/jobs/" + answer.json().path("id").asText());
        return answer.json().path("id").asText();
    }

    private Answer post(String user, String query, byte[] file) {
        return send(user, Request.of("POST", "/media/jobs?work=" + query).with(Body.of(file)));
    }

    private JsonNode end(String user, String id) {
        return Awaitility.await()
                .until(
                        () -> send(user, Request.of("GET", "/media/jobs/" + id)).json(),
                        job -> !job.path("state").asText().matches("open|queued|running"));
    }

    private Answer send(String user, Request request) {
        return suite.client()
                .send(request.with("Authorization", "Bearer " + token(user)))
                .await();
    }

    private String token(String user) {
        return suite.client()
                .send(Request.form("POST", "/token", "username=%s&password=%s".formatted(user, user)))
                .await()
                .json()
                .path("access_token")
                .asText();
    }
}
