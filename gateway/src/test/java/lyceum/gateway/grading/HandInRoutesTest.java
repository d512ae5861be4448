package lyceum.gateway.grading;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.multipart.MultipartForm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lyceum.account.Role;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.grading.HandIn;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInDetail.ShownPartial;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.CancelHandIn;
import lyceum.grading.HandInService.ClearHandIns;
import lyceum.grading.HandInService.Cleared;
import lyceum.grading.HandInService.Content;
import lyceum.grading.HandInService.CreateHandIn;
import lyceum.grading.HandInService.FindHandIn;
import lyceum.grading.HandInService.FindOpening;
import lyceum.grading.HandInService.HandInPage;
import lyceum.grading.HandInService.ListHandIns;
import lyceum.grading.HandInService.Opening;
import lyceum.grading.HandInService.RerunHandIn;
import lyceum.grading.HandInService.ScoreTable;
import lyceum.grading.HandInService.StudentScore;
import lyceum.grading.HandInService.TabulateScores;
import lyceum.grading.HandInState;
import lyceum.grading.Viewer;
import lyceum.platform.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hand-ins and scores over HTTP. */
@TestInstance(Lifecycle.PER_CLASS)
class HandInRoutesTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final int MOST_BYTES = 256 << 10;

    static final HandIn PENDING = new HandIn(
            ID,
            "ada",
            "h",
            "python",
            Instant.parse("2026-11-28T12:00:00Z"),
            HandInState.PENDING,
            0.5,
            null,
            null,
            null,
            1,
            3);

    private TestGateway gateway;
    private Scripted<HandInService> handIns;

    @BeforeAll
    void start() {
        gateway = new TestGateway(Map.of());
        handIns = new Scripted<>(gateway.vertx, HandInService.class)
                .on(CreateHandIn.class, PENDING)
                .on(FindOpening.class, new Opening(1));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path, Role... roles) {
        return gateway.request(method, path).bearerTokenAuthentication(TestGateway.token(gateway.vertx, "ada", roles));
    }

    private HttpResponse<Buffer> get(String path, Role... roles) {
        return request(HttpMethod.GET, path, roles).send().await();
    }

    private <Q extends Record> Q last(Class<Q> question) {
        List<Q> asked = handIns.asked(question);
        return asked.get(asked.size() - 1);
    }

    private HttpResponse<Buffer> handIn(MultipartForm form, Role... roles) {
        return request(HttpMethod.POST, "/api/grading/homework/roman/hand-ins", roles)
                .sendMultipartForm(form)
                .await();
    }

    private static MultipartForm archive(Buffer content) {
        return MultipartForm.create()
                .attribute("package", "python")
                .binaryFileUpload("anything", "home/answer.zip", content, "application/zip");
    }

    @Test
    void handsInAnArchiveAndTellsWhereItIs() {
        Buffer content = Buffer.buffer(new byte[MOST_BYTES]);

        HttpResponse<Buffer> response = handIn(archive(content));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.getHeader("Location")).isEqualTo("/api/grading/hand-ins/" + ID);
        assertThat(response.bodyAsJsonObject())
                .isEqualTo(new JsonObject(
                        "{'id':'%s','student':'ada','homework':'h','package':'python','createdAt':'2026-11-28T12:00:00Z','state':'Pending','scale':0.5,'score':null,'finalScore':null,'result':null,'attempt':1,'queuePosition':3}"
                                .formatted(ID)
                                .replace('\'', '"')));
        CreateHandIn order = last(CreateHandIn.class);
        assertThat(order.begun()).isBeforeOrEqualTo(Instant.now());
        assertThat(order)
                .isEqualTo(new CreateHandIn("ada", false, "roman", "python", "answer.zip", content, order.begun()));
    }

    @Test
    void beginsNoEarlierThanTwoMinutesBeforeItIsThere() {
        Instant begun = Instant.parse("2026-11-28T12:00:00Z");

        assertThat(HandInRoutes.counted(begun, begun.plusSeconds(120))).isEqualTo(begun);
        assertThat(HandInRoutes.counted(begun, begun.plusSeconds(121))).isEqualTo(begun.plusSeconds(1));
        assertThat(HandInRoutes.counted(begun, begun.plus(Duration.ofHours(5))))
                .isEqualTo(begun.plus(Duration.ofHours(5)).minusSeconds(120));
    }

    @Test
    void refusesAnArchiveThatIsTooLongWithoutStoringIt() {
        int before = handIns.asked(CreateHandIn.class).size();

        HttpResponse<Buffer> response = handIn(archive(Buffer.buffer(new byte[MOST_BYTES + 1])));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsJsonObject().getString("detail")).isEqualTo("a hand-in has at most 262144 bytes");
        assertThat(handIn(MultipartForm.create()
                                .attribute("package", "input")
                                .attribute("csv", "x".repeat(MOST_BYTES + 1)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(handIns.asked(CreateHandIn.class)).hasSize(before);
    }

    /** Nobody reads an answer before everything is said: an archive may be a few times too long, and is told so. */
    @Test
    void answersAnArchiveThatIsFarTooLong() {
        HttpResponse<Buffer> response = handIn(archive(Buffer.buffer(new byte[40 * MOST_BYTES])));

        assertThat(response.statusCode()).isEqualTo(422);
    }

    @Test
    void countsTheBytesOfATextAndNotThoseOfItsEscapes() {
        MultiMap form = MultiMap.caseInsensitiveMultiMap().add("package", "input");
        String text = "你".repeat(MOST_BYTES / 3);

        assertThat(send(form.add("csv", text)).statusCode()).isEqualTo(202);
        assertThat(last(CreateHandIn.class).content()).hasToString(text);
        assertThat(send(form.set("csv", text + "好")).statusCode()).isEqualTo(413);
    }

    private HttpResponse<Buffer> send(MultiMap form) {
        return request(HttpMethod.POST, "/grading/homework/echo/hand-ins", Role.TEACHER)
                .sendForm(form)
                .await();
    }

    @Test
    void handsInTextsAsAnyFormHasThem() {
        MultiMap form =
                MultiMap.caseInsensitiveMultiMap().add("package", "netapi").add("url", "http://é/");

        assertThat(send(form).statusCode()).isEqualTo(202);
        CreateHandIn order = last(CreateHandIn.class);
        assertThat(order.fileName()).isNull();
        assertThat(order.isTeacher()).isTrue();
        assertThat(order.content()).hasToString("http://é/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"url=http://x/", "package=python", "package=input&csv=a&url=b", "package=&csv=a"})
    void refusesAFormThatDoesNotSayOneThing(String form) {
        HttpResponse<Buffer> response = request(HttpMethod.POST, "/grading/homework/echo/hand-ins")
                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                .sendBuffer(Buffer.buffer(form))
                .await();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=\"csv\"", "name=\"file\"; filename=\"a.zip\""})
    void takesNothingOfAFormThatIsCutOff(String content) {
        int before = handIns.asked(CreateHandIn.class).size();
        String part = "--B\r\nContent-Disposition: form-data; ";
        String form = part + "name=\"package\"\r\n\r\ninput\r\n" + part + content + "\r\n\r\nhalf of it";

        HttpResponse<Buffer> response = request(HttpMethod.POST, "/grading/homework/echo/hand-ins")
                .putHeader("Content-Type", "multipart/form-data; boundary=B")
                .sendBuffer(Buffer.buffer(form))
                .await();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsJsonObject().getString("detail")).isEqualTo("the form ends before its last boundary");
        assertThat(handIns.asked(CreateHandIn.class)).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"url=http://x/", "package=python", "package=input&csv=a&url=b"})
    void tellsThatAHomeworkIsNotOpenBeforeWhatIsWrongWithAForm(String form) {
        handIns.on(
                FindOpening.class,
                question -> Future.failedFuture(new Failure(Failure.Kind.CONFLICT, question.homework() + " waits")));

        HttpResponse<Buffer> response = request(HttpMethod.POST, "/grading/homework/echo/hand-ins")
                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                .sendBuffer(Buffer.buffer(form))
                .await();

        handIns.on(FindOpening.class, new Opening(1));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.bodyAsJsonObject().getString("detail")).isEqualTo("echo waits");
    }

    @ParameterizedTest
    @CsvSource({"FORBIDDEN,403", "NOT_FOUND,404", "CONFLICT,409", "UNPROCESSABLE,422", "UNAVAILABLE,503"})
    void tellsWhatTheServiceRefuses(Failure.Kind kind, int status) {
        handIns.on(FindHandIn.class, question -> Future.failedFuture(new Failure(kind, "because")));

        HttpResponse<Buffer> response = get("/grading/hand-ins/" + ID);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.bodyAsJsonObject().getString("detail")).isEqualTo("because");
    }

    @Test
    void asksForATokenEverywhere() {
        for (String path : List.of("/grading/hand-ins", "/grading/hand-ins/x", "/grading/hand-ins/x/content")) {
            assertThat(gateway.get(path).send().await().statusCode()).isEqualTo(401);
        }
    }

    @Test
    void readsOneInTheLanguageOfItsReader() {
        handIns.on(
                FindHandIn.class,
                new HandInDetail(
                        PENDING,
                        "answer.zip",
                        null,
                        139,
                        "out",
                        null,
                        List.of(new ShownPartial("N", "T", 66.5, 0.5, null, "b", List.of("d")))));

        HttpResponse<Buffer> response = request(HttpMethod.GET, "/grading/hand-ins/" + ID)
                .putHeader("Accept-Language", "zh-CN, en;q=0.5")
                .send()
                .await();

        assertThat(last(FindHandIn.class)).isEqualTo(new FindHandIn(new Viewer("ada", false, "zh-CN, en;q=0.5"), ID));
        JsonObject json = response.bodyAsJsonObject();
        assertThat(json.getInteger("exitCode")).isEqualTo(139);
        assertThat(json.getJsonArray("partials").getJsonObject(0).encode())
                .isEqualTo(
                        "{\"name\":\"N\",\"typeName\":\"T\",\"score\":66.5,\"weight\":0.5,\"time\":null,\"brief\":\"b\",\"detail\":[\"d\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "'',1,10",
        "?page=2&perpage=5,2,5",
        "?page=x&perpage=-1,1,10",
        "?page=1&perpage=1000,1,100",
        "?page=0&perpage=0,0,10",
        "?page=-1,-1,10",
        "?page=-99999999999,-2147483647,10",
        "?page=99999999999,2147483647,10"
    })
    void listsPagesAndTakesWhatIsNoNumberForNone(String query, int page, int count) {
        handIns.on(ListHandIns.class, new HandInPage(List.of(PENDING), page, count, 1));

        JsonObject list = get("/grading/hand-ins" + query).bodyAsJsonObject();

        assertThat(last(ListHandIns.class))
                .isEqualTo(new ListHandIns(new Viewer("ada", false, null), "ada", null, page, count));
        assertThat(list.getJsonArray("handIns")).hasSize(1);
        assertThat(list.getInteger("perpage")).isEqualTo(count);
        assertThat(list.getInteger("total")).isEqualTo(1);
    }

    @Test
    void listsThoseOfOthers() {
        handIns.on(ListHandIns.class, new HandInPage(List.of(), 1, 10, 0));

        get("/grading/hand-ins?student=*&homework=roman", Role.TEACHER);
        assertThat(last(ListHandIns.class))
                .isEqualTo(new ListHandIns(new Viewer("ada", true, null), null, "roman", 1, 10));
        get("/grading/hand-ins?student=bob", Role.ADMIN);
        assertThat(last(ListHandIns.class).student()).isEqualTo("bob");
    }

    @Test
    void givesBackWhatWasHandedIn() {
        handIns.on(FindHandIn.class, new Content("né\"t.zip", "application/zip", Buffer.buffer("zip")));

        HttpResponse<Buffer> response = get("/grading/hand-ins/" + ID + "/content");

        assertThat(response.getHeader("Content-Type")).isEqualTo("application/zip");
        assertThat(response.getHeader("Content-Disposition"))
                .isEqualTo("attachment; filename=\"n__t.zip\"; filename*=UTF-8''n%C3%A9%22t.zip");
        assertThat(response.bodyAsString()).isEqualTo("zip");
    }

    @Test
    void letsTeachersGradeAgainAndClear() {
        handIns.on(RerunHandIn.class, PENDING).on(ClearHandIns.class, new Cleared(4));
        String reruns = "/grading/hand-ins/" + ID + "/reruns";

        assertThat(request(HttpMethod.POST, reruns).send().await().statusCode()).isEqualTo(403);
        assertThat(request(HttpMethod.POST, reruns, Role.TEACHER).send().await().statusCode())
                .isEqualTo(202);
        assertThat(last(RerunHandIn.class).isFullScale()).isFalse();
        request(HttpMethod.POST, reruns + "?fullscale=1", Role.TEACHER).send().await();
        assertThat(last(RerunHandIn.class).isFullScale()).isTrue();

        assertThat(request(HttpMethod.DELETE, "/grading/hand-ins")
                        .send()
                        .await()
                        .statusCode())
                .isEqualTo(403);
        assertThat(request(HttpMethod.DELETE, "/grading/hand-ins?homework=roman", Role.ADMIN)
                        .send()
                        .await()
                        .bodyAsString())
                .isEqualTo("{\"rejected\":4}");
        assertThat(last(ClearHandIns.class).homework()).isEqualTo("roman");
    }

    @Test
    void letsStudentsCancelAndTellsWhyNot() {
        handIns.on(CancelHandIn.class, PENDING);
        String cancellations = "/grading/hand-ins/" + ID + "/cancellations";

        HttpResponse<Buffer> done =
                request(HttpMethod.POST, cancellations).send().await();

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.bodyAsJsonObject().getString("id")).isEqualTo(ID);
        assertThat(last(CancelHandIn.class)).isEqualTo(new CancelHandIn(new Viewer("ada", false, null), ID));
        request(HttpMethod.POST, cancellations, Role.TEACHER).send().await();
        assertThat(last(CancelHandIn.class).viewer().isTeacher()).isTrue();

        handIns.on(CancelHandIn.class, order -> Future.failedFuture(new Failure(Failure.Kind.CONFLICT, "too late")));
        HttpResponse<Buffer> late =
                request(HttpMethod.POST, cancellations).send().await();
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(gateway.request(HttpMethod.POST, cancellations)
                        .send()
                        .await()
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "text/csv,true",
        "'text/csv;q=0.9, application/json;q=0.5',true",
        "'application/json, text/csv;q=0.9',false",
        "*/*,false",
        "text/csv;q=0,false"
    })
    void tabulatesScoresAsTheClientReadsThem(String accept, boolean isCsv) {
        handIns.on(
                TabulateScores.class,
                new ScoreTable("h", "Über", List.of(new StudentScore("ada", 95.5)), "name,score\r\nada,95.5\r\n"));

        HttpResponse<Buffer> response = request(HttpMethod.GET, "/grading/scores?homework=roman", Role.TEACHER)
                .putHeader("Accept", accept)
                .send()
                .await();

        if (isCsv) {
            assertThat(response.getHeader("Content-Type")).isEqualTo("text/csv; charset=utf-8");
            assertThat(response.getHeader("Content-Disposition")).endsWith("filename*=UTF-8''%C3%9Cber.csv");
            assertThat(response.bodyAsString()).isEqualTo("name,score\r\nada,95.5\r\n");
        } else {
            assertThat(response.bodyAsString())
                    .isEqualTo(
                            "{\"homework\":\"h\",\"title\":\"Über\",\"scores\":[{\"student\":\"ada\",\"score\":95.5}]}");
        }
    }

    @Test
    void tabulatesForTeachersAndOfOneHomework() {
        assertThat(get("/grading/scores?homework=roman").statusCode()).isEqualTo(403);
        assertThat(get("/grading/scores", Role.TEACHER).statusCode()).isEqualTo(400);
    }
}
