package lyceum.gateway.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.AppendPieces;
import lyceum.elicast.ElicastService.CreateLesson;
import lyceum.elicast.ElicastService.DeleteLesson;
import lyceum.elicast.ElicastService.DiscardDraft;
import lyceum.elicast.ElicastService.Done;
import lyceum.elicast.ElicastService.Draft;
import lyceum.elicast.ElicastService.DraftSize;
import lyceum.elicast.ElicastService.LessonPage;
import lyceum.elicast.ElicastService.ListLessons;
import lyceum.elicast.ElicastService.ModifyLesson;
import lyceum.elicast.ElicastService.OpenDraft;
import lyceum.elicast.ElicastService.OpenLesson;
import lyceum.elicast.ElicastService.OpenedLesson;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.ElicastService.Pieces;
import lyceum.elicast.ElicastService.ReadPieces;
import lyceum.elicast.Lesson;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Conversation;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lessons over HTTP, with a service that answers as it is told. */
class LessonRoutesTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String WHOLE = "title=Loops&ots=[1.50]&voice_blobs=" + voices("QUJD", "", "!");
    private static final Lesson LESSON =
            new Lesson(7, Instant.ofEpochMilli(1_795_176_063_784L), "Loops", null, false, 3, 9, 2, 2);

    private TestGateway gateway;
    private Scripted<ElicastService> elicast;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
        elicast = new Scripted<>(gateway.vertx, ElicastService.class)
                .on(OpenDraft.class, new Draft(5))
                .on(AppendPieces.class, new Done())
                .on(DiscardDraft.class, new Done())
                .on(CreateLesson.class, LESSON)
                .on(ModifyLesson.class, LESSON)
                .on(DeleteLesson.class, new Done());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID,400,because,",
        "FORBIDDEN,403,403: Forbidden,",
        "NOT_FOUND,404,because,",
        "CONFLICT,409,because,",
        "BUSY,503,because,1",
        "UNAVAILABLE,503,because,1",
        "INTERNAL,500,500: Internal Server Error,"
    })
    void wordsFailuresOfTheServiceInPlainText(Kind kind, int status, String body, String retryAfter) {
        elicast.on(OpenLesson.class, any -> Future.failedFuture(new Failure(kind, "because")));

        HttpResponse<Buffer> response = gateway.get("/api/elicast/7").send().await();

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.bodyAsString()).isEqualTo(body);
        assertThat(response.getHeader("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.getHeader("Retry-After")).isEqualTo(retryAfter);
        assertThat(response.getHeader("ETag")).isNull();
    }

    @Test
    void tellsWhenNobodyServesLessons() {
        try (TestGateway alone = new TestGateway(Map.of())) {
            HttpResponse<Buffer> response = alone.get("/elicast").send().await();

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void listsLessonsWithoutTheirContent() {
        elicast.on(ListLessons.class, new LessonPage(List.of(LESSON)));

        assertThat(gateway.get("/elicast?page=2&count=100&teacher=Ada")
                        .send()
                        .await()
                        .bodyAsJsonObject())
                .isEqualTo(new JsonObject("{\"elicasts\":[{\"id\":7,\"created\":1795176063784,\"title\":\"Loops\","
                        + "\"teacher\":null,\"is_protected\":false}]}"));
        assertThat(elicast.asked()).containsExactly(new ListLessons("Ada", 2, 100));
    }

    @ParameterizedTest
    @CsvSource({
        "teacher=100%,100%",
        "teacher=%zz%4,%zz%4",
        "teacher=%25+%C3%BC%,% ü%",
        "teacher=a;count=0,a;count=0",
        "teacher=x&a=%&b;count=0,x"
    })
    void takesAStrayPercentAndASemicolonForThemselves(String query, String teacher) {
        elicast.on(ListLessons.class, new LessonPage(List.of()));
        String request = "GET /elicast?%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(query);

        try (Conversation client = new Conversation(gateway)) {
            client.say(request);

            assertThat(client.everything()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(elicast.asked()).containsExactly(new ListLessons(teacher, 0, 20));
    }

    @ParameterizedTest
    @CsvSource({
        "page=x&count=0,400: Bad Request",
        "page=,400: Bad Request",
        "count=1.0,400: Bad Request",
        "page=-1&count=0,page -- Invalid int format (0~)",
        "page=9223372036854775808,page -- Invalid int format (0~)",
        "count=0,count -- Invalid int format (1~100)",
        "count=101&teacher=%00,count -- Invalid int format (1~100)",
        "teacher=%00,teacher -- should be null or str format (length 1~64)"
    })
    void refusesAWrongQuery(String query, String text) {
        HttpResponse<Buffer> response = gateway.get("/elicast?" + query).send().await();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo(text);
        assertThat(elicast.asked()).isEmpty();
    }

    @Test
    void streamsALessonThatIsReadInSeveralTurns() {
        elicast.on(OpenLesson.class, new OpenedLesson(LESSON, List.of(new Piece(0, 0, true, Buffer.buffer("[1.50]")))))
                .on(ReadPieces.class, new Pieces(List.of(new Piece(2, 0, false, Buffer.buffer("ABC")))));

        HttpResponse<Buffer> response = gateway.get("/elicast/7").send().await();

        assertThat(response.bodyAsString())
                .endsWith(
                        "\"ots\":[1.50],\"voice_blobs\":[\"data:audio/webm;base64,\",\"data:audio/webm;base64,QUJD\"]}}");
        assertThat(response.getHeader("ETag")).isEqualTo("\"3\"");
        assertThat(elicast.asked(ReadPieces.class)).containsExactly(new ReadPieces(9, 0, 0));
    }

    @Test
    void hangsUpWhereTheRestOfALessonCannotBeRead() {
        elicast.on(OpenLesson.class, new OpenedLesson(LESSON, List.of(new Piece(0, 0, true, Buffer.buffer("[]")))))
                .on(ReadPieces.class, any -> Future.failedFuture(new Failure(Kind.UNAVAILABLE, "gone")));

        try (Conversation client = new Conversation(gateway)) {
            client.say("GET /elicast/7 HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(client.everything()).contains("HTTP/1.1 200 OK").doesNotContain("\r\n0\r\n\r\n");
        }
    }

    @Test
    void sendsWhatArrivesToADraftAndSavesIt() {
        HttpResponse<Buffer> response = put(WHOLE + "&teacher=");

        assertThat(response.bodyAsString()).isEqualTo("{\"elicast\":{\"id\":7}}");
        assertThat(response.getHeader("ETag")).isEqualTo("\"3\"");
        assertThat(elicast.asked(AppendPieces.class))
                .extracting(AppendPieces::pieces)
                .containsExactlyInAnyOrder(
                        List.of(new Piece(0, 0, true, Buffer.buffer("[1.50]"))),
                        List.of(new Piece(1, 0, false, Buffer.buffer("ABC"))),
                        List.of(new Piece(3, 0, true, Buffer.buffer("!"))));
        assertThat(elicast.asked(CreateLesson.class))
                .containsExactly(new CreateLesson(new DraftSize(5, 3, 3), "Loops", null));
        assertThat(elicast.asked(DiscardDraft.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title=&ots=[] | 400: Bad Request",
                "title=a&ots={}&voice_blobs= | ots -- Invliad json format",
                "title=&ots={}&voice_blobs= | title -- Invalid str format (length 1~128)",
                "title=%00&ots=[]&voice_blobs=[] | title -- Invalid str format (length 1~128)",
                "title=a&ots=[NaN]&voice_blobs=[] | ots -- Invliad json format",
                "title=a&ots=[]&voice_blobs=[1] | voice_blobs -- Invliad json format",
                "title=a&ots=[]&voice_blobs=[\"x,A\",1] | voice_blobs -- only support audio/webm",
                "title=a&ots=[]&voice_blobs=[]&teacher=%00 | teacher -- should be null or str format (length 1~64)"
            })
    void tellsTheFirstFaultAndGivesTheDraftUp(String form, String text) {
        for (HttpResponse<Buffer> response : List.of(put(form), post(form, null))) {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.bodyAsString()).isEqualTo(text);
        }
        Awaitility.await()
                .until(() -> elicast.asked(DiscardDraft.class).size()
                        == elicast.asked(OpenDraft.class).size());
        assertThat(elicast.asked(CreateLesson.class)).isEmpty();
        assertThat(elicast.asked(ModifyLesson.class)).isEmpty();
    }

    @Test
    void hasNoParametersInAnotherContentType() {
        HttpResponse<Buffer> response = gateway.request(HttpMethod.PUT, "/elicast")
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(WHOLE))
                .await();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("400: Bad Request");
    }

    @Test
    void savesNothingOfAFormThatIsCutOff() {
        String form = part("ots", "[1]") + part("voice_blobs", "[]")
                + "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nHalf a";
        HttpResponse<Buffer> response = gateway.request(HttpMethod.PUT, "/elicast")
                .putHeader("Content-Type", "multipart/form-data; boundary=B")
                .sendBuffer(Buffer.buffer(form))
                .await();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("400: Bad Request");
        assertThat(elicast.asked(CreateLesson.class)).isEmpty();
        assertDiscarded();
    }

    @Test
    void savesNothingOfAFormWithAnEncodedPart() {
        String form = part("ots", "[1]") + part("voice_blobs", "[]")
                + part("title", "TG9vcHM=").replace("\r\n\r\n", "\r\nContent-Transfer-Encoding: base64\r\n\r\n")
                + "--B--";
        HttpResponse<Buffer> response = gateway.request(HttpMethod.PUT, "/elicast")
                .putHeader("Content-Type", "multipart/form-data; boundary=B")
                .sendBuffer(Buffer.buffer(form))
                .await();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("400: Bad Request");
        assertThat(elicast.asked(CreateLesson.class)).isEmpty();
        assertDiscarded();
    }

    private static String part(String name, String value) {
        return "--B\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(name, value);
    }

    @Test
    void givesTheDraftUpWhereAPieceIsLost() {
        elicast.on(AppendPieces.class, any -> Future.failedFuture(new Failure(Kind.UNAVAILABLE, "lost")));

        HttpResponse<Buffer> response = put(WHOLE);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.bodyAsString()).isEqualTo("lost");
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertDiscarded();
    }

    @Test
    void givesTheDraftUpWhereItIsNotSaved() {
        elicast.on(CreateLesson.class, any -> Future.failedFuture(new Failure(Kind.INTERNAL, "secret")));

        HttpResponse<Buffer> response = put(WHOLE);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.bodyAsString()).isEqualTo("500: Internal Server Error");
        assertDiscarded();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"3\"' | 3",
                "* | 0",
                "W/\"3\" | -1",
                "3 | -1",
                "'\"03\"' | -1",
                "'W/\"3\", \"x\", \"1\"' | 1",
                "'' | 0"
            })
    void changesOnlyTheVersionThatIsMeant(String condition, long version) {
        post(WHOLE, condition);
        delete(condition);

        assertThat(elicast.asked(ModifyLesson.class))
                .extracting(ModifyLesson::expectedVersion)
                .containsExactly(version);
        assertThat(elicast.asked(DeleteLesson.class)).containsExactly(new DeleteLesson(7, version));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'\"1\", \"22\"' | 200", "'\"22\",\"x\" , \"23\"' | 200", "'\"1\", \"3\"' | 412"})
    void changesALessonOfAnyVersionThatIsListed(String condition, int status) {
        Failure changed = new Failure(Kind.CONFLICT, "elicast -- Changed meanwhile");
        elicast.on(
                        ModifyLesson.class,
                        order -> order.expectedVersion() == 22
                                ? Future.succeededFuture(LESSON)
                                : Future.failedFuture(changed))
                .on(
                        DeleteLesson.class,
                        order -> order.expectedVersion() == 22
                                ? Future.succeededFuture(new Done())
                                : Future.failedFuture(changed));

        assertThat(post(WHOLE, condition).statusCode()).isEqualTo(status);
        assertThat(delete(condition).statusCode()).isEqualTo(status);
    }

    @Test
    void tellsThatTheVersionIsAnotherOne() {
        Failure changed = new Failure(Kind.CONFLICT, "elicast -- Changed meanwhile");
        elicast.on(ModifyLesson.class, any -> Future.failedFuture(changed))
                .on(DeleteLesson.class, any -> Future.failedFuture(changed));

        for (HttpResponse<Buffer> response : List.of(post(WHOLE, "\"1\""), delete("\"1\""))) {
            assertThat(response.statusCode()).isEqualTo(412);
            assertThat(response.bodyAsString()).isEqualTo("elicast -- Changed meanwhile");
            assertThat(response.getHeader("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        }
        assertDiscarded();
    }

    @Test
    void knowsNothingOfAnIdBeyondAllIds() {
        elicast.on(OpenLesson.class, any -> Future.failedFuture(Failure.notFound("elicast -- Not exist")));

        assertThat(gateway.get("/elicast/99999999999999999999").send().await().bodyAsString())
                .isEqualTo("elicast -- Not exist");
        assertThat(elicast.asked()).containsExactly(new OpenLesson(Long.MAX_VALUE));
    }

    private void assertDiscarded() {
        Awaitility.await().until(() -> elicast.asked(DiscardDraft.class).equals(List.of(new DiscardDraft(5))));
    }

    private HttpResponse<Buffer> put(String form) {
        return gateway.request(HttpMethod.PUT, "/elicast")
                .putHeader("Content-Type", FORM)
                .sendBuffer(Buffer.buffer(form))
                .await();
    }

    /** @param condition value of If-Match, null for none */
    private HttpResponse<Buffer> post(String form, String condition) {
        var request = gateway.request(HttpMethod.POST, "/elicast/7").putHeader("Content-Type", FORM);
        if (condition != null) {
            request.putHeader("If-Match", condition);
        }
        return request.sendBuffer(Buffer.buffer(form)).await();
    }

    private HttpResponse<Buffer> delete(String condition) {
        return gateway.request(HttpMethod.DELETE, "/elicast/7")
                .putHeader("If-Match", condition)
                .send()
                .await();
    }

    private static String voices(String... data) {
        String prefix = "\"data:audio/webm;base64,";
        String list = "[" + prefix + String.join("\"," + prefix, data) + "\"]";
        return URLEncoder.encode(list, StandardCharsets.UTF_8);
    }
}
