package lyceum.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.multipart.MultipartForm;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import lyceum.gateway.TestGateway;
import lyceum.gateway.mjpeg.MjpegClient;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;
import lyceum.stream.internal.StreamConfig;
import lyceum.stream.internal.StreamVerticle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of streams and files of recordings with real instances of the service behind them. */
class MediaThroughTheGatewayTest {

    @TempDir
    Path data;

    private final Deque<String> instances = new ArrayDeque<>();
    private TestGateway gateway;
    private String token;
    private StreamConfig config;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
        token = TestGateway.token(gateway.vertx, "ada");
        config = StreamConfig.from(
                new Settings(Map.of("LYCEUM_DATA_DIR", data.toString())),
                TestRedis.freshDatabase(gateway.vertx),
                TestPostgres.freshDatabase(gateway.vertx));
        deploy();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void deploy() {
        instances.add(gateway.vertx
                .deployVerticle(new StreamVerticle(config, new Readiness(), new SimpleMeterRegistry()))
                .await());
    }

    private void undeployOldest() {
        gateway.vertx.undeploy(instances.remove()).await();
    }

    private MjpegClient watch(String path) {
        return new MjpegClient(gateway.vertx, gateway.port(), path, token);
    }

    /** @param grey level of all of it, which tells pictures apart */
    private void push(String stream, int grey) throws IOException {
        BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 16 * 8; i++) {
            image.getRaster().setSample(i % 16, i / 16, 0, grey);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", file);
        assertThat(upload("/data/" + stream, "entries", Buffer.buffer(file.toByteArray()))
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<Buffer> upload(String path, String name, Buffer content) {
        return gateway.request(HttpMethod.POST, path)
                .bearerTokenAuthentication(token)
                .sendMultipartForm(
                        MultipartForm.create().binaryFileUpload(name, "entry", content, "application/octet-stream"))
                .await();
    }

    private static int grey(MjpegClient client, int index) {
        try {
            return ImageIO.read(new ByteArrayInputStream(
                            client.pictures().get(index).getBytes()))
                    .getRaster()
                    .getSample(8, 4, 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void showsTheSameWhereAnInstanceStopsAndAnotherOneGoesOn() throws IOException {
        push("cam", 50);
        MjpegClient live = watch("/mjpeg/cam").await(1);
        MjpegClient fromStart = watch("/mjpeg/cam?last_entry_id=0").await(2);
        push("cam", 100);
        live.await(2);
        fromStart.await(3);
        deploy();
        undeployOldest();
        // Both ask for it again, if they had it before: what they see next is what is pushed next.
        push("cam", 150);
        undeployOldestAfterAnother();
        push("cam", 200);

        await().until(() -> fromStart.pictures().size() >= 5 && grey(fromStart, 4) > 190);
        assertThat(grey(fromStart, 3)).isBetween(145, 155);
        await().until(() -> grey(live, live.pictures().size() - 1) > 190);
        assertThat(live.isOver()).isFalse();
    }

    private void undeployOldestAfterAnother() {
        deploy();
        undeployOldest();
    }

    @Test
    void leavesOutWhatIsNoPicture() throws IOException {
        MjpegClient client = watch("/mjpeg/cam?last_entry_id=0").await(1);
        push("cam", 50);
        upload("/data/cam", "entries", Buffer.buffer("no picture"));
        push("cam", 100);

        client.await(3);
        assertThat(grey(client, 1)).isBetween(45, 55);
        assertThat(grey(client, 2)).isBetween(95, 105);
    }

    @Test
    void givesBackWhatWasUploadedIntoARecording() {
        byte[] bytes = new byte[3_000_001];
        new Random(5).nextBytes(bytes);

        HttpResponse<Buffer> stored = upload("/recordings/upload/rec/film.mp4", "file", Buffer.buffer(bytes));
        deploy();
        HttpResponse<Buffer> whole = get("/recordings/static/rec/film.mp4", "");
        HttpResponse<Buffer> part = get("/recordings/static/rec/film.mp4", "bytes=2999990-");

        assertThat(stored.bodyAsString())
                .isEqualTo("{\"filename\":\"rec/film.mp4\",\"url\":\"/recordings/static/rec/film.mp4\"}");
        assertThat(whole.body().getBytes()).isEqualTo(bytes);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.getHeader("ETag")).isEqualTo(whole.getHeader("ETag"));
        assertThat(part.body()).isEqualTo(Buffer.buffer(bytes).getBuffer(2_999_990, bytes.length));
        assertThat(upload("/recordings/upload/rec/film.mp4", "file", Buffer.buffer("x"))
                        .statusCode())
                .isEqualTo(500);
        assertThat(get("/recordings/rec", "").bodyAsJsonObject().getJsonArray("files"))
                .containsExactly("film.mp4");
    }

    private HttpResponse<Buffer> get(String path, String range) {
        return gateway.get(path)
                .bearerTokenAuthentication(token)
                .putHeader("Range", range)
                .send()
                .await();
    }
}
