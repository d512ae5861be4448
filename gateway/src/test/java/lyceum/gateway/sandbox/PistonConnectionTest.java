package lyceum.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lyceum.gateway.OnLoop;
import lyceum.gateway.TestGateway;
import lyceum.gateway.access.Caller;
import lyceum.gateway.access.JwtSecret;
import lyceum.gateway.access.Tokens;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.LogLines;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Done;
import lyceum.sandbox.SandboxService.ListLanguages;
import lyceum.sandbox.SandboxService.OpenSession;
import lyceum.sandbox.SandboxService.OpenedSession;
import lyceum.sandbox.SandboxSession;
import lyceum.sandbox.SandboxSession.ReadSession;
import lyceum.sandbox.SandboxSession.SessionEvent;
import lyceum.sandbox.SandboxSession.SignalSession;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SandboxSession.WriteSession;
import lyceum.sandbox.Verdict;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client of Piston that watches its job, and a sandbox whose events a test tells one by one. */
class PistonConnectionTest {

    private static final String INIT =
            "{'type':'init','language':'python','version':'*','files':[{'content':'x'}],'stdin':'unused'}";

    private final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Promise<SessionEvent>> readers = new LinkedBlockingQueue<>();
    private final Promise<Void> closed = Promise.promise();
    private TestGateway gateway;
    private Scripted<SandboxService> sandbox;
    private Scripted<SandboxSession> session;
    private WebSocketClient client;
    private ClientWebSocket socket;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
        sandbox = new Scripted<>(gateway.vertx, SandboxService.class)
                .on(ListLanguages.class, SandboxExamples.LANGUAGES)
                .on(OpenSession.class, new OpenedSession("session", "there"));
        session = new Scripted<>(gateway.vertx, SandboxSession.class, "there")
                .on(ReadSession.class, this::read)
                .on(WriteSession.class, new Done())
                .on(SignalSession.class, new Done());
        new Bus(gateway.vertx, Duration.ofSeconds(5))
                .listen(SandboxService.CANCEL, cancellation -> cancelled.add(cancellation.id()))
                .await();
        client = gateway.vertx.createWebSocketClient();
        socket = client.webSocket();
        socket.textMessageHandler(text -> heard.add(new JsonObject(text))).closeHandler(closed::complete);
        connect(socket, token());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Future<SessionEvent> read(ReadSession question) {
        Promise<SessionEvent> reader = Promise.promise();
        readers.add(reader);
        return reader.future();
    }

    @Test
    void tellsTheStoryOfAJob() throws InterruptedException {
        say(INIT);
        happens(started(Stage.RUN));
        happens(written(Stream.STDOUT, "out"));
        happens(written(Stream.STDERR, "err"));
        happens(new SessionEvent(SandboxSession.Kind.NOTHING, null, null, Buffer.buffer(), null));
        happens(ended(SandboxExamples.outcome(Verdict.RUNTIME_ERROR, 3, 0, "", "")));

        assertClosed(4999, "Job Completed");
        assertHeard(
                "{'type':'runtime','language':'python','version':'3.11.2'}",
                "{'type':'stage','stage':'run'}",
                "{'type':'data','stream':'stdout','data':'out'}",
                "{'type':'data','stream':'stderr','data':'err'}",
                "{'type':'exit','stage':'run','code':3,'signal':null}");
        assertThat(sandbox.asked(OpenSession.class)).singleElement().satisfies(order -> {
            assertThat(order.terminal()).isNull();
            assertThat(order.run().caller()).isEqualTo("ada");
            assertThat(order.run().stdin().length()).isZero();
        });
        assertThat(cancelled).isEmpty();
    }

    @Test
    void tellsOfTheCompilerFirst() throws InterruptedException {
        say(INIT.replace("python", "c"));
        happens(started(Stage.COMPILE));
        happens(written(Stream.STDOUT, "warning"));
        happens(started(Stage.RUN));
        happens(ended(SandboxExamples.outcome(Verdict.TIME_LIMIT, 137, 9, "", "")));

        assertClosed(4999, "Job Completed");
        assertHeard(
                "{'type':'runtime','language':'c','version':'12.2.0'}",
                "{'type':'stage','stage':'compile'}",
                "{'type':'data','stream':'stderr','data':'warning'}",
                "{'type':'exit','stage':'compile','code':0,'signal':null}",
                "{'type':'stage','stage':'run'}",
                "{'type':'exit','stage':'run','code':null,'signal':'SIGKILL'}");
    }

    @Test
    void tellsThatNothingCouldBeCompiled() throws InterruptedException {
        say(INIT.replace("python", "c"));
        happens(started(Stage.COMPILE));
        happens(ended(SandboxExamples.uncompiled(Verdict.RUNTIME_ERROR, 1, "")));

        assertClosed(4999, "Job Completed");
        assertThat(heard.get(2).encode())
                .isEqualTo("{\"type\":\"exit\",\"stage\":\"compile\",\"code\":1,\"signal\":null}");
    }

    @Test
    void joinsCharactersThatComeInPieces() throws InterruptedException {
        Buffer euro = Buffer.buffer("€");
        say(INIT);
        happens(started(Stage.RUN));
        happens(written(Stream.STDOUT, euro.getBuffer(0, 1)));
        happens(written(Stream.STDERR, euro.getBuffer(0, 2)));
        happens(written(Stream.STDOUT, euro.getBuffer(1, 3)));
        happens(ended(SandboxExamples.accepted("")));

        assertClosed(4999, "Job Completed");
        assertThat(heard.subList(2, 4))
                .containsExactly(
                        json("{'type':'data','stream':'stdout','data':'€'}"),
                        json("{'type':'data','stream':'stderr','data':'\uFFFD'}"));
    }

    @Test
    void passesOnWhatIsTypedInOrder() throws InterruptedException {
        say(INIT);
        say("{'type':'data','stream':'stdin','data':'one\\n'}");
        say("{'type':'data','stream':'stdin','data':'é'}");
        happens(started(Stage.RUN));

        Awaitility.await().until(() -> session.asked(WriteSession.class).size() == 2);
        assertThat(session.asked(WriteSession.class))
                .containsExactly(
                        new WriteSession("session", Buffer.buffer("one\n"), false),
                        new WriteSession("session", Buffer.buffer("é"), false));
    }

    @Test
    void passesOnMuchInPieces() throws InterruptedException {
        say(INIT);
        happens(started(Stage.RUN));
        say(new JsonObject()
                .put("type", "data")
                .put("stream", "stdin")
                .put("data", "x".repeat(150_000))
                .encode());

        Awaitility.await().until(() -> session.asked(WriteSession.class).size() == 3);
        assertThat(session.asked(WriteSession.class))
                .extracting(order -> order.bytes().length())
                .containsExactly(65_536, 65_536, 18_928);
    }

    @Test
    void hearsNothingMoreWhileTheProgramHasNoRoom() throws InterruptedException {
        Promise<Done> room = Promise.promise();
        session.on(WriteSession.class, any -> room.future());
        say(INIT);
        happens(started(Stage.RUN));
        say("{'type':'data','stream':'stdin','data':'one'}");
        say("{'type':'data','stream':'stdin','data':'two'}");

        Awaitility.await().until(() -> session.asked(WriteSession.class).size() == 1);
        Awaitility.await()
                .during(Duration.ofMillis(200))
                .until(() -> session.asked(WriteSession.class).size() == 1);
        room.complete(new Done());

        Awaitility.await().until(() -> session.asked(WriteSession.class).size() == 2);
    }

    @Test
    void readsNothingMoreThanTheClientTakes() throws InterruptedException {
        say(INIT);
        happens(started(Stage.RUN));
        socket.pause();
        String much = "x".repeat(60_000);
        int told = 0;
        Promise<SessionEvent> reader = readers.poll(30, TimeUnit.SECONDS);
        while (reader != null && told < 2_000) {
            reader.complete(written(Stream.STDOUT, much));
            told++;
            reader = readers.poll(1, TimeUnit.SECONDS);
        }

        assertThat(told).isLessThan(2_000);
        int all = told;
        socket.resume();
        Awaitility.await()
                .until(() -> heard.stream()
                                .filter(message -> message.containsKey("data"))
                                .count()
                        == all);
    }

    @Test
    void passesOnASignal() throws InterruptedException {
        say(INIT);
        happens(started(Stage.RUN));
        say("{'type':'signal','signal':'SIGINT'}");

        Awaitility.await()
                .until(() -> session.asked(SignalSession.class).equals(List.of(new SignalSession("session", 2))));
    }

    @Test
    void hearsNothingMoreUntilASignalHasArrived() throws InterruptedException {
        Promise<Done> begun = Promise.promise();
        session.on(SignalSession.class, any -> begun.future());
        say(INIT);
        happens(started(Stage.RUN));
        for (int i = 0; i < 100; i++) {
            say("{'type':'signal','signal':'SIGINT'}");
        }

        Awaitility.await().until(() -> session.asked(SignalSession.class).size() == 1);
        Awaitility.await()
                .during(Duration.ofMillis(200))
                .until(() -> session.asked(SignalSession.class).size() == 1);
        begun.complete(new Done());

        Awaitility.await().until(() -> session.asked(SignalSession.class).size() == 100);
        happens(ended(SandboxExamples.accepted("")));
        assertClosed(4999, "Job Completed");
    }

    @Test
    void takesBytesForText() throws InterruptedException {
        socket.writeBinaryMessage(Buffer.buffer(INIT.replace('\'', '"'))).await();
        happens(ended(SandboxExamples.accepted("")));

        assertClosed(4999, "Job Completed");
    }

    @Test
    void tellsThatAMessageIsTooLong() throws InterruptedException {
        say(INIT);
        happens(started(Stage.RUN));
        Awaitility.await().until(() -> heard.size() == 2);
        say(new JsonObject()
                .put("type", "data")
                .put("stream", "stdin")
                .put("data", "x".repeat(SandboxSocket.MESSAGE_BYTES))
                .encode());

        assertClosed(4002, "Notified Error");
        assertThat(heard.get(2)).isEqualTo(json("{'type':'error','message':'the message has more than 262144 bytes'}"));
        assertThat(session.asked(WriteSession.class)).isEmpty();
        Awaitility.await().until(() -> cancelled.equals(List.of(runId())));
    }

    @Test
    void passesOverWhatComesTooLate() throws InterruptedException {
        Failure gone = new Failure(Kind.NOT_FOUND, "session -- Not exist");
        session.on(WriteSession.class, any -> Future.failedFuture(gone))
                .on(SignalSession.class, any -> Future.failedFuture(gone));
        say(INIT);
        happens(started(Stage.RUN));
        say("{'type':'data','stream':'stdin','data':'late'}");
        say("{'type':'signal','signal':'SIGINT'}");
        Awaitility.await().until(() -> session.asked(SignalSession.class).size() == 1);
        happens(ended(SandboxExamples.accepted("")));

        assertClosed(4999, "Job Completed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'data','stream':'stdin','data':'x'}   | 4003 | Not yet initialized",
                "{'type':'signal','signal':'SIGINT'}           | 4003 | Not yet initialized",
                "{'type':'signal','signal':'x'}                | 4003 | Not yet initialized"
            })
    void asksForInitFirst(String message, int code, String reason) {
        say(message);

        assertClosed(code, reason);
        assertThat(heard).isEmpty();
        assertThat(cancelled).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'init'}                                | 4000 | Already Initialized",
                "{'type':'data','stream':'stdout','data':'x'}   | 4004 | Can only write to stdin",
                "{'type':'data','data':'x'}                     | 4004 | Can only write to stdin",
                "{'type':'signal','signal':'SIGNOTHING'}        | 4005 | Invalid signal",
                "{'type':'signal','signal':9}                   | 4005 | Invalid signal"
            })
    void hangsUpOnWhatCannotBe(String message, int code, String reason) throws InterruptedException {
        say(INIT);
        happens(started(Stage.RUN));
        say(message);

        assertClosed(code, reason);
        Awaitility.await().until(() -> cancelled.equals(List.of(runId())));
    }

    @Test
    void passesOverMessagesOfAnUnknownType() throws InterruptedException {
        say("{'type':'hello'}");
        say("{}");
        say(INIT);
        happens(ended(SandboxExamples.accepted("")));

        assertClosed(4999, "Job Completed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'init'} | language is required as a string",
                "{'type':'init','language':'cobol','version':'*','files':[]} | cobol-* runtime is unknown",
                "no json | the message is not a JSON object",
                "[] | the message is not a JSON object",
                "null | the message is not a JSON object"
            })
    void tellsWhatIsWrongAndHangsUp(String message, String text) {
        say(message);

        assertClosed(4002, "Notified Error");
        assertThat(heard).containsExactly(new JsonObject().put("type", "error").put("message", text));
        assertThat(sandbox.asked(OpenSession.class)).isEmpty();
        assertThat(cancelled).isEmpty();
    }

    @Test
    void tellsOneErrorOnly() {
        socket.writeTextMessage("no json");
        socket.writeTextMessage("no json either");

        assertClosed(4002, "Notified Error");
        assertThat(heard).hasSize(1);
    }

    @Test
    void tellsWhatTheSandboxRefuses() {
        sandbox.on(OpenSession.class, any -> Future.failedFuture(new Failure(Kind.BUSY, "the queue is full")));

        say(INIT);

        assertClosed(4002, "Notified Error");
        assertHeard("{'type':'error','message':'the queue is full'}");
    }

    @Test
    void tellsThatTheSandboxWasLost() throws InterruptedException {
        say(INIT);
        happens(started(Stage.RUN));
        readers.take().fail(new Failure(Kind.NOT_FOUND, "session -- Not exist"));

        assertClosed(4002, "Notified Error");
        assertThat(heard.get(2)).isEqualTo(json("{'type':'error','message':'session -- Not exist'}"));
    }

    @Test
    void tellsNothingOfTheInsideWhereThereIsADefect() throws InterruptedException {
        try (LogLines log = LogLines.of(Bus.class)) {
            say(INIT);
            happens(started(Stage.RUN));
            readers.take().fail(new IllegalStateException("a secret of the house"));

            assertClosed(4002, "Notified Error");
            assertThat(heard.get(2)).isEqualTo(json("{'type':'error','message':'internal error'}"));
            assertThat(log.events()).hasSize(1);
        }
    }

    @Test
    void hangsUpOnWhoSaysNothing() {
        assertClosed(4001, "Initialization Timeout");
        assertThat(heard).isEmpty();
    }

    @Test
    void leavesTimeToWhoHasBegun() throws InterruptedException {
        Promise<OpenedSession> queued = Promise.promise();
        sandbox.on(OpenSession.class, any -> queued.future());
        say(INIT);

        Awaitility.await().during(Duration.ofMillis(1_300)).until(() -> !socket.isClosed());
        queued.complete(new OpenedSession("session", "there"));
        happens(ended(SandboxExamples.accepted("")));

        assertClosed(4999, "Job Completed");
    }

    @Test
    void killsARunWhoseClientGoesAway() throws InterruptedException {
        say(INIT);
        happens(started(Stage.RUN));
        Awaitility.await().until(() -> heard.size() == 2);
        assertThat(cancelled).isEmpty();

        socket.close().await();

        Awaitility.await().until(() -> cancelled.equals(List.of(runId())));
    }

    @Test
    void killsARunWhoseClientWentAwayBeforeItBegan() {
        Promise<OpenedSession> queued = Promise.promise();
        sandbox.on(OpenSession.class, any -> queued.future());
        say(INIT);
        Awaitility.await().until(() -> sandbox.asked(OpenSession.class).size() == 1);
        client.close().await();
        Awaitility.await().until(() -> cancelled.size() == 1);

        queued.complete(new OpenedSession("session", "there"));

        Awaitility.await().until(() -> cancelled.equals(List.of(runId(), runId())));
    }

    @Test
    void asksForAToken() {
        assertThatThrownBy(() -> connect(client.webSocket(), "wrong"))
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        rejected -> assertThat(rejected.getStatus()).isEqualTo(401));
    }

    private void connect(ClientWebSocket socket, String token) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(gateway.port())
                .setURI("/piston/api/v2/connect")
                .addHeader("Authorization", "Bearer " + token);
        OnLoop.await(gateway.vertx, () -> socket.connect(options));
    }

    private String token() {
        return new Tokens(gateway.vertx, JwtSecret.of(TestGateway.SECRET, "test"), Clock.systemUTC())
                .issue(new Caller("ada", List.of()));
    }

    private String runId() {
        return sandbox.asked(OpenSession.class).get(0).run().id();
    }

    private void say(String message) {
        socket.writeTextMessage(message.replace('\'', '"')).await();
    }

    /** Tells the next event to the one who asks for it. */
    private void happens(SessionEvent event) throws InterruptedException {
        readers.take().complete(event);
    }

    private static SessionEvent started(Stage stage) {
        return new SessionEvent(SandboxSession.Kind.STARTED, stage, null, Buffer.buffer(), null);
    }

    private static SessionEvent written(Stream stream, String text) {
        return written(stream, Buffer.buffer(text));
    }

    private static SessionEvent written(Stream stream, Buffer bytes) {
        return new SessionEvent(SandboxSession.Kind.WRITTEN, Stage.RUN, stream, bytes, null);
    }

    private static SessionEvent ended(Outcome outcome) {
        return new SessionEvent(SandboxSession.Kind.ENDED, null, null, Buffer.buffer(), outcome);
    }

    private void assertClosed(int code, String reason) {
        closed.future().await();
        assertThat((int) socket.closeStatusCode()).isEqualTo(code);
        assertThat(socket.closeReason()).isEqualTo(reason);
    }

    private void assertHeard(String... messages) {
        assertThat(new JsonArray(heard))
                .isEqualTo(new JsonArray(List.of(messages).stream()
                        .map(PistonConnectionTest::json)
                        .toList()));
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
