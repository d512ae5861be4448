package lyceum.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import lyceum.gateway.GatewayRouter;
import lyceum.gateway.TestGateway;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Admission;
import lyceum.gateway.access.JwtSecret;
import lyceum.gateway.access.Tenures;
import lyceum.gateway.access.Tokens;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.Conversation;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Bus;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Done;
import lyceum.sandbox.SandboxService.OpenSession;
import lyceum.sandbox.SandboxService.OpenedSession;
import lyceum.sandbox.SandboxSession.Stage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a session waits for a client, with a gateway that has little patience. */
class SandboxPatienceTest {

    private static final String START = "{'type':'start','language':'python3'}";

    private final Vertx vertx = Vertx.vertx();
    private Scripted<SandboxService> sandbox;
    private ScriptedSession program;

    @BeforeEach
    void start() {
        sandbox = new Scripted<>(vertx, SandboxService.class)
                .on(OpenSession.class, new OpenedSession("7", ScriptedSession.INSTANCE));
        program = new ScriptedSession(vertx);
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private int listen(Duration startLimit, Duration pingInterval) {
        SandboxRoutesConfig config =
                new SandboxRoutesConfig(1_000, 1, 10, Duration.ofMinutes(1), startLimit, pingInterval);
        Tokens tokens = new Tokens(vertx, JwtSecret.of(TestGateway.SECRET, "test"), Clock.systemUTC());
        SandboxAccess access = SandboxAccess.over(new Bus(vertx, Duration.ofSeconds(5)), config.runTimeout());
        Routes routes = new SandboxSessionRoutes(
                access,
                new Access(tokens, Admission.OPEN, Admission.OPEN, Admission.OPEN, TestGateway.TRAIL, new Tenures()),
                config);
        return vertx.createHttpServer()
                .requestHandler(GatewayRouter.of(vertx, List.of(routes)))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private SandboxVisitor visit(Duration startLimit, Duration pingInterval) {
        return new SandboxVisitor(vertx, listen(startLimit, pingInterval));
    }

    @Test
    void doesNotWaitForeverForAStart() {
        try (SandboxVisitor visitor = visit(Duration.ofMillis(50), Duration.ofMinutes(1))) {
            assertThat(visitor.message(0)).isEqualTo(new JsonObject("""
                    {"type":"error","status":408,"title":"Request Timeout","detail":"nothing was started"}"""));
            assertThat(visitor.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void keepsASessionWhoseClientIsThere() {
        // So long that a slow machine gets its answers and the start through in time.
        try (SandboxVisitor visitor = visit(Duration.ofMillis(1_500), Duration.ofMillis(800))) {
            visitor.say(START);
            Awaitility.await()
                    .during(Duration.ofMillis(2_500))
                    .until(() -> visitor.heard().isEmpty());
            program.starts(Stage.RUN);

            assertThat(visitor.message(0).getString("type")).isEqualTo("started");
        }
    }

    @Test
    void endsASessionWhoseClientDoesNotAnswer() {
        int port = listen(Duration.ofMinutes(1), Duration.ofMillis(100));
        try (Conversation client = new Conversation(vertx, port)) {
            client.say("GET /sandbox/sessions HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Authorization: Bearer " + TestGateway.token(vertx, "ada") + "\r\n\r\n");

            client.hear("HTTP/1.1 101 Switching Protocols");
            client.hear("{\"type\":\"error\",\"status\":408,\"title\":\"Request Timeout\","
                    + "\"detail\":\"a ping was not answered\"}");
        }
    }

    @Test
    void doesNotAskForASignOfLifeOfAClientThatIsStopped() {
        Promise<Done> taken = Promise.promise();
        program.taking(taken::future);
        try (SandboxVisitor visitor = visit(Duration.ofMinutes(1), Duration.ofMillis(1_500))) {
            visitor.say(START);
            String message = "{\"type\":\"input\",\"data\":\"%s\"}".formatted("x".repeat(60_000));
            for (int i = 0; i < 60; i++) {
                visitor.socket.writeTextMessage(message);
            }
            Awaitility.await()
                    .during(Duration.ofMillis(3_500))
                    .until(() -> visitor.heard().isEmpty());
            taken.complete(new Done());

            Awaitility.await().until(() -> program.heard().size() == 60);
        }
    }
}
