package lyceum.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingExportService;
import lyceum.stream.RecordingExportService.ExportRecording;
import lyceum.stream.RecordingExportService.Exports;
import lyceum.stream.RecordingExportService.FindExports;
import lyceum.stream.RecordingExportService.FindThumbnail;
import lyceum.stream.RecordingExportService.Phase;
import lyceum.stream.RecordingExportService.StreamExport;
import lyceum.stream.RecordingExportService.Thumbnail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders of exports, and small pictures, with a service that answers as it is told. */
@TestInstance(Lifecycle.PER_CLASS)
class RecordingExportRoutesTest {

    private TestGateway gateway;
    private Scripted<RecordingExportService> exports;
    private String token;

    @BeforeAll
    void start() {
        gateway = new TestGateway(Map.of());
        token = TestGateway.token(gateway.vertx, "ada");
        exports = new Scripted<>(gateway.vertx, RecordingExportService.class);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @BeforeEach
    void script() {
        Exports known = new Exports(
                "r",
                List.of(
                        new StreamExport("eye", "eye.json", Phase.DONE, 1, 1, 9, 3, 1, ""),
                        new StreamExport("main", "main.mp4", Phase.RUNNING, 0.25, 2, 0, 0, 0, "no ffmpeg"),
                        new StreamExport("cam", "", Phase.WAITING, 0, 0, 0, 0, 0, "")));
        exports.asked().clear();
        exports.on(ExportRecording.class, known)
                .on(FindExports.class, known)
                .on(FindThumbnail.class, new Thumbnail(Buffer.buffer("jpeg"), "1-0"));
    }

    private HttpResponse<Buffer> send(HttpMethod method, String path) {
        return gateway.request(method, path)
                .bearerTokenAuthentication(token)
                .send()
                .await();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /recordings/r/export, 200",
        "POST, /recordings/r/export, 202",
        "POST, /api/recordings/r/export/, 202"
    })
    void tellsWhatIsMade(String method, String path, int status) {
        HttpResponse<Buffer> response = send(HttpMethod.valueOf(method), path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.bodyAsString()).isEqualTo("""
                {"recording":"r","active":true,"streams":[\
                {"stream":"eye","file":"eye.json","state":"done","fraction":1.0,"attempts":1,"bytes":9,"entries":3,\
                "left_out":1,"failure":null},\
                {"stream":"main","file":"main.mp4","state":"running","fraction":0.25,"attempts":2,"bytes":0,\
                "entries":0,"left_out":0,"failure":"no ffmpeg"},\
                {"stream":"cam","file":null,"state":"waiting","fraction":0.0,"attempts":0,"bytes":0,"entries":0,\
                "left_out":0,"failure":null}]}""");
    }

    @Test
    void ordersWhatTheRequestNames() {
        send(HttpMethod.POST, "/recordings/r/export");
        send(HttpMethod.POST, "/recordings/r/export?stream=");
        send(HttpMethod.POST, "/recordings/r/export?stream=main%2Beye");

        assertThat(exports.asked())
                .containsExactly(
                        new ExportRecording("r", List.of()),
                        new ExportRecording("r", List.of()),
                        new ExportRecording("r", List.of("main", "eye")));
    }

    @Test
    void showsAPicture() {
        HttpResponse<Buffer> response = send(HttpMethod.GET, "/recordings/r/thumbnail?stream=gll&at=1.5");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("image/jpeg");
        assertThat(response.bodyAsString()).isEqualTo("jpeg");
        send(HttpMethod.GET, "/recordings/r/thumbnail");
        assertThat(exports.asked())
                .containsExactly(new FindThumbnail("r", "gll", 1500), new FindThumbnail("r", "main", 0));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /recordings/r/thumbnail?at=x, at",
        "GET, /recordings/r/thumbnail?at=-1, at",
        "GET, /recordings/r/thumbnail?stream=XMETA:x, stream",
        "POST, /recordings/r/export?stream=main%2B, stream",
        "POST, /recordings/.r/export, recording_id",
        "GET, /recordings/.r/export, recording_id"
    })
    void refusesWhatMakesNoSense(String method, String path, String parameter) {
        HttpResponse<Buffer> response = send(HttpMethod.valueOf(method), path);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).contains('"' + parameter + '"');
        assertThat(exports.asked()).isEmpty();
    }

    @Test
    void refusesTooManyStreams() {
        String many = String.join("%2B", Collections.nCopies(101, "x"));

        assertThat(send(HttpMethod.POST, "/recordings/r/export?stream=" + many).statusCode())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND, 404", "CONFLICT, 409", "BUSY, 503", "INVALID, 422"})
    void tellsWhyNothingIsMade(Kind kind, int status) {
        exports.on(ExportRecording.class, order -> Future.failedFuture(new Failure(kind, "it is so")))
                .on(FindThumbnail.class, question -> Future.failedFuture(new Failure(kind, "it is so")));

        assertThat(send(HttpMethod.POST, "/recordings/r/export").statusCode()).isEqualTo(status);
        assertThat(send(HttpMethod.GET, "/recordings/r/thumbnail").bodyAsString())
                .contains("it is so");
    }

    @Test
    void asksWhoIsThere() {
        for (String path : List.of("/recordings/r/export", "/recordings/r/thumbnail")) {
            assertThat(gateway.get(path).send().await().statusCode()).isEqualTo(401);
        }
        assertThat(gateway.request(HttpMethod.POST, "/recordings/r/export")
                        .send()
                        .await()
                        .statusCode())
                .isEqualTo(401);
    }
}
