package lyceum.gateway.recording;

import static lyceum.gateway.recording.RecordingFixture.SESSION;
import static lyceum.gateway.recording.RecordingFixture.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.gateway.OnLoop;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingService.OpenReplay;
import lyceum.stream.ReplaySession;
import lyceum.stream.ReplaySession.CloseReplay;
import lyceum.stream.ReplaySession.Progress;
import lyceum.stream.ReplaySession.ReadReplay;
import lyceum.stream.ReplaySession.ReplayEvent;
import lyceum.stream.StreamService.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays over a WebSocket, with sessions that answer as they are told. */
class ReplayRoutesTest {

    private static final ReplayEvent PROGRESS = new ReplayEvent(
            ReplaySession.Kind.PROGRESS,
            new Progress(Map.of("main", 5L), List.of("main"), Map.of("main", 0.4), Map.of("main", 0.2)));
    private static final ReplayEvent LAST = new ReplayEvent(
            ReplaySession.Kind.LAST, new Progress(Map.of(), List.of(), Map.of("main", 0.4), Map.of("main", 0.4)));
    private static final ReplayEvent NOTHING = new ReplayEvent(ReplaySession.Kind.NOTHING, null);
    private static final ReplayEvent STOPPED = new ReplayEvent(ReplaySession.Kind.STOPPED, null);

    private final Deque<Future<ReplayEvent>> events = new ConcurrentLinkedDeque<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Promise<WebSocket> closed = Promise.promise();

    private RecordingFixture fixture;
    private WebSocketClient client;

    @BeforeEach
    void start() {
        fixture = new RecordingFixture();
        client = fixture.gateway.vertx.createWebSocketClient();
        fixture.recordings.on(OpenReplay.class, SESSION);
        fixture.replaying
                .on(CloseReplay.class, new Done())
                .on(
                        ReadReplay.class,
                        question -> events.isEmpty()
                                ? Promise.<ReplayEvent>promise().future()
                                : events.remove());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void tellsHowFarItIsUntilItIsDone() {
        tell(NOTHING, PROGRESS, PROGRESS, LAST);
        watch("rec_id=rec1");

        WebSocket socket = closed.future().await();
        assertThat(socket.closeStatusCode()).isEqualTo((short) 1000);
        assertThat(heard)
                .map(JsonObject::new)
                .containsExactly(
                        json(
                                "{'updates':{'main':5},'active':['main'],'durations':{'main':0.4},'current':{'main':0.2}}"),
                        json(
                                "{'updates':{'main':5},'active':['main'],'durations':{'main':0.4},'current':{'main':0.2}}"),
                        json("{'updates':{},'active':[],'durations':{'main':0.4},'current':{'main':0.4}}"));
        await().until(() -> !fixture.replaying.asked(CloseReplay.class).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rec_id=r | main | '' | false | 1000",
                "rec_id=r&sid=main%2Beye&prefix=rq:&interval=0.3 | main,eye | rq: | false | 300",
                "rec_id=r&sid=a+b&fullspeed=True&interval=0 | a b | '' | true | 0",
                "rec_id=x&rec_id=r&fullspeed=1&interval=86400 | main | '' | true | 86400000"
            })
    void opensWhatTheQuerySays(String query, String streams, String prefix, boolean isFullSpeed, long interval) {
        tell(LAST);
        watch(query);

        closed.future().await();
        assertThat(fixture.recordings.asked(OpenReplay.class))
                .containsExactly(new OpenReplay("r", List.of(streams.split(",")), prefix, isFullSpeed, interval));
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, 1008, no stream zz in recording r",
        "INVALID, 1008, it is broken",
        "BUSY, 1013, too many",
        "UNAVAILABLE, 1013, no answer"
    })
    void closesWithTheReasonWhatCannotBe(Kind kind, int code, String reason) {
        fixture.recordings.on(OpenReplay.class, order -> failing(kind, reason));
        watch("rec_id=r");

        assertClosed(code, reason);
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, 1012, no such session (any more)",
        "INVALID, 1008, it is broken",
        "UNAVAILABLE, 1013, no answer"
    })
    void closesWithTheReasonWhatEndsEarly(Kind kind, int code, String reason) {
        tell(PROGRESS);
        events.add(failing(kind, reason));
        watch("rec_id=r");

        assertClosed(code, reason);
        assertThat(heard).hasSize(1);
    }

    @Test
    void closesWhatFailsForNoGoodReason() {
        fixture.recordings.on(OpenReplay.class, order -> Future.failedFuture(new IllegalStateException("secret")));
        watch("rec_id=r");

        WebSocket socket = closed.future().await();
        assertThat(socket.closeStatusCode()).isEqualTo((short) 1011);
        assertThat(socket.closeReason()).doesNotContain("secret");
    }

    @Test
    void tellsOfARestart() {
        tell(STOPPED);
        watch("rec_id=r");

        assertThat(closed.future().await().closeStatusCode()).isEqualTo((short) 1012);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sid=main",
                "rec_id=",
                "rec_id=../x",
                "rec_id=r&sid=",
                "rec_id=r&sid=a%2B%2Bb",
                "rec_id=r&sid=id&prefix=recording:",
                "rec_id=r&prefix=lyceum:"
            })
    void closesWhereANameIsNone(String query) {
        watch(query);

        assertThat(closed.future().await().closeStatusCode()).isEqualTo((short) 1008);
        assertThat(fixture.recordings.asked()).isEmpty();
    }

    @Test
    void cutsALongReason() {
        fixture.recordings.on(OpenReplay.class, order -> failing(Kind.NOT_FOUND, "é".repeat(200)));
        watch("rec_id=r");

        WebSocket socket = closed.future().await();
        assertThat(socket.closeStatusCode()).isEqualTo((short) 1008);
        assertThat(socket.closeReason().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(100, 123);
    }

    @Test
    void endsTheReplayOfAClientThatLeaves() {
        tell(PROGRESS);
        WebSocket socket = watch("rec_id=r");
        await().until(() -> heard.size() == 1);

        socket.close().await();

        await().until(() -> fixture.replaying.asked(CloseReplay.class).size() == 1);
        assertThat(fixture.replaying.asked(CloseReplay.class)).containsExactly(new CloseReplay("session"));
    }

    @Test
    void endsTheReplayOfAClientThatLeftBeforeItWasOpen() {
        Promise<lyceum.stream.StreamService.OpenedSession> opened = Promise.promise();
        fixture.recordings.on(OpenReplay.class, order -> opened.future());
        WebSocket socket = watch("rec_id=r");
        await().until(() -> !fixture.recordings.asked().isEmpty());
        socket.close().await();

        opened.complete(SESSION);

        await().until(() -> !fixture.replaying.asked(CloseReplay.class).isEmpty());
        assertThat(fixture.replaying.asked(ReadReplay.class)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void doesNotListen() {
        Promise<ReplayEvent> last = Promise.promise();
        tell(PROGRESS);
        events.add(last.future());
        WebSocket socket = watch("rec_id=r");
        for (int i = 0; i < 100; i++) {
            socket.writeTextMessage("hello").await();
        }
        await().until(() -> heard.size() == 1);
        assertThat(socket.isClosed()).isFalse();

        last.complete(LAST);

        assertThat(closed.future().await().closeStatusCode()).isEqualTo((short) 1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rec_id=r&interval=x",
                "rec_id=r&interval=-1",
                "rec_id=r&interval=86401",
                "rec_id=r&fullspeed=maybe"
            })
    void refusesTheHandshakeOfAWrongQuery(String query) {
        assertThatThrownBy(() -> watch(query))
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        refused -> assertThat(refused.getStatus()).isIn(403, 422));
        assertThat(fixture.recordings.asked()).isEmpty();
    }

    @Test
    void refusesTheHandshakeWithoutAToken() {
        assertThatThrownBy(() -> connect("/recordings/replay?rec_id=r"))
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        refused -> assertThat(refused.getStatus()).isEqualTo(401));
    }

    @Test
    void hasNoTwinWithASlash() {
        assertThatThrownBy(() -> connect("/recordings/replay/?rec_id=r&token=" + fixture.token))
                .isInstanceOf(UpgradeRejectedException.class);
    }

    private void tell(ReplayEvent... all) {
        for (ReplayEvent event : all) {
            events.add(Future.succeededFuture(event));
        }
    }

    private WebSocket watch(String query) {
        return connect("/recordings/replay?" + query + "&token=" + fixture.token);
    }

    private WebSocket connect(String uri) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(fixture.gateway.port())
                .setURI(uri);
        ClientWebSocket socket = client.webSocket();
        socket.textMessageHandler(heard::add).closeHandler(end -> closed.tryComplete(socket));
        return OnLoop.await(fixture.gateway.vertx, () -> socket.connect(options));
    }

    private void assertClosed(int code, String reason) {
        WebSocket socket = closed.future().await();
        assertThat(socket.closeStatusCode()).isEqualTo((short) code);
        assertThat(socket.closeReason()).isEqualTo(reason);
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
