package lyceum.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.gateway.TestGateway;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService.Done;
import lyceum.sandbox.SandboxService.OpenSession;
import lyceum.sandbox.SandboxService.OpenedSession;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.ResizeSession;
import lyceum.sandbox.SandboxSession.SignalSession;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SandboxSession.WriteSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Talks over a WebSocket with a program that does as it is told. */
class SandboxSessionRoutesTest {

    private static final String START = "{'type':'start','language':'python3'}";

    private SandboxFixture fixture;
    private ScriptedSession program;
    private SandboxVisitor visitor;

    @BeforeEach
    void start() {
        fixture = new SandboxFixture(Map.of("LYCEUM_SANDBOX_SESSIONS", "2"));
        fixture.sandbox.on(OpenSession.class, new OpenedSession("7", ScriptedSession.INSTANCE));
        program = new ScriptedSession(fixture.gateway.vertx);
        visitor = visitor();
    }

    private SandboxVisitor visitor() {
        return new SandboxVisitor(fixture.gateway.vertx, fixture.gateway.port());
    }

    @AfterEach
    void stop() {
        visitor.close();
        fixture.close();
    }

    @Test
    void startsAnInterpreter() {
        visitor.say(START);

        OpenSession order = fixture.opened();
        Run run = order.run();
        assertThat(order.terminal()).isNull();
        assertThat(run.caller()).isEqualTo("ada");
        assertThat(run.priority()).isEqualTo(Priority.INTERACTIVE);
        assertThat(run.program().language()).isEqualTo("python3");
        assertThat(run.program().files()).isEmpty();
        assertThat(run.program().directory()).isEqualTo(Directory.OWN);
        assertThat(run.id()).hasSize(36);
    }

    @Test
    void startsAProgramInATerminal() {
        visitor.say(
                "{'type':'start','language':'c','source':'int x;','stdin':'a','terminal':{'rows':24,'columns':80}}");

        assertThat(fixture.opened().terminal()).isEqualTo(new Window(24, 80));
        assertThat(fixture.opened().run().stdin()).isEqualTo(Buffer.buffer("a"));
        assertThat(fixture.opened().run().program().files().get(0).content()).isEqualTo(Buffer.buffer("int x;"));
    }

    @Test
    void acceptsATokenInTheHeaderToo() {
        try (SandboxVisitor other = new SandboxVisitor(
                fixture.gateway.vertx,
                fixture.gateway.port(),
                "/api/sandbox/sessions",
                "Bearer " + TestGateway.token(fixture.gateway.vertx, "eve"))) {
            other.say(START);

            assertThat(fixture.opened().run().caller()).isEqualTo("eve");
        }
    }

    @Test
    void turnsAwayWhoeverHasNoToken() {
        assertThatThrownBy(() -> new SandboxVisitor(
                        fixture.gateway.vertx, fixture.gateway.port(), "/sandbox/sessions?token=x", null))
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        refused -> assertThat(refused.getStatus()).isEqualTo(401));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,Upgrade,13,a2V5",
                "h2c,Upgrade,13,a2V5",
                "websocket,-,13,a2V5",
                "websocket,Upgrade,8,a2V5",
                "websocket,Upgrade,-,a2V5",
                "websocket,Upgrade,13,-"
            })
    void asksForAWebSocketWhereThereIsNone(String upgrade, String connection, String version, String key) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Upgrade", upgrade);
        headers.put("Connection", connection);
        headers.put("Sec-WebSocket-Version", version);
        headers.put("Sec-WebSocket-Key", key);
        headers.values().removeIf(value -> value == null);
        HttpRequest<Buffer> request = fixture.request(HttpMethod.GET, "/sandbox/sessions");
        headers.forEach(request::putHeader);

        HttpResponse<Buffer> response = request.send().await();

        assertThat(response.getHeader("Upgrade")).isEqualTo("websocket");
        assertThat(response.getHeader("Sec-WebSocket-Version")).isEqualTo("13");
        assertThat(response.bodyAsJsonObject())
                .isEqualTo(SandboxFixture.problem(426, "Upgrade Required", "this is a WebSocket of version 13"));
    }

    @Test
    void tellsWhatHappensUntilTheEnd() {
        visitor.say(START);
        program.starts(Stage.COMPILE);
        program.writes(Stage.COMPILE, Stream.STDOUT, Buffer.buffer("warning"));
        program.starts(Stage.RUN);
        program.doesNothing();
        program.writes(Stage.RUN, Stream.STDERR, Buffer.buffer("\u0000é"));
        program.ends(SandboxFixture.NOT_COMPILED);

        assertThat(visitor.closeCode()).isEqualTo(1000);
        assertThat(visitor.heard()).hasSize(5);
        assertThat(visitor.heard().subList(0, 4))
                .containsExactly(
                        "{\"type\":\"started\",\"stage\":\"compile\"}",
                        "{\"type\":\"output\",\"stage\":\"compile\",\"stream\":\"stdout\",\"data\":\"warning\"}",
                        "{\"type\":\"started\",\"stage\":\"run\"}",
                        "{\"type\":\"output\",\"stage\":\"run\",\"stream\":\"stderr\",\"data\":\"\\u0000é\"}");
        assertThat(visitor.message(4))
                .isEqualTo(new JsonObject("""
                {"type":"ended","id":"%s","verdict":"compile_error","exitCode":1,"signal":0,
                 "wallTimeMillis":0,"cpuTimeMillis":0,"peakMemoryBytes":0,"queuedMillis":0,"files":[],
                 "compilation":{"verdict":"runtime_error","exitCode":1,"signal":0,
                   "wallTimeMillis":30,"cpuTimeMillis":20,"peakMemoryBytes":8192}}""".formatted(fixture.opened().run().id())));
        assertThat(fixture.cancelled).isEmpty();
    }

    @Test
    void neverCutsACharacter() {
        Buffer euro = Buffer.buffer("€");
        visitor.say(START);
        program.writes(Stage.RUN, Stream.STDOUT, euro.getBuffer(0, 2));
        program.writes(Stage.RUN, Stream.STDERR, Buffer.buffer("b"));
        program.writes(Stage.RUN, Stream.STDOUT, euro.getBuffer(2, 3));
        program.writes(Stage.RUN, Stream.STDERR, euro.getBuffer(0, 1));
        program.ends(SandboxFixture.ACCEPTED);

        visitor.closeCode();
        assertThat(visitor.heard().subList(0, 3))
                .containsExactly(
                        "{\"type\":\"output\",\"stage\":\"run\",\"stream\":\"stderr\",\"data\":\"b\"}",
                        "{\"type\":\"output\",\"stage\":\"run\",\"stream\":\"stdout\",\"data\":\"€\"}",
                        "{\"type\":\"output\",\"stage\":\"run\",\"stream\":\"stderr\",\"data\":\"\uFFFD\"}");
        assertThat(visitor.message(3).getString("type")).isEqualTo("ended");
    }

    @Test
    void tellsBytesWhereTheyAreWanted() {
        visitor.say("{'type':'start','language':'c','binary':true}");
        program.writes(Stage.RUN, Stream.STDOUT, Buffer.buffer(new byte[] {(byte) 0xE2}));

        assertThat(visitor.message(0)).isEqualTo(new JsonObject("""
                {"type":"output","stage":"run","stream":"stdout","data":"4g==","encoding":"base64"}"""));
    }

    @Test
    void passesOnWhatIsSaid() {
        visitor.say("{'type':'start','language':'c','terminal':{'rows':1,'columns':1}}");
        visitor.say("{'type':'input','data':'é\\n'}");
        visitor.say("{'type':'input','data':'ff','encoding':'hex'}");
        visitor.say("{'type':'input','data':''}");
        visitor.say("{'type':'signal','number':64}");
        visitor.say("{'type':'signal','signal':'SIGINT'}");
        visitor.say("{'type':'resize','rows':50,'columns':132}");
        visitor.say("{'type':'end'}");

        Awaitility.await().until(() -> program.heard().size() == 6);
        assertThat(program.heard())
                .containsExactly(
                        new WriteSession("7", Buffer.buffer("é\n"), false),
                        new WriteSession("7", Buffer.buffer(new byte[] {(byte) 0xFF}), false),
                        new SignalSession("7", 64),
                        new SignalSession("7", 2),
                        new ResizeSession("7", new Window(50, 132)),
                        new WriteSession("7", Buffer.buffer(), true));
    }

    @Test
    void passesLongInputOnInPieces() {
        String text = "x".repeat(200_000);
        visitor.say(START);
        visitor.say("{'type':'input','data':'" + text + "'}");

        Awaitility.await().until(() -> program.heard().size() == 4);
        assertThat(program.heard())
                .extracting(each -> ((WriteSession) each).bytes().length())
                .containsExactly(65_536, 65_536, 65_536, 3_392);
    }

    @Test
    void saysNothingToAProgramBeforeItHasTakenTheLast() {
        Promise<Done> taken = Promise.promise();
        program.taking(taken::future);
        visitor.say(START);
        visitor.say("{'type':'input','data':'1'}");
        visitor.say("{'type':'input','data':'2'}");

        Awaitility.await().until(() -> program.heard().size() == 1);
        Awaitility.await()
                .during(Duration.ofMillis(200))
                .until(() -> program.heard().size() == 1);
        taken.complete(new Done());
        Awaitility.await().until(() -> program.heard().size() == 2);
    }

    @Test
    void stopsAClientWhoseProgramDoesNotRead() {
        int messages = 300;
        Promise<Done> taken = Promise.promise();
        program.taking(taken::future);
        visitor.say(START);
        String message = "{\"type\":\"input\",\"data\":\"%s\"}".formatted("x".repeat(60_000));
        List<Future<Void>> sent = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            sent.add(visitor.socket.writeTextMessage(message));
        }

        Awaitility.await().until(() -> program.heard().size() == 1);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .until(() -> sent.stream().anyMatch(each -> !each.isComplete()));
        taken.complete(new Done());
        Awaitility.await().until(() -> program.heard().size() == messages);
    }

    @Test
    void stopsAProgramWhoseClientDoesNotRead() {
        int pieces = 400;
        visitor.say(START);
        assertThat(fixture.opened()).isNotNull();
        visitor.socket.pause();
        for (int i = 0; i < pieces; i++) {
            program.writes(Stage.RUN, Stream.STDOUT, Buffer.buffer("x".repeat(65_536)));
        }
        program.ends(SandboxFixture.ACCEPTED);

        Awaitility.await().until(() -> program.reads() > 1);
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> program.reads() < pieces);
        visitor.socket.resume();
        assertThat(visitor.closeCode()).isEqualTo(1000);
        assertThat(visitor.heard()).hasSize(pieces + 1);
    }

    @Test
    void cancelsTheRunOfAClientWhoLeaves() {
        visitor.say(START);
        assertThat(fixture.opened()).isNotNull();

        visitor.close();

        fixture.awaitCancelledSession();
    }

    @Test
    void cancelsARunThatIsOpenedWhenItsClientHasLeft() {
        Promise<OpenedSession> opening = Promise.promise();
        fixture.sandbox.on(OpenSession.class, any -> opening.future());
        visitor.say(START);
        assertThat(fixture.opened()).isNotNull();
        visitor.close();
        fixture.awaitCancelledSession();

        opening.complete(new OpenedSession("7", ScriptedSession.INSTANCE));

        Awaitility.await().until(() -> fixture.cancelled.size() == 2);
        assertThat(program.reads()).isZero();
    }

    @Test
    void cancelsNothingThatHasEnded() {
        visitor.say(START);
        program.ends(SandboxFixture.ACCEPTED);
        visitor.closeCode();

        Awaitility.await().during(Duration.ofMillis(200)).until(fixture.cancelled::isEmpty);
    }

    @Test
    void hasRoomForAFewOnly() {
        try (SandboxVisitor second = visitor();
                SandboxVisitor third = visitor()) {
            assertThat(third.message(0)).isEqualTo(error(503, "Service Unavailable", "too many sessions are open"));
            assertThat(third.closeCode()).isEqualTo(1013);
            assertThat(second.heard()).isEmpty();
        }

        Awaitility.await().untilAsserted(this::assertHasRoom);
    }

    private void assertHasRoom() {
        int before = fixture.sandbox.asked(OpenSession.class).size();
        try (SandboxVisitor other = visitor()) {
            other.say(START);
            Awaitility.await()
                    .atMost(Duration.ofMillis(500))
                    .until(() -> fixture.sandbox.asked(OpenSession.class).size() > before);
        }
    }

    @Test
    void leavesRoomBehindWhenAProgramHasEnded() {
        program.ends(SandboxFixture.ACCEPTED);
        visitor.say(START);
        visitor.closeCode();
        try (SandboxVisitor second = visitor();
                SandboxVisitor third = visitor()) {
            program.starts(Stage.RUN);
            third.say(START);

            assertThat(third.message(0).getString("type")).isEqualTo("started");
            assertThat(second.heard()).isEmpty();
        }
    }

    @Test
    void saysGoodByeWhenTheGatewayStops() {
        visitor.say(START);
        assertThat(fixture.opened()).isNotNull();

        fixture.gateway.undeploy().await();

        assertThat(visitor.closeCode()).isEqualTo(1001);
        fixture.awaitCancelledSession();
    }

    private static JsonObject error(int status, String title, String detail) {
        JsonObject error =
                new JsonObject().put("type", "error").put("status", status).put("title", title);
        return detail == null ? error : error.put("detail", detail);
    }
}
