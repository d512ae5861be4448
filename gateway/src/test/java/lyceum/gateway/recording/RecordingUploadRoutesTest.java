package lyceum.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.gateway.stream.StreamFixture;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingFileService;
import lyceum.stream.RecordingFileService.OpenUpload;
import lyceum.stream.RecordingFileService.RecordingFile;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.UploadSession;
import lyceum.stream.UploadSession.AbandonUpload;
import lyceum.stream.UploadSession.AppendUpload;
import lyceum.stream.UploadSession.CommitUpload;
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

/** Row 41 of the stream contract, with an upload that answers as it is told. */
@TestInstance(Lifecycle.PER_CLASS)
class RecordingUploadRoutesTest {

    private static final String INSTANCE = "here";
    private static final String PATH = "/recordings/upload/rec1/note.json";

    private TestGateway gateway;
    private Scripted<RecordingFileService> files;
    private Scripted<UploadSession> uploads;
    private String token;

    @BeforeAll
    void start() {
        gateway = new TestGateway(Map.of("LYCEUM_STREAM_STALL_LIMIT", "1s", "LYCEUM_RECORDING_FILE_LIMIT", "1MiB"));
        token = TestGateway.token(gateway.vertx, "ada");
        files = new Scripted<>(gateway.vertx, RecordingFileService.class);
        uploads = new Scripted<>(gateway.vertx, UploadSession.class, INSTANCE);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @BeforeEach
    void script() {
        files.asked().clear();
        uploads.asked().clear();
        files.on(OpenUpload.class, new OpenedSession("upload", INSTANCE));
        uploads.on(AppendUpload.class, new Done())
                .on(AbandonUpload.class, new Done())
                .on(CommitUpload.class, new RecordingFile("rec1", "note.json", 2, Instant.EPOCH, "tag"));
    }

    private HttpResponse<Buffer> upload(String path, String... parts) {
        Buffer body = Buffer.buffer();
        for (String part : parts) {
            body.appendString("--limit\r\n" + part + "\r\n");
        }
        return send(path, "multipart/form-data; boundary=limit", body.appendString("--limit--\r\n"));
    }

    private HttpResponse<Buffer> send(String path, String type, Buffer body) {
        return gateway.request(HttpMethod.POST, path)
                .bearerTokenAuthentication(token)
                .putHeader("Content-Type", type)
                .sendBuffer(body)
                .await();
    }

    private static String file(String name, String content) {
        return "Content-Disposition: form-data; name=\"%s\"; filename=\"n.json\"\r\n\r\n%s".formatted(name, content);
    }

    private String sent() {
        return uploads.asked(AppendUpload.class).stream()
                .map(piece -> piece.bytes().toString())
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {PATH, PATH + "/", "/api" + PATH})
    void takesAFile(String path) {
        HttpResponse<Buffer> response = upload(path, file("other", "no"), file("file", "{}"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.bodyAsString())
                .isEqualTo("{\"filename\":\"rec1/note.json\",\"url\":\"/recordings/static/rec1/note.json\"}");
        assertThat(files.asked()).containsExactly(new OpenUpload("rec1", "note.json", false));
        assertThat(sent()).isEqualTo("{}");
        assertThat(uploads.asked(CommitUpload.class)).hasSize(1);
        assertThat(uploads.asked(AbandonUpload.class)).isEmpty();
    }

    @Test
    void takesALongFileInOrderAndPieceByPiece() {
        String content = "0123456789abcdef".repeat(60_000);

        assertThat(upload(PATH + "?overwrite=True", file("file", content)).statusCode())
                .isEqualTo(200);

        assertThat(files.asked()).containsExactly(new OpenUpload("rec1", "note.json", true));
        assertThat(sent()).isEqualTo(content);
        List<AppendUpload> pieces = uploads.asked(AppendUpload.class);
        for (int i = 0; i < pieces.size(); i++) {
            assertThat(pieces.get(i).number()).isEqualTo(i);
            assertThat(pieces.get(i).bytes().length()).isLessThanOrEqualTo(RecordingFileService.PIECE_BYTES);
        }
    }

    @Test
    void takesAnEmptyFile() {
        assertThat(upload(PATH, file("file", "")).statusCode()).isEqualTo(200);
        assertThat(uploads.asked(CommitUpload.class)).hasSize(1);
    }

    @Test
    void writesNamesIntoTheAddressAsAUrlHasThem() {
        uploads.on(CommitUpload.class, new RecordingFile("r 1", "yolo3d:v1 ü.json", 2, Instant.EPOCH, "tag"));

        assertThat(upload("/recordings/upload/r%201/yolo3d:v1%20%C3%BC.json", file("file", "{}"))
                        .bodyAsJsonObject()
                        .getString("url"))
                .isEqualTo("/recordings/static/r%201/yolo3d:v1%20%C3%BC.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/octet-stream | x",
                "multipart/form-data      | x",
                "application/json         | {}",
                "multipart/form-data; boundary=limit | --limit--"
            })
    void refusesABodyWithoutAFile(String type, String body) {
        HttpResponse<Buffer> response = send(PATH, type, Buffer.buffer(body));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).isEqualTo(StreamFixture.finding("""
                {'loc':['body','file'],'msg':'field required','type':'value_error.missing'}"""));
        assertThat(files.asked()).isEmpty();
    }

    @Test
    void refusesATextInsteadOfAFile() {
        HttpResponse<Buffer> response = upload(PATH, "Content-Disposition: form-data; name=\"file\"\r\n\r\nx");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).contains("Expected UploadFile, received: <class 'str'>");
        assertThat(uploads.asked(CommitUpload.class)).isEmpty();
    }

    @Test
    void refusesTwoFilesAndStoresNone() {
        HttpResponse<Buffer> response = upload(PATH, file("file", "a"), file("file", "b"));

        assertThat(response.statusCode()).isEqualTo(422);
        assertNothingStored();
    }

    @Test
    void storesNothingOfAFormThatIsCutOff() {
        HttpResponse<Buffer> response = send(
                PATH, "multipart/form-data; boundary=limit", Buffer.buffer("--limit\r\n" + file("file", "half of it")));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).contains("the form ends before its last boundary");
        assertNothingStored();
    }

    @Test
    void storesNothingOfAFileThatIsTooLong() {
        HttpResponse<Buffer> response = upload(PATH, file("file", "x".repeat((1 << 20) + 1)));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"a file has at most 1048576 bytes\"}");
        assertNothingStored();
        assertThat(upload(PATH, file("file", "x".repeat(1 << 20))).statusCode()).isEqualTo(200);
    }

    @Test
    void storesNothingOfAClientThatLeaves() {
        open("--limit\r\n" + file("file", "half")).close().await();

        assertNothingStored();
    }

    @Test
    void givesUpAClientThatRests() {
        NetSocket socket = open("--limit\r\n" + file("file", "half"));
        Buffer heard = Buffer.buffer();
        Future<Void> closed = Future.future(promise -> socket.closeHandler(promise::tryComplete));
        socket.handler(heard::appendBuffer);
        closed.await();

        assertThat(heard.toString()).startsWith("HTTP/1.1 408");
        assertNothingStored();
    }

    private NetSocket open(String beginning) {
        NetSocket socket = gateway.vertx
                .createNetClient()
                .connect(gateway.port(), "127.0.0.1")
                .await();
        socket.write("""
                POST %s?token=%s HTTP/1.1\r
                Host: x\r
                Content-Type: multipart/form-data; boundary=limit\r
                Content-Length: 1000\r
                \r
                """.formatted(PATH, token) + beginning).await();
        Awaitility.await().until(() -> !uploads.asked(AppendUpload.class).isEmpty());
        return socket;
    }

    private void assertNothingStored() {
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(uploads.asked(AbandonUpload.class)).containsExactly(new AbandonUpload("upload")));
        assertThat(uploads.asked(CommitUpload.class)).isEmpty();
    }

    @Test
    void saysAsTheOriginalThatAFileIsThere() {
        files.on(
                OpenUpload.class,
                order -> Future.failedFuture(new Failure(Kind.CONFLICT, "File rec1/note.json already exists.")));

        HttpResponse<Buffer> response = upload(PATH, file("file", "x".repeat(900_000)));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.bodyAsString())
                .isEqualTo("{\"detail\":[{\"msg\":\"File rec1/note.json already exists.\",\"type\":\"OSError\"}]}");
        assertThat(uploads.asked()).isEmpty();
    }

    @Test
    void saysThatAFileHasComeMeanwhile() {
        uploads.on(
                CommitUpload.class,
                order -> Future.failedFuture(new Failure(Kind.CONFLICT, "File rec1/note.json already exists.")));

        assertThat(upload(PATH, file("file", "x")).statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND, 404", "BUSY, 503", "UNAVAILABLE, 503"})
    void tellsWhyNothingIsTaken(Kind kind, int status) {
        files.on(OpenUpload.class, order -> Future.failedFuture(new Failure(kind, "Recording rec1 is hidden")));

        HttpResponse<Buffer> response = upload(PATH, file("file", "x"));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"Recording rec1 is hidden\"}");
    }

    @Test
    void tellsThatAnUploadIsLost() {
        uploads.on(AppendUpload.class, piece -> Future.failedFuture(Failure.notFound("no such session")));

        HttpResponse<Buffer> response = upload(PATH, file("file", "x".repeat(900_000)));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"the upload is lost, please try again\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/recordings/upload/rec1/.x, fname, 422",
        "/recordings/upload/rec1/a%5Cb, fname, 422",
        "/recordings/upload/rec1/a%00b, fname, 422",
        "/recordings/upload/.x/y, recording_id, 422",
        "/recordings/upload/cache/y, recording_id, 422",
        "/recordings/upload/rec1/a%2Fb, , 404",
        "/recordings/upload/..%2Fx/y, , 404",
        "/recordings/upload/../x, , 405",
        "/recordings/upload/rec1/%2e%2e, , 405",
        "/recordings/upload/rec1/..%5Cx, fname, 422",
        "/recordings/upload/rec1/a/b, , 404"
    })
    void leadsNowhere(String path, String parameter, int status) {
        HttpResponse<Buffer> response = upload(path, file("file", "x"));

        assertThat(response.statusCode()).isEqualTo(status);
        if (parameter != null) {
            assertThat(response.bodyAsString()).contains("[\"path\",\"%s\"]".formatted(parameter));
        }
        assertThat(files.asked()).isEmpty();
    }

    @Test
    void refusesWhatIsNoTruthValue() {
        assertThat(upload(PATH + "?overwrite=maybe", file("file", "x")).bodyAsString())
                .isEqualTo(StreamFixture.finding(
                        "{'loc':['query','overwrite'],'msg':'value could not be parsed to a boolean',"
                                + "'type':'type_error.bool'}"));
    }

    @Test
    void asksWhoIsThereEvenWhereMediaAreOpen() {
        try (TestGateway open = new TestGateway(Map.of("LYCEUM_STREAM_OPEN_MEDIA", "true"))) {
            new Scripted<>(open.vertx, RecordingFileService.class);

            assertThat(open.request(HttpMethod.POST, PATH).send().await().statusCode())
                    .isEqualTo(401);
            assertThat(open.get("/recordings/static/.x/y").send().await().statusCode())
                    .isEqualTo(404);
        }
    }
}
