package lyceum.sandbox.internal;

import static lyceum.sandbox.internal.FakeSandbox.run;
import static lyceum.sandbox.internal.RunsTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Settings;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService.OpenSession;
import lyceum.sandbox.SandboxService.OpenedSession;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession;
import lyceum.sandbox.SandboxSession.ReadSession;
import lyceum.sandbox.SandboxSession.ResizeSession;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions on one context, as the bus would ask them; one program at once, two sessions, and leases that are short. */
class SessionsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Window WINDOW = new Window(24, 80);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final FakeCells cells = new FakeCells();

    private Runs runs;
    private Sessions sessions;

    @BeforeEach
    void start() {
        make(LONG);
    }

    @AfterEach
    void stop() {
        on(() -> {
                    sessions.close();
                    return runs.close();
                })
                .await();
        vertx.close().await();
        assertThat(cells.open()).isZero();
    }

    @Test
    void tellsWhatAProgramDoesAsItHappens() {
        String id = open("print hello\ncomplain oh\nexit 3");

        assertThat(read(id).kind()).isEqualTo(SandboxSession.Kind.STARTED);
        assertThat(read(id)).isEqualTo(written(Stage.RUN, Stream.STDOUT, "hello\n"));
        assertThat(read(id)).isEqualTo(written(Stage.RUN, Stream.STDERR, "oh\n"));
        assertThat(read(id)).satisfies(end -> {
            assertThat(end.kind()).isEqualTo(SandboxSession.Kind.ENDED);
            assertThat(end.outcome().verdict()).isEqualTo(Verdict.RUNTIME_ERROR);
            assertThat(end.outcome().exitCode()).isEqualTo(3);
            assertThat(end.outcome().stdout().bytes().length()).isZero();
        });
    }

    @Test
    void forgetsASessionWhoseEndWasRead() {
        String id = open("exit 0");
        readAll(id);

        assertFails(reading(id), Kind.NOT_FOUND, "no such session, or its program is over");
        assertFails(writing(id, "x", false), Kind.NOT_FOUND, "no such session, or its program is over");
    }

    @Test
    void tellsWhichStageSpeaks() {
        String id = open(run("c", "", Priority.INTERACTIVE, "compiled", "print two", "print one"), null);

        List<SessionEvent> events = readAll(id);

        assertThat(events)
                .extracting(SessionEvent::kind)
                .containsExactly(
                        SandboxSession.Kind.STARTED,
                        SandboxSession.Kind.WRITTEN,
                        SandboxSession.Kind.STARTED,
                        SandboxSession.Kind.WRITTEN,
                        SandboxSession.Kind.ENDED);
        assertThat(events)
                .extracting(SessionEvent::stage)
                .containsExactly(Stage.COMPILE, Stage.COMPILE, Stage.RUN, Stage.RUN, null);
    }

    @Test
    void doesNotLetTheProgramGoOnWhileNobodyTakesWhatItWrote() {
        String id = open(run("talker", "print one\nexit 0"), null);
        Awaitility.await().until(() -> cells.open() == 1);
        assertThat(read(id).kind()).isEqualTo(SandboxSession.Kind.STARTED);
        Future<LiveRun> again = begin(run("talker", "exit 0"));
        assertFails(again, Kind.CONFLICT, "a run of that id is not over");

        assertThat(read(id).bytes()).hasToString("one\n");
        assertThat(read(id).kind()).isEqualTo(SandboxSession.Kind.ENDED);
    }

    @Test
    void cutsWhatIsTooLongForOneEvent() {
        String id = open("fill 150000");

        List<SessionEvent> events = readAll(id);

        assertThat(events).extracting(event -> event.bytes().length()).containsExactly(0, 65_536, 65_536, 18_928, 0);
    }

    @Test
    void givesTheProgramWhatIsWritten() {
        String id = open("echo\nprint over");
        writing(id, "ping", false).await();
        read(id);
        assertThat(read(id).bytes()).hasToString("ping");

        writing(id, "pong", true).await();

        assertThat(readAll(id)).extracting(event -> event.bytes().toString()).containsExactly("pong", "over\n", "");
    }

    @Test
    void keepsWhatIsWrittenBeforeTheProgramBegins() {
        open(run("first", "hang"), null);
        String second = open("echo");
        Future<?> one = writing(second, "one ", false);
        Future<?> two = writing(second, "two", true);
        assertThat(one.isComplete()).isFalse();

        cancel("first");

        one.await();
        two.await();
        assertThat(readAll(second))
                .extracting(event -> event.bytes().toString())
                .containsExactly("", "one ", "two", "");
    }

    @Test
    void refusesInputBehindItsEnd() {
        String id = open("hang");
        writing(id, "", true).await();

        assertFails(writing(id, "x", false), Kind.CONFLICT, "the input has ended already");
    }

    @Test
    void refusesTooMuchAtOnce() {
        String id = open("hang");

        assertFails(writing(id, "x".repeat(65_537), false), Kind.INVALID, "more than 64 KiB at once");
        writing(id, "x".repeat(65_536), false).await();
    }

    @Test
    void refusesMoreThanItAnswers() {
        open("hang");
        String waiting = open("hang");
        for (int i = 0; i < LiveSession.MOST_UNANSWERED; i++) {
            writing(waiting, "x", false);
        }

        assertFails(writing(waiting, "x", false), Kind.BUSY, "too much is unanswered");
    }

    @Test
    void failsWhatIsWrittenToAProgramThatNeverBegins() {
        open("hang");
        String waiting = open(run("second", "hang"), null);
        Future<?> written = writing(waiting, "x", false);

        cancel("second");

        assertFails(written, Kind.NOT_FOUND, "no such session, or its program is over");
        assertThat(read(waiting).outcome().verdict()).isEqualTo(Verdict.CANCELLED);
    }

    @Test
    void sendsSignalsAndSizes() {
        String id = open(run("tty", "listen\nlisten"), WINDOW);
        on(() -> sessions.signalSession(new SignalSession(id, 2))).await();
        on(() -> sessions.resizeSession(new ResizeSession(id, new Window(50, 132))))
                .await();

        assertThat(readAll(id))
                .extracting(event -> event.bytes().toString())
                .containsExactly("", "signal 2\n", "size 50 x 132\n", "");
    }

    @Test
    void refusesSignalsAndSizesThatAreNone() {
        String id = open("hang");

        for (int number : List.of(0, -1, 65)) {
            assertFails(
                    on(() -> sessions.signalSession(new SignalSession(id, number))),
                    Kind.INVALID,
                    "signals are 1 to 64");
        }
        for (Window window : List.of(new Window(0, 80), new Window(24, 65_536))) {
            String text = "rows and columns of a terminal are 1 to 65535";
            assertFails(on(() -> sessions.resizeSession(new ResizeSession(id, window))), Kind.INVALID, text);
            assertFails(on(() -> sessions.open(new OpenSession(run("t", ""), window))), Kind.INVALID, text);
        }
        assertFails(
                on(() -> sessions.resizeSession(new ResizeSession(id, WINDOW))),
                Kind.INVALID,
                "the program has no terminal");
    }

    @Test
    void refusesASecondQuestion() {
        String id = open("hang");
        read(id);
        Future<SessionEvent> first = reading(id);

        assertFails(reading(id), Kind.CONFLICT, "another question waits for the next event");
        assertThat(first.isComplete()).isFalse();
    }

    @Test
    void tellsThatNothingHappensSoThatTheReaderShowsItIsAlive() {
        make(SHORT);
        String id = open("hang");
        read(id);

        for (int i = 0; i < 4; i++) {
            assertThat(read(id).kind()).isEqualTo(SandboxSession.Kind.NOTHING);
        }
        assertThat(cells.open()).isEqualTo(1);
    }

    @Test
    void killsAProgramThatNobodyReads() {
        make(SHORT);
        String id = open("hang");

        Awaitility.await().until(() -> cells.begun().size() == 1 && cells.open() == 0);

        assertFails(reading(id), Kind.NOT_FOUND, "no such session, or its program is over");
    }

    @Test
    void killsAProgramWhoseOutputNobodyTakes() {
        make(SHORT);
        open("fill 1000000\nhang");

        Awaitility.await().until(() -> cells.begun().size() == 1 && cells.open() == 0);
    }

    @Test
    void forgetsAnEndThatNobodyReads() {
        make(SHORT);
        open("fill 0");
        open("fill 0");
        assertFails(
                on(() -> sessions.open(new OpenSession(run("third", ""), null))),
                Kind.BUSY,
                "too many sessions are open");

        Awaitility.await()
                .ignoreExceptions()
                .until(() -> on(() -> sessions.open(new OpenSession(run("later", "fill 0"), null)))
                        .await()
                        .instance()
                        .equals("here"));
    }

    @Test
    void leavesRoomForOthersThanOneCaller() {
        open(run("first", "ada", Priority.INTERACTIVE, "hang"), null);

        assertFails(
                on(() -> sessions.open(new OpenSession(run("second", "ada", Priority.INTERACTIVE, "hang"), null))),
                Kind.BUSY,
                "too many sessions of this caller are open");
        open(run("other", "bob", Priority.INTERACTIVE, "hang"), null);
        cancel("other");
        cancel("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"print unread\nhang", "print unread\nexit 0", "exit 0"})
    void leavesRoomBehindWhereOneWasCancelledBeforeItWasRead(String script) {
        String left = open(run("left", "ada", Priority.INTERACTIVE, script), null);
        read(left);
        cancel("left");

        String next = Awaitility.await()
                .until(
                        () -> on(() -> sessions.open(
                                        new OpenSession(run("next", "ada", Priority.INTERACTIVE, "exit 0"), null)))
                                .map(OpenedSession::id)
                                .otherwise("")
                                .await(),
                        id -> !id.isEmpty());

        assertThat(readAll(next)).isNotEmpty();
        assertFails(reading(left), Kind.NOT_FOUND, "no such session, or its program is over");
    }

    @Test
    void isBoundedByTheQueueLikeARun() {
        open("hang");
        begin(run("waits", "hang")).await();

        assertFails(
                on(() -> sessions.open(new OpenSession(run("late", "hang"), null))),
                Kind.BUSY,
                "too many runs are waiting already");
        cancel("waits");
        open("hang");
    }

    @Test
    void refusesWhatARunWouldBeRefused() {
        Run unknown = run("u", "", Priority.INTERACTIVE, "unknown", "");
        assertFails(on(() -> sessions.open(new OpenSession(unknown, null))), Kind.NOT_FOUND, "no such language");
        open(run("twice", "hang"), null);

        assertFails(
                on(() -> sessions.open(new OpenSession(run("twice", ""), null))),
                Kind.CONFLICT,
                "a run of that id is not over");
    }

    @Test
    void tellsTheReaderThatItsRunWasCancelled() {
        String id = open(run("mine", "hang"), null);
        read(id);
        Future<SessionEvent> next = reading(id);

        cancel("mine");

        assertThat(next.await().outcome().verdict()).isEqualTo(Verdict.CANCELLED);
    }

    @Test
    void failsTheReaderWhenTheCellIsLost() {
        String id = open("print before\nbreak");
        read(id);
        read(id);

        assertFails(reading(id), Kind.UNAVAILABLE, "the sandbox was lost");
        assertFails(reading(id), Kind.NOT_FOUND, "no such session, or its program is over");
    }

    @Test
    void tellsTheReaderOfItsEndWhenItIsStopped() {
        String id = open("print unread\nhang");
        read(id);

        on(() -> {
                    sessions.close();
                    return runs.close();
                })
                .await();

        assertThat(read(id).outcome().verdict()).isEqualTo(Verdict.CANCELLED);
    }

    private void make(Duration lease) {
        SandboxConfig config = SandboxConfig.from(
                new Settings(Map.of("LYCEUM_SANDBOX_CONCURRENCY", "1", "LYCEUM_SANDBOX_QUEUE", "1")));
        RunMetrics metrics = new RunMetrics(new SimpleMeterRegistry(), config);
        runs = new Runs(vertx, config, cells, new FakeLanguages(), metrics);
        sessions = new Sessions(vertx, runs, "here", 2, 1, lease);
    }

    private String open(String script) {
        return open(run("run" + System.nanoTime(), script), null);
    }

    private String open(Run run, Window terminal) {
        return on(() -> sessions.open(new OpenSession(run, terminal))).await().id();
    }

    private Future<LiveRun> begin(Run run) {
        return on(() -> runs.begin(LiveRun.Order.waitedFor(run)));
    }

    private void cancel(String runId) {
        context.runOnContext(now -> sessions.cancel(runId));
    }

    private Future<SessionEvent> reading(String id) {
        return on(() -> sessions.readSession(new ReadSession(id)));
    }

    private SessionEvent read(String id) {
        return reading(id).await();
    }

    private List<SessionEvent> readAll(String id) {
        List<SessionEvent> events = new ArrayList<>();
        do {
            events.add(read(id));
        } while (events.get(events.size() - 1).kind() != SandboxSession.Kind.ENDED);
        return events;
    }

    private Future<?> writing(String id, String text, boolean end) {
        return on(() -> sessions.writeSession(new WriteSession(id, Buffer.buffer(text), end)));
    }

    private static SessionEvent written(Stage stage, Stream stream, String text) {
        return new SessionEvent(SandboxSession.Kind.WRITTEN, stage, stream, Buffer.buffer(text), null);
    }

    private <T> Future<T> on(Supplier<Future<T>> question) {
        Promise<T> answer = Promise.promise();
        context.runOnContext(now -> question.get().onComplete(answer));
        return answer.future();
    }
}
