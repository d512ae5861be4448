package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SourceFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cell believes of its nursery, for which this test speaks. */
class HostCellTest {

    private static final Task TASK = TestTasks.command("true");
    private static final String LOST = "what it cannot mean";

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<Frame> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();

    private Process process;
    private NetSocket voice;
    private CountedMeters meters;
    private Nursery nursery;
    private Future<HostCell> opened;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("cat").start();
        meters = new CountedMeters();
        Promise<NetSocket> called = Promise.promise();
        NetServer server = on(() ->
                        vertx.createNetServer().connectHandler(called::complete).listen(0, "localhost"))
                .await();
        voice = vertx.createNetClient()
                .connect(server.actualPort(), "localhost")
                .await();
        voice.handler(new Frame.Cutter(heard::add));
        NetSocket channel = called.future().await();
        Interpreter interpreter = new Interpreter(Path.of("python3"), null, "", "3");
        NurserySetup setup = new NurserySetup(interpreter, Path.of("/"), 0, List.of());
        nursery = on(() -> Future.succeededFuture(
                        new Nursery(vertx, new Birth.Child(process, channel, server), setup, meters)))
                .await();
        opened = on(() -> nursery.open(null));
        // What comes for a cell that is not there yet is heard by nobody.
        Awaitility.await().until(() -> hears('S'));
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
        nursery.death().await();
        vertx.close().await();
    }

    @Test
    void tellsHowItsProgramHasEnded() {
        Future<Cell.Exit> exit = begin(TASK);

        say('x', "[3, 0, 5, 7]");

        assertThat(exit.await().code()).isEqualTo(3);
        assertThat(exit.await().signal()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = { // what a program could let it say, if it had the socket of its cell, and more
                "x | {bad",
                "x | {}",
                "x | [0, 0, 1]",
                "x | [0, 0, 1, 1, 1]",
                "x | [0, 0, 1, null]",
                "x | ['0', '0', '1', '1']",
                "x | [-5, 0, 1, 1]",
                "x | [256, 0, 1, 1]",
                "x | [0, 99, 1, 1]",
                "x | [4294967296, 0, 1, 1]",
                "x | [0, 0, -1, 1]",
                "x | [0, 0, 1, 9223372036854775807]",
                "s | [0, 0, 1, 1]",
                "b | 0",
                "r | 1",
                "i | aaaa",
                "i | a",
                "F | [1]",
                "d | ''",
                "? | ''"
            })
    void isLostWhenItIsToldWhatCannotBe(char kind, String payload) {
        Future<Cell.Exit> exit = begin(TASK);

        say(kind, payload == null ? "" : payload.replace('\'', '"'));

        assertThatThrownBy(exit::await).hasMessageContaining(LOST);
        assertThat(opened.await().isLost()).isTrue();
        Awaitility.await().until(() -> hears('K'));
    }

    /** Whoever loses a cell asks for another one at once. */
    @Test
    void isNotOpenedInANurseryThatHasJustDied() {
        Future<HostCell> again = on(() -> opened.recover(lost -> nursery.open(null)));

        process.destroyForcibly();

        assertThatThrownBy(again::await).hasMessage("the nursery has ended");
    }

    @Test
    void isLostWhenItsProgramBeginsBeforeItWasTold() {
        say('r', pid());
        HostCell cell = opened.await();

        say('b', "0");

        Awaitility.await().until(cell::isLost);
        assertThatThrownBy(on(() -> cell.given(TASK).run(TASK.program(), new Desk()))::await)
                .hasMessageContaining("lost");
        assertThatThrownBy(on(() -> cell.collect(List.of("a"), 1))::await).hasMessageContaining("lost");
    }

    @Test
    void isCountedOnceHoweverOftenItSaysThatItWaits() {
        Future<Cell.Exit> exit = begin(TASK);
        say('r', pid());
        assertThatThrownBy(exit::await).hasMessageContaining(LOST);

        HostCell cell = opened.await();
        on(cell::close).await();

        Awaitility.await().until(() -> meters.closed.get() == 1);
        assertThat(meters.opened).hasValue(1);
        assertThat(begun).hasValue(1);
    }

    @Test
    void leavesNoCounterWhenItIsLostWhileItIsAdmitted() {
        CountDownLatch admission = new CountDownLatch(1);
        meters.admission = admission;
        voice.write(frame('r', pid()).encode().appendBuffer(frame('f', "broken").encode()))
                .await();
        Awaitility.await().until(() -> hears('K'));
        assertThat(opened.failed()).isTrue();

        admission.countDown();

        Awaitility.await().until(() -> meters.closed.get() == 1);
        assertThat(meters.opened).hasValue(1);
    }

    @Test
    void passesOnWhatIsWrittenWhileItsCompilerEnds() {
        Task.Step compile = TestTasks.step(Stage.COMPILE, "cc");
        Task compiled = TestTasks.task(Directory.OWN, List.of(), List.of(compile, TASK.program()), null);
        Future<Cell.Exit> exit = begin(compiled);
        HostCell cell = opened.await();
        on(() -> cell.write(Buffer.buffer("one"))).await();
        say('s', "[0, 0, 1, 1]");
        exit.await();

        on(() -> cell.write(Buffer.buffer("two"))).await();

        Awaitility.await()
                .until(() -> heard.stream().filter(frame -> frame.kind() == 'I').count() == 2);
        Future<Cell.Exit> last = on(() -> cell.run(TASK.program(), new Desk()));
        Awaitility.await().until(() -> hears('N'));
        say('b', "1");
        say('i', "\0\0\0\6");
        say('x', "[0, 0, 1, 1]");
        assertThat(last.await().code()).isZero();
    }

    /** What was on its way when the program ended is taken by nobody, and that is told behind the end. */
    @Test
    void isNotLostBecauseInputComesTooLate() {
        Future<Cell.Exit> exit = begin(TASK);
        HostCell cell = opened.await();
        on(() -> cell.write(Buffer.buffer("late"))).await();
        say('x', "[0, 0, 1, 1]");
        exit.await();

        say('i', "\0\0\0\4");

        Future<List<SourceFile>> files = on(() -> cell.collect(List.of("a"), 1));
        Awaitility.await().until(() -> hears('C'));
        say('d', "");
        assertThat(files.await()).isEmpty();
    }

    /** @return how it ends, when it has begun */
    private Future<Cell.Exit> begin(Task task) {
        say('r', pid());
        HostCell cell = opened.await();
        Future<Cell.Exit> exit = on(() -> cell.given(task).run(task.steps().get(0), new Desk()));
        Awaitility.await().until(() -> hears('R'));
        say('b', "0");
        Awaitility.await().until(() -> begun.get() == 1);
        return exit;
    }

    private String pid() {
        return "" + process.pid();
    }

    private boolean hears(char kind) {
        return heard.stream().anyMatch(frame -> frame.kind() == kind);
    }

    private void say(char kind, String payload) {
        voice.write(frame(kind, payload).encode()).await();
    }

    private static Frame frame(char kind, String payload) {
        return new Frame(kind, 1, Buffer.buffer(payload));
    }

    private <T> Future<T> on(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(go -> action.get().onComplete(promise));
        return promise.future();
    }

    private final class Desk implements Cell.Console {

        @Override
        public void begin() {
            begun.incrementAndGet();
        }

        @Override
        public Future<Void> write(Stream stream, Buffer piece) {
            return Future.succeededFuture();
        }
    }

    /** Knows how many counters were taken and given back. */
    private static final class CountedMeters implements Meters {

        private final Watchdog meters = new Watchdog();
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        /** Until then nobody is admitted. */
        private volatile CountDownLatch admission = new CountDownLatch(0);

        CountedMeters() throws IOException {}

        @Override
        public Meter open() {
            opened.incrementAndGet();
            Meter meter = meters.open();
            return new Meter() {

                @Override
                public void admit(long pid) throws IOException {
                    try {
                        admission.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    meter.admit(pid);
                }

                @Override
                public void limit(Limits limits) throws IOException {
                    meter.limit(limits);
                }

                @Override
                public Usage usage() throws IOException {
                    return meter.usage();
                }

                @Override
                public void close() {
                    meter.close();
                    closed.incrementAndGet();
                }
            };
        }

        @Override
        public Duration longestGap() {
            return meters.longestGap();
        }

        @Override
        public long addressBytes(Limits limits) {
            return meters.addressBytes(limits);
        }

        @Override
        public int processes(Limits limits) {
            return meters.processes(limits);
        }

        @Override
        public String text() {
            return meters.text();
        }

        @Override
        public void sweep() {
            meters.sweep();
        }

        @Override
        public void close() {
            meters.close();
        }
    }
}
