package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.account.AccountService.FindAccount;
import lyceum.account.AccountService.PutAccount;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.LessonPage;
import lyceum.elicast.ElicastService.ListLessons;
import lyceum.elicast.ElicastService.RunCode;
import lyceum.elicast.ElicastService.RunResult;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Conversation;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Failure;
import lyceum.platform.LogLines;
import lyceum.platform.RequestId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with tokens of another issuer, some of which wait until its keys are there. */
class IssuerAdmissionTest {

    private TestIssuer issuer;
    private TestGateway gateway;
    private Scripted<ElicastService> elicast;

    @BeforeEach
    void start() {
        issuer = new TestIssuer();
        Map<String, String> settings = new HashMap<>(issuer.settings());
        settings.put("LYCEUM_AUTH_ELICAST", "required");
        gateway = new TestGateway(settings);
        elicast = new Scripted<>(gateway.vertx, ElicastService.class)
                .on(RunCode.class, new RunResult(1, "", 0))
                .on(ListLessons.class, new LessonPage(List.of()));
        Awaitility.await().until(() -> issuer.asked() == 1);
    }

    @AfterEach
    void stop() {
        gateway.close();
        issuer.close();
    }

    @Test
    void areAdmittedWithTheRolesThatTheTokenSays() {
        issuer.publish();

        assertThat(list(issuer.token("ada")).statusCode()).isEqualTo(200);
        assertThat(account(issuer.token("ada", "teacher")).statusCode()).isEqualTo(403);
        assertThat(account(issuer.token("ada", "admin")).statusCode()).isEqualTo(404);
        assertThat(gateway.accounts.asked(FindAccount.class)).hasSize(1);
        assertThat(issuer.asked()).isEqualTo(1);
    }

    @Test
    void areAdmittedBesideThoseWithTokensOfOurs() {
        assertThat(list(TestGateway.token(gateway.vertx, "ada")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1 << 16, 5 << 20})
    void loseNothingOfTheirBodyWhileTheyWait(int bytes) {
        String code = "x".repeat(bytes);
        Future<HttpResponse<Buffer>> waiting = gateway.request(HttpMethod.POST, "/code/run")
                .bearerTokenAuthentication(issuer.token("ada"))
                .sendForm(MultiMap.caseInsensitiveMultiMap().add("code", code));
        assertWaits(waiting);

        issuer.publish();

        assertThat(waiting.await().statusCode()).isEqualTo(200);
        assertThat(elicast.asked(RunCode.class)).extracting(RunCode::code).containsExactly(Buffer.buffer(code));
    }

    @Test
    void loseNothingOfAJsonBodyEither() {
        Future<HttpResponse<Buffer>> waiting = gateway.request(HttpMethod.PUT, "/accounts/ada")
                .bearerTokenAuthentication(issuer.token("root", "admin"))
                .sendJsonObject(new JsonObject().put("disabled", true));
        assertWaits(waiting);

        issuer.publish();
        waiting.await();

        assertThat(gateway.accounts.asked(PutAccount.class))
                .containsExactly(new PutAccount("root", "ada", null, List.of(), true));
    }

    @Test
    void becomeWebSocketsWhenTheyHaveWaited() {
        WebSocketClient client = gateway.vertx.createWebSocketClient();
        Future<WebSocket> waiting = client.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(gateway.port())
                .setURI("/sandbox/sessions?token=" + issuer.token("ada")));
        assertWaits(waiting);

        issuer.publish();

        assertThat(waiting.await().isClosed()).isFalse();
        client.close().await();
    }

    @Test
    void keepTheirOwnIdsWhenTheyHaveWaited() {
        List<Future<HttpResponse<Buffer>>> waiting = Stream.of("first", "second")
                .map(id -> gateway.get("/accounts/" + id)
                        .putHeader("X-Request-Id", id)
                        .bearerTokenAuthentication(issuer.token("root", "admin"))
                        .send())
                .toList();
        waiting.forEach(IssuerAdmissionTest::assertWaits);
        Map<String, String> ids = new HashMap<>();
        gateway.accounts.on(FindAccount.class, question -> {
            ids.put(question.name(), RequestId.current());
            return Future.failedFuture(Failure.notFound("no such account"));
        });

        issuer.publish();

        assertThat(waiting)
                .allSatisfy(answer -> assertThat(answer.await().statusCode()).isEqualTo(404));
        assertThat(ids).isEqualTo(Map.of("first", "first", "second", "second"));
    }

    @Test
    void areForgottenWhereNobodyWaitsAnyMore() {
        try (Conversation client = new Conversation(gateway)) {
            client.say("GET /elicast HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                    .formatted(issuer.token("ada")));
            assertWaits(gateway.get("/elicast")
                    .bearerTokenAuthentication(issuer.token("eve"))
                    .send());
        }
        Awaitility.await()
                .during(Duration.ofMillis(200))
                .until(() -> elicast.asked().isEmpty());

        issuer.publish();

        Awaitility.await().until(() -> !elicast.asked().isEmpty());
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .until(() -> elicast.asked().size() == 1);
    }

    @Test
    void areRefusedWithATokenThatTheIssuerDidNotSign() {
        SigningKey forged = SigningKey.ec("k", "ES256");
        Future<HttpResponse<Buffer>> waiting = gateway.request(HttpMethod.POST, "/code/run")
                .bearerTokenAuthentication(issuer.sign(forged, "ada"))
                .sendForm(MultiMap.caseInsensitiveMultiMap().add("code", "x".repeat(1 << 20)));
        assertWaits(waiting);

        issuer.publish();

        HttpResponse<Buffer> response = waiting.await();
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.bodyAsString()).isEqualTo("401: Unauthorized");
        assertThat(elicast.asked()).isEmpty();
    }

    @Test
    void causeNoStormWithKeysThatNobodyKnows() {
        issuer.publish();
        assertThat(list(issuer.token("ada")).statusCode()).isEqualTo(200);

        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            SigningKey unknown = new SigningKey("junk " + i, "ES256", issuer.key.pair());
            assertThat(list(issuer.sign(unknown, "ada")).statusCode()).isEqualTo(401);
        }

        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertThat(issuer.asked()).isLessThanOrEqualTo(2 + (int) taken.dividedBy(Duration.ofSeconds(10)));
    }

    @Test
    void areAskedToComeBackWhileTheKeysAreOutOfReach() {
        try (LogLines log = LogLines.of(IssuerKeys.class)) {
            Future<HttpResponse<Buffer>> waiting = gateway.get("/elicast")
                    .bearerTokenAuthentication(issuer.token("ada"))
                    .send();
            assertWaits(waiting);

            issuer.breakDown();

            HttpResponse<Buffer> response = waiting.await();
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.getHeader("Retry-After")).isEqualTo("1");
            assertThat(response.bodyAsString())
                    .isEqualTo("the keys of the token's issuer are out of reach for the moment");
            assertThat(log.events()).hasSize(1);
        }
    }

    @Test
    void areAdmittedWhileTheIssuerIsGone() {
        issuer.publish();
        assertThat(list(issuer.token("ada")).statusCode()).isEqualTo(200);

        issuer.leave().await();

        assertThat(list(issuer.token("eve")).statusCode()).isEqualTo(200);
    }

    private HttpResponse<Buffer> list(String token) {
        return gateway.get("/elicast").bearerTokenAuthentication(token).send().await();
    }

    private HttpResponse<Buffer> account(String token) {
        return gateway.get("/accounts/x")
                .bearerTokenAuthentication(token)
                .send()
                .await();
    }

    private static void assertWaits(Future<?> answer) {
        Awaitility.await().during(Duration.ofMillis(200)).until(() -> !answer.isComplete());
    }
}
