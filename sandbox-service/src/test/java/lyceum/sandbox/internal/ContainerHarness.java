package lyceum.sandbox.internal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SourceFile;

/** Tasks for cells that are containers, and a context for them to live on. */
final class ContainerHarness {

    static final Limits LIMITS =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(5), 64L << 20, 16, 4 << 20, 1 << 20, 1 << 20, -1);

    private static final long PATIENCE_SECONDS = 40;

    private final Context context;

    ContainerHarness(Vertx vertx) {
        this.context = vertx.getOrCreateContext();
    }

    /** Does it where cells live, and waits. */
    <T> T on(Supplier<Future<T>> action) {
        return start(action).timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
    }

    <T> Future<T> start(Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(now -> action.get().onComplete(done));
        return done.future();
    }

    static Step program(String... command) {
        return new Step(List.of(command));
    }

    static Task.Step compiler(String... command) {
        return new Task.Step(Stage.COMPILE, List.of(command), false, LIMITS);
    }

    /** A task of one step, to which more can be said. */
    record Step(List<String> command) {

        Task task() {
            return with(Map.of(), "");
        }

        Task with(Map<String, String> files, String stdin) {
            return task(List.of(last()), files, stdin, Streams.APART, null, false);
        }

        Task joined() {
            return task(List.of(last()), Map.of(), "", Streams.JOINED, null, false);
        }

        Task open(Window terminal) {
            return task(List.of(last()), Map.of(), "", Streams.JOINED, terminal, true);
        }

        Task after(Task.Step compiler, Map<String, String> files) {
            return task(List.of(compiler, last()), files, "", Streams.APART, null, false);
        }

        private Task.Step last() {
            return new Task.Step(Stage.RUN, command, false, LIMITS);
        }

        private static Task task(
                List<Task.Step> steps,
                Map<String, String> files,
                String stdin,
                Streams streams,
                Window terminal,
                boolean isOpen) {
            List<SourceFile> sources = files.entrySet().stream()
                    .map(file -> new SourceFile(file.getKey(), Buffer.buffer(file.getValue())))
                    .toList();
            return new Task(
                    "t",
                    "python3",
                    sources,
                    Directory.OWN,
                    Map.of("GREETING", "good day"),
                    steps,
                    streams,
                    terminal,
                    Buffer.buffer(stdin),
                    isOpen,
                    List.of());
        }
    }

    /** Keeps what a program writes. */
    static final class Notes implements Cell.Console {

        private final Promise<Void> begun = Promise.promise();
        private final Map<Stream, Buffer> written = new EnumMap<>(Stream.class);

        @Override
        public void begin() {
            begun.complete();
        }

        @Override
        public synchronized Future<Void> write(Stream stream, Buffer piece) {
            written.computeIfAbsent(stream, each -> Buffer.buffer()).appendBuffer(piece);
            return Future.succeededFuture();
        }

        Future<Void> begun() {
            return begun.future();
        }

        synchronized String out() {
            return written.getOrDefault(Stream.STDOUT, Buffer.buffer()).toString();
        }

        synchronized String err() {
            return written.getOrDefault(Stream.STDERR, Buffer.buffer()).toString();
        }
    }
}
