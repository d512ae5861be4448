package lyceum.gateway.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.RepairVoice;
import lyceum.elicast.ElicastService.RepairedVoice;
import lyceum.elicast.ElicastService.ReplaceVoice;
import lyceum.elicast.Lesson;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Conversation;
import lyceum.gateway.stream.Scripted;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Append;
import lyceum.media.MediaService.CloseJob;
import lyceum.media.MediaService.Done;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import lyceum.media.MediaService.Outputs;
import lyceum.media.MediaService.Piece;
import lyceum.media.MediaService.Read;
import lyceum.media.MediaService.Segment;
import lyceum.media.MediaService.Split;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound over HTTP, with services that answer as they are told. */
class AudioRoutesTest {

    private static final String SPLIT = "segments=[[0,10],[-5,5]]&audio_blobs=" + voices("QUJD", "", "QUI=");

    private TestGateway gateway;
    private Scripted<ElicastService> elicast;
    private Scripted<MediaService> media;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
        elicast = new Scripted<>(gateway.vertx, ElicastService.class)
                .on(ReplaceVoice.class, new Lesson(7, Instant.EPOCH, "t", null, false, 2, 9, 1, 1))
                .on(RepairVoice.class, new RepairedVoice("job", "here", List.of(3L, 0L)));
        media = new Scripted<>(gateway.vertx, MediaService.class, "here")
                .on(OpenJob.class, new Job("job", "here"))
                .on(Append.class, new Done())
                .on(Split.class, new Outputs(List.of(3L, 3L)))
                .on(Read.class, AudioRoutesTest::threeBytes)
                .on(CloseJob.class, new Done());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void cutsRecordingsAndClosesTheJob() {
        HttpResponse<Buffer> response = split(SPLIT);

        assertThat(response.bodyAsString())
                .isEqualTo("{\"outputs\":[\"data:audio/webm;base64,QUJD\",\"data:audio/webm;base64,QUJD\"]}");
        assertThat(media.asked(Append.class))
                .containsExactly(
                        new Append("job", 0, Buffer.buffer()),
                        new Append("job", 0, Buffer.buffer("ABC")),
                        new Append("job", 1, Buffer.buffer()),
                        new Append("job", 2, Buffer.buffer()),
                        new Append("job", 2, Buffer.buffer("AB")));
        assertThat(media.asked(Split.class))
                .containsExactly(new Split("job", List.of(new Segment(0, 10), new Segment(-5, 5))));
        assertClosed();
    }

    @ParameterizedTest
    @CsvSource({"QR==,A", "QUJ=,AB", "QUJDQUJ=,ABCAB"})
    void takesBase64WithBitsToSpare(String data, String sound) {
        split("segments=[]&audio_blobs=" + voices("QUJD", data, "QUJD"));

        assertThat(media.asked(Append.class))
                .contains(new Append("job", 1, Buffer.buffer(sound)), new Append("job", 2, Buffer.buffer("ABC")));
        assertThat(media.asked(Split.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Q", "QQ", "QQ=", "QQ===", "QUJD====", "QR==QUJD", "QR=A", "Q===", "=QQ=", "QU_-", "QU JD"})
    void takesNoOtherBase64(String data) {
        HttpResponse<Buffer> response = split("segments=[]&audio_blobs=" + voices("QUJD", data));

        assertThat(response.bodyAsString()).isEqualTo("audio_blobs -- Invliad json format");
        assertThat(media.asked(Split.class)).isEmpty();
    }

    @Test
    void answersNoSegmentsWithNoOutputs() {
        media.on(Split.class, new Outputs(List.of()));

        assertThat(split("segments=[]&audio_blobs=[]").bodyAsString()).isEqualTo("{\"outputs\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "segments=x | 400: Bad Request",
                "segments=x&audio_blobs=x | segments -- Invliad json format",
                "segments=[[1.0,2]]&audio_blobs=[] | segments -- Invliad json format",
                "segments=[[2,1]]&audio_blobs=[] | segments -- Invliad json format",
                "segments=[[1]]&audio_blobs=[] | segments -- Invliad json format",
                "segments=[1]&audio_blobs=[] | segments -- Invliad json format",
                "segments=[[1,99999999999999999999]]&audio_blobs=[] | segments -- Invliad json format",
                "segments=[]&audio_blobs=[1] | audio_blobs -- Invliad json format",
                "segments=[]&audio_blobs=[\"x,A\"] | audio_blobs -- only support audio/webm",
                "segments=[]&audio_blobs=[\"data:audio/webm;base64,!\"] | audio_blobs -- Invliad json format"
            })
    void tellsTheFirstFault(String form, String text) {
        HttpResponse<Buffer> response = split(form);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo(text);
        assertThat(media.asked(Split.class)).isEmpty();
        Awaitility.await()
                .until(() -> media.asked(CloseJob.class).size()
                        == media.asked(OpenJob.class).size());
    }

    @ParameterizedTest
    @CsvSource({"INVALID,400", "BUSY,503", "UNAVAILABLE,503"})
    void passesOnWhatMediaServiceFailsWithAndClosesTheJob(Kind kind, int status) {
        media.on(Split.class, any -> Future.failedFuture(new Failure(kind, "cannot be")));

        HttpResponse<Buffer> response = split(SPLIT);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.bodyAsString()).isEqualTo("cannot be");
        assertClosed();
    }

    @Test
    void closesTheJobOfAClientThatGoesAwayWhileItIsWorkedOn() {
        Promise<Outputs> never = Promise.promise();
        media.on(Split.class, any -> never.future());
        try (Conversation client = new Conversation(gateway)) {
            client.say("POST /audio/split HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: %d\r\n\r\n%s".formatted(SPLIT.length(), SPLIT));
            Awaitility.await().until(() -> media.asked(Split.class).size() == 1);
        }

        assertClosed();
    }

    @Test
    void closesTheJobOfAClientThatGoesAwayWhileItsRecordingIsReplaced() {
        Promise<Lesson> never = Promise.promise();
        elicast.on(ReplaceVoice.class, any -> never.future());
        String form = "--b\r\nContent-Disposition: form-data; name=\"chunk_idx\"\r\n\r\n0\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"voice_file\"; filename=\"v\"\r\n\r\nABC\r\n--b--\r\n";
        try (Conversation client = new Conversation(gateway)) {
            client.say("POST /audio/replace/7 HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                    + "Content-Length: %d\r\n\r\n%s".formatted(form.length(), form));
            Awaitility.await().until(() -> elicast.asked(ReplaceVoice.class).size() == 1);
        }

        assertClosed();
    }

    @Test
    void countsJobsForTheNetworkTheyComeFrom() {
        split(SPLIT);
        gateway.get("/audio/download/7").send().await();

        assertThat(media.asked(OpenJob.class)).containsExactly(OpenJob.interactive("network 127.0.0.1"));
        assertThat(elicast.asked(RepairVoice.class)).containsExactly(new RepairVoice(7, "network 127.0.0.1"));
    }

    @Test
    void opensNoJobBeforeThereIsAPieceForIt() {
        String sent = "segments=[]&audio_blobs=[\"data:audio/webm;base64,QUJD\",\"data:audio/webm;base64,QU";
        try (Conversation client = new Conversation(gateway)) {
            client.say("POST /audio/split HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 1000000\r\n\r\n" + sent);
            // Whoever comes behind is answered behind.
            split(SPLIT);
            split(SPLIT);

            assertThat(media.asked(OpenJob.class)).hasSize(2);
        }
    }

    @Test
    void sendsAllRecordingsAsATar() {
        HttpResponse<Buffer> response = gateway.get("/audio/download/7").send().await();

        assertThat(response.getHeader("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(response.getHeader("Content-Disposition")).isEqualTo("attachment; filename=\"voice_7.tar\"");
        assertThat(response.body().length()).isEqualTo(10_240);
        assertThat(response.body().getString(0, 6)).isEqualTo("0.webm");
        assertThat(response.body().getString(512, 515)).isEqualTo("ABC");
        assertThat(response.body().getString(1024, 1030)).isEqualTo("1.webm");
        assertClosed();
    }

    @Test
    void sendsNoRecordingsAsAnEmptyTar() {
        elicast.on(RepairVoice.class, new RepairedVoice("job", "here", List.of()));

        assertThat(gateway.get("/audio/download/7").send().await().body()).isEqualTo(Buffer.buffer(new byte[10_240]));
    }

    @Test
    void hangsUpWhereARecordingIsLostOnItsWay() {
        media.on(Read.class, any -> Future.failedFuture(Failure.notFound("gone")));

        try (Conversation client = new Conversation(gateway)) {
            client.say("GET /audio/download/7 HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(client.everything()).contains("HTTP/1.1 200 OK");
        }
        assertClosed();
    }

    @Test
    void bringsAFileToReplaceARecording() {
        HttpResponse<Buffer> response = replace(part("chunk_idx", " +1 ") + file("ABC"));

        assertThat(response.bodyAsString()).isEqualTo("{}");
        assertThat(media.asked(Append.class)).containsExactly(new Append("job", 0, Buffer.buffer("ABC")));
        assertThat(elicast.asked()).containsExactly(new ReplaceVoice(7, 1, "job", "here"));
        assertClosed();
    }

    @Test
    void replacesNothingByAFileThatIsCutOff() {
        String form = part("chunk_idx", "0") + file("the beginning");

        HttpResponse<Buffer> response = replaceBy(form);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("400: Bad Request");
        assertThat(elicast.asked()).isEmpty();
        Awaitility.await()
                .until(() -> media.asked(CloseJob.class).size()
                        == media.asked(OpenJob.class).size());
    }

    @Test
    void refusesAWrongReplacement() {
        assertThat(replace(file("A")).bodyAsString()).isEqualTo("400: Bad Request");
        assertThat(replace(part("chunk_idx", "0")).bodyAsString()).isEqualTo("400: Bad Request");
        assertThat(replace(part("chunk_idx", "0.5") + file("A")).bodyAsString()).isEqualTo("400: Bad Request");
        String nameless = file("A").replace("a.webm", "");
        for (String noFile : List.of(part("voice_file", "A"), nameless)) {
            HttpResponse<Buffer> response = replace(part("chunk_idx", "0") + noFile);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.bodyAsString()).isEqualTo("voice_file -- Shoule be a file");
        }
        assertThat(elicast.asked()).isEmpty();
    }

    @Test
    void passesOnWhyARecordingIsNotReplaced() {
        elicast.on(
                ReplaceVoice.class, any -> Future.failedFuture(Failure.invalid("voice_file -- could not be decoded")));

        HttpResponse<Buffer> response = replace(part("chunk_idx", "0") + file(""));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("voice_file -- could not be decoded");
        assertClosed();
    }

    private static Future<Piece> threeBytes(Read question) {
        return Future.succeededFuture(new Piece(Buffer.buffer(question.offsetBytes() == 0 ? "ABC" : "")));
    }

    private void assertClosed() {
        Awaitility.await().until(() -> media.asked(CloseJob.class).equals(List.of(new CloseJob("job"))));
    }

    private HttpResponse<Buffer> split(String form) {
        return gateway.request(HttpMethod.POST, "/audio/split")
                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                .sendBuffer(Buffer.buffer(form))
                .await();
    }

    private HttpResponse<Buffer> replace(String parts) {
        return replaceBy(parts + "--B--\r\n");
    }

    private HttpResponse<Buffer> replaceBy(String form) {
        return gateway.request(HttpMethod.POST, "/audio/replace/7")
                .putHeader("Content-Type", "multipart/form-data; boundary=B")
                .sendBuffer(Buffer.buffer(form))
                .await();
    }

    private static String part(String name, String value) {
        return "--B\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(name, value);
    }

    private static String file(String value) {
        return "--B\r\nContent-Disposition: form-data; name=\"voice_file\"; filename=\"a.webm\"\r\n\r\n%s\r\n"
                .formatted(value);
    }

    private static String voices(String... data) {
        String prefix = "\"data:audio/webm;base64,";
        String list = "[" + prefix + String.join("\"," + prefix, data) + "\"]";
        return URLEncoder.encode(list, StandardCharsets.UTF_8);
    }
}
