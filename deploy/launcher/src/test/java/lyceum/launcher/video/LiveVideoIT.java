package lyceum.launcher.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import lyceum.media.TestFfmpeg;
import lyceum.platform.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** A real ffmpeg publishes over RTMP, and what it publishes is watched over HTTP (stream contract, 4.7; hls.json). */
@TestInstance(Lifecycle.PER_CLASS)
class LiveVideoIT {

    /** From the start of the encoder to the first segment that can be played. */
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private static final Pattern SEGMENT = Pattern.compile("(?m)^\\d+\\.ts$");

    @TempDir
    Path directory;

    private final int port = FreePort.next();
    private RunningSuite suite;
    private String token;
    private String teacher;
    private Encoder encoder;

    @BeforeAll
    void start() {
        suite = RunningSuite.start(
                Map.of("LYCEUM_RTMP_PORT", Integer.toString(port)), "media", "account", "stream", "gateway");
        token = token("");
        teacher = token("&roles=teacher");
    }

    private String token(String more) {
        return suite.client()
                .send(Request.form("POST", "/token", "username=ada&password=ada" + more))
                .await()
                .json()
                .get("access_token")
                .asText();
    }

    @AfterEach
    void stopEncoder() {
        if (encoder != null) {
            encoder.close();
        }
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    private void publish(String name, String... coding) {
        encoder = Encoder.publish(port, name + "?token=" + token, log(), coding);
    }

    private Path log() {
        return directory.resolve("encoder.log");
    }

    private Answer get(String target) {
        return suite.client().send(Request.of("GET", target)).await();
    }

    private Answer ask(String method, String target, String with) {
        return suite.client()
                .send(Request.of(method, target).with("Authorization", "Bearer " + with))
                .await();
    }

    private String playlist(String name, int segments) {
        String[] text = {""};
        await().atMost(START_LIMIT).until(() -> {
            Answer answer = get("/hls/" + name + "/index.m3u8");
            text[0] = answer.text();
            return answer.status() == 200 && SEGMENT.matcher(text[0]).results().count() >= segments;
        });
        return text[0];
    }

    @Test
    void servesWhatIsPublishedAsNginxDid() throws Exception {
        publish("cam1");
        String list = playlist("cam1", 1);

        assertThat(list)
                .startsWith("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-TARGETDURATION:3\n"
                        + "#EXT-X-DISCONTINUITY\n#EXTINF:3.000,\n0.ts\n")
                .doesNotContain("ENDLIST");
        Answer playlist = get("/hls/cam1/index.m3u8");
        assertThat(playlist.header("Content-Type")).isEqualTo("application/vnd.apple.mpegurl");
        assertHeaders(playlist);
        Answer head = suite.client()
                .send(Request.of("HEAD", "/hls/cam1/0.ts").with("Origin", "http://elsewhere"))
                .await();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("application/octet-stream");
        assertHeaders(head);
        Answer segment = get("/hls/cam1/0.ts");
        assertThat(segment.header("Content-Length")).isEqualTo(head.header("Content-Length"));
        assertThat(pictures(segment.body())).isEqualTo(45);
        Answer part = suite.client()
                .send(Request.of("GET", "/hls/cam1/0.ts").with("Range", "bytes=188-375"))
                .await();
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(segment.body().slice(188, 376));
        Answer dash = get("/dash/cam1/index.mpd");
        assertThat(dash.status()).isEqualTo(200);
        assertThat(dash.header("Content-Type")).isEqualTo("text/plain");
        assertThat(dash.text()).contains("type=\"dynamic\"", "<Representation");
        assertThat(get("/hls/other/index.m3u8").status()).isEqualTo(404);
        assertThat(get("/hls/cam1/99.ts").status()).isEqualTo(404);
        assertThat(get("/hls/cam1/..%2f..%2fpasswd").status()).isEqualTo(404);
    }

    private static void assertHeaders(Answer answer) {
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
    }

    private int pictures(Buffer segment) throws Exception {
        Path file = Files.write(directory.resolve("segment.ts"), segment.getBytes());
        return (int) TestFfmpeg.output(List.of("-i", file.toString(), "-map", "0:v", "-f", "framecrc", "-"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .count();
    }

    @Test
    void goesOnWhenAKilledPublisherComesBack() {
        publish("cam2");
        playlist("cam2", 1);
        encoder.close();
        publish("cam2");

        String list = playlist("cam2", 3);
        assertThat(list.split("#EXT-X-DISCONTINUITY\n", -1)).as("two publishes").hasSize(3);
        assertThat(list).contains("#EXT-X-MEDIA-SEQUENCE:0\n");
    }

    @Test
    void refusesWhoHasNoTokenAndWhatHasNoName() throws Exception {
        for (String key : List.of("cam3", "cam3?token=x", ".cam3?token=" + token, "a%20b?token=" + token)) {
            encoder = Encoder.publish(port, key, log());
            assertThat(encoder.end()).as(key).isNotZero();
        }
        assertThat(Files.readString(log())).contains("publishing needs a token", "a name has 1 to 64");
        assertThat(get("/hls/cam3/index.m3u8").status()).isEqualTo(404);
    }

    @Test
    void letsOneAtATimePublishAndThrowsOutOnDemand() throws Exception {
        publish("cam4");
        playlist("cam4", 1);
        Encoder first = encoder;
        publish("cam4");
        assertThat(encoder.end()).isNotZero();
        assertThat(first.isPublishing()).isTrue();
        assertThat(Files.readString(log())).contains("somebody publishes that channel");

        assertThat(ask("DELETE", "/live/cam4", token).status()).isEqualTo(403);
        assertThat(ask("DELETE", "/live/cam4", teacher).status()).isEqualTo(204);
        assertThat(first.end()).isNotZero();
        assertThat(ask("DELETE", "/live/cam4", teacher).status()).isEqualTo(404);
        assertThat(get("/hls/cam4/index.m3u8").status()).as("for a while").isEqualTo(200);
    }

    @Test
    void tellsWhatIsPublishedAndRecordsIt() throws Exception {
        publish("cam5");
        playlist("cam5", 1);

        JsonNode channel = ask("GET", "/live/cam5", token).json();
        assertThat(channel.get("published").asBoolean()).isTrue();
        assertThat(channel.get("user").asText()).isEqualTo("ada");
        assertThat(channel.get("video").asText()).isEqualTo("H264");
        Answer statistics = ask("GET", "/stat", teacher);
        assertThat(statistics.header("Content-Type")).isEqualTo("text/xml");
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(statistics.body().getBytes()));
        for (String element : List.of("naccepted", "bw_in", "flashver", "frame_rate", "sample_rate", "nclients")) {
            assertThat(xml.getElementsByTagName(element).getLength())
                    .as(element)
                    .isPositive();
        }
        assertThat(get("/stat").status()).isEqualTo(401);

        String file =
                ask("PUT", "/live/cam5/recording", token).json().get("file").asText();
        assertThat(file).matches("cam5-\\d{8}T\\d{6}\\.\\d{3}Z\\.mp4");
        // It begins with the next key frame, as segments do.
        playlist("cam5", 3);
        assertThat(ask("DELETE", "/live/cam5/recording", token)
                        .json()
                        .get("file")
                        .asText())
                .isEqualTo(file);
        assertThat(ask("GET", "/live/recordings", token)
                        .json()
                        .get("recordings")
                        .findValuesAsText("file"))
                .contains(file);
        Answer recording = ask("GET", "/live/recordings/" + file, token);
        assertThat(recording.header("Content-Type")).isEqualTo("video/mp4");
        assertThat(pictures(recording.body())).isGreaterThan(10);
    }

    @Test
    void showsFramesOfAStreamToHoldersOfTokens() throws Exception {
        byte[] jpeg = getClass().getResourceAsStream("/video/frame.jpg").readAllBytes();
        Buffer form = Buffer.buffer("--b\r\nContent-Disposition: form-data; name=\"entries\"; filename=\"x\"\r\n\r\n")
                .appendBytes(jpeg)
                .appendString("\r\n--b--\r\n");
        Answer stored = suite.client()
                .send(Request.of("POST", "/data/desk")
                        .with("Authorization", "Bearer " + token)
                        .with("Content-Type", "multipart/form-data; boundary=b")
                        .with(Body.of(form.getBytes())))
                .await();
        assertThat(stored.status()).as(stored.toString()).isEqualTo(200);

        assertThat(get("/hls/desk/index.m3u8").status()).as("without a token").isEqualTo(404);
        Answer list = ask("GET", "/hls/desk/index.m3u8?token=" + token, token);
        assertThat(list.status()).as(list.toString()).isEqualTo(200);
        assertThat(list.text()).contains("\n0.ts?token=" + token + "\n");
        assertThat(get("/hls/desk/index.m3u8").status()).as("without a token").isEqualTo(401);
        assertThat(pictures(get("/hls/desk/0.ts?token=" + token).body())).isGreaterThanOrEqualTo(2);
        assertThat(ask("GET", "/hls/no-such-stream/index.m3u8", token).status()).isEqualTo(404);
    }

    @Test
    void servesAPlayer() {
        Answer page = get("/watch/cam1");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(get("/watch/assets/hls.js").body().length()).isGreaterThan(100_000);
        assertThat(get("/watch/assets/watch.js").status()).isEqualTo(200);
        assertThat(get("/watch/assets/other.js").status()).isEqualTo(404);
    }
}
