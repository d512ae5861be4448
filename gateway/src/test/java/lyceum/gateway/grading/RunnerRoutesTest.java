package lyceum.gateway.grading;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lyceum.account.Role;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.grading.RunnerService;
import lyceum.grading.RunnerService.Action;
import lyceum.grading.RunnerService.ListWaiting;
import lyceum.grading.RunnerService.RunnerAnswer;
import lyceum.grading.RunnerService.RunnerCall;
import lyceum.grading.RunnerService.Waiting;
import lyceum.grading.RunnerService.WaitingList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of runners on their way through the gateway (contracts/grading.md, section 1). */
@TestInstance(Lifecycle.PER_CLASS)
class RunnerRoutesTest {

    private static final int LARGEST_BODY = 10_485_760;

    /** Half of LYCEUM_GRADING_RUNNER_HELD_LIMIT. */
    private static final int SHARE_OF_AN_ADDRESS = 16 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private TestGateway gateway;
    private Scripted<RunnerService> runners;

    @BeforeAll
    void start() {
        gateway = new TestGateway(Map.of());
        runners = new Scripted<>(gateway.vertx, RunnerService.class)
                .on(RunnerCall.class, new RunnerAnswer(200, "text/html; charset=utf-8", Buffer.buffer("OK")));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private RunnerCall lastCall() {
        List<RunnerCall> calls = runners.asked(RunnerCall.class);
        return calls.get(calls.size() - 1);
    }

    private HttpResponse<Buffer> post(String path, Buffer body) {
        return send(path, body).await();
    }

    private Future<HttpResponse<Buffer>> send(String path, Buffer body) {
        return gateway.request(HttpMethod.POST, path)
                .putHeader("Content-Type", "application/octet-stream")
                .sendBuffer(body);
    }

    @ParameterizedTest
    @CsvSource({"start,START", "report,REPORT", "proclog,PROCLOG"})
    void handsOnWhatIsSentAsItIs(String name, Action action) {
        HttpResponse<Buffer> response =
                post("/api/handin/" + name + "/%C3%A9-1/?x=1", Buffer.buffer(new byte[] {0, 1}));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(response.bodyAsString()).isEqualTo("OK");
        assertThat(lastCall())
                .isEqualTo(new RunnerCall(
                        action,
                        "é-1",
                        "/handin/" + name + "/%C3%A9-1/",
                        "application/octet-stream",
                        Buffer.buffer(new byte[] {0, 1}),
                        "127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Application/Octet-Stream", "application/octet-stream; charset=utf-8", "text/plain"})
    void keepsTheContentTypeAsItWasSent(String type) {
        gateway.request(HttpMethod.POST, "/handin/start/x/")
                .putHeader("Content-Type", type)
                .sendBuffer(Buffer.buffer("x"))
                .await();

        assertThat(lastCall().contentType()).isEqualTo(type);
    }

    @Test
    void tellsThatThereIsNoContentType() {
        gateway.request(HttpMethod.POST, "/handin/start/x/").send().await();

        assertThat(lastCall().contentType()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/handin/start/abc,301",
        "POST,/api/handin/report/abc,301",
        "POST,/api/handin/proclog/abc,301",
        "GET,/api/handin/start/abc/,405",
        "PUT,/api/handin/report/abc/,405",
        "POST,/api/handin/stop/abc/,404",
        "POST,/api/handin/start//,404",
        "POST,/api/handin/start/abc//,404",
        "POST,/api/handin//start/abc/,404",
        "POST,/api//handin/start/abc/,404",
        "GET,/api/myip//,404",
        "POST,/api/handin/start/a%2Fb/,404",
        "POST,/api/handin/start/a%2fb,404",
        "POST,/api/handin/start/a/b/,404",
        "GET,/api/myip,301",
        "HEAD,/api/myip,301",
        "POST,/api/myip,404",
        "POST,/api/myip/,405"
    })
    void findsOnlyWhatTheOriginalDoes(String method, String path, int status) {
        HttpRequest<Buffer> request =
                gateway.request(HttpMethod.valueOf(method), path).followRedirects(false);

        HttpResponse<Buffer> response = request.send().await();

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.getHeader("Location")).isEqualTo(status == 301 ? path + "/" : null);
    }

    @Test
    void tellsThePeerItsAddressWhateverItSaysOfItself() {
        HttpResponse<Buffer> response = gateway.get("/api/myip/")
                .putHeader("X-Forwarded-For", "203.0.113.7")
                .send()
                .await();

        assertThat(response.bodyAsString()).isEqualTo("127.0.0.1");
        assertThat(response.getHeader("Content-Type")).isEqualTo("text/plain");
        HttpResponse<Buffer> head =
                gateway.request(HttpMethod.HEAD, "/api/myip/").send().await();
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isNull();
    }

    @Test
    void tellsAPeerItsAddressOfIPv6AsPeopleWriteIt() {
        try (TestGateway there = new TestGateway(Map.of("LYCEUM_HTTP_HOST", "::1"))) {
            assertThat(there.get("/api/myip/")
                            .host("::1")
                            .virtualHost("localhost")
                            .send()
                            .await()
                            .bodyAsString())
                    .isEqualTo("::1");
        }
    }

    @Test
    void takesBodiesUpToTenMebibytes() {
        assertThat(post("/api/handin/report/x/", Buffer.buffer(new byte[LARGEST_BODY]))
                        .statusCode())
                .isEqualTo(200);
        assertThat(lastCall().body().length()).isEqualTo(LARGEST_BODY);
        assertThat(post("/api/handin/report/x/", Buffer.buffer(new byte[LARGEST_BODY + 1]))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void holdsNoMoreBodiesThanThereIsRoomFor() {
        Promise<RunnerAnswer> later = Promise.promise();
        RunnerAnswer ok = new RunnerAnswer(200, "text/html; charset=utf-8", Buffer.buffer("OK"));
        runners.on(RunnerCall.class, call -> later.future());
        int asked = runners.asked(RunnerCall.class).size();
        List<Future<HttpResponse<Buffer>>> waiting = IntStream.range(0, 2)
                .mapToObj(i -> send("/api/handin/report/x/", Buffer.buffer(new byte[SHARE_OF_AN_ADDRESS / 2])))
                .toList();
        Awaitility.await().until(() -> runners.asked(RunnerCall.class).size() >= asked + 2);
        assertThat(send("/api/handin/report/x/", Buffer.buffer("x")).await().statusCode())
                .isEqualTo(503);

        later.complete(ok);

        waiting.forEach(answer -> assertThat(answer.await().statusCode()).isEqualTo(200));
        runners.on(RunnerCall.class, ok);
        assertThat(post("/api/handin/report/x/", Buffer.buffer("x")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesNoRoomForWhatIsAnnouncedAndDoesNotCome() {
        List<NetSocket> silent = IntStream.range(0, 5)
                .mapToObj(i -> begin("application/octet-stream", LARGEST_BODY))
                .toList();

        silent.forEach(socket -> socket.write("x").await());
        Awaitility.await().atMost(PATIENCE).until(() -> held() >= silent.size());

        assertThat(post("/api/handin/report/x/", Buffer.buffer("x")).statusCode())
                .isEqualTo(200);

        silent.forEach(socket -> socket.close().await());
    }

    @Test
    void readsNothingThatIsNoEnvelope() {
        NetSocket socket = begin("text/plain", LARGEST_BODY);
        Buffer heard = Buffer.buffer();
        socket.handler(heard::appendBuffer).resume();

        Awaitility.await().atMost(PATIENCE).until(() -> heard.toString().startsWith("HTTP/1.1 200 OK"));

        assertThat(lastCall().body()).isEqualTo(Buffer.buffer());
        socket.close().await();
    }

    private double held() {
        return gateway.meters.get("lyceum.gateway.runners.held").gauge().value();
    }

    /** A call whose body does not come, and whose answer is kept until the socket is resumed. */
    private NetSocket begin(String type, int bytes) {
        NetSocket socket = gateway.vertx
                .createNetClient()
                .connect(gateway.port(), "127.0.0.1")
                .await();
        socket.pause();
        socket.write("POST /api/handin/report/x/ HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(type, bytes))
                .await();
        return socket;
    }

    @Test
    void listsWhatWaitsToTeachersOnly() {
        Instant noon = Instant.parse("2026-11-28T12:00:00Z");
        runners.on(
                ListWaiting.class,
                question -> Future.succeededFuture(new WaitingList(List.of(
                        new Waiting(
                                "1",
                                "h",
                                "python",
                                noon,
                                "a.zip",
                                Buffer.buffer(new byte[] {(byte) 0xfb, (byte) 0xff, (byte) 0xfe, 0}),
                                1),
                        new Waiting("2", "h", "netapi", noon, null, Buffer.buffer("http://x/"), 2)))));

        assertThat(waiting("/grading/runner/waiting", Role.STUDENT).statusCode())
                .isEqualTo(403);
        JsonObject list = waiting("/grading/runner/waiting?count=7", Role.ADMIN).bodyAsJsonObject();

        assertThat(list.getJsonArray("handIns").getJsonObject(0))
                .isEqualTo(
                        new JsonObject(
                                "{\"id\":\"1\",\"homework\":\"h\",\"package\":\"python\","
                                        + "\"createdAt\":\"2026-11-28T12:00:00Z\",\"attempt\":1,\"fileName\":\"a.zip\",\"archive\":\"+//+AA==\"}"));
        assertThat(list.getJsonArray("handIns").getJsonObject(1).getString("text"))
                .isEqualTo("http://x/");
        assertThat(runners.asked(ListWaiting.class)).containsExactly(new ListWaiting(7));
    }

    private HttpResponse<Buffer> waiting(String path, Role role) {
        return gateway.get(path)
                .bearerTokenAuthentication(TestGateway.token(gateway.vertx, "eve", role))
                .send()
                .await();
    }
}
