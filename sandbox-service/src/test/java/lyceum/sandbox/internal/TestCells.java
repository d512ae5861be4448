package lyceum.sandbox.internal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import lyceum.platform.Settings;
import lyceum.platform.TestDirectory;
import lyceum.sandbox.Outcome;

/** Cells of this machine, used without the service that is built on them. */
final class TestCells implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Path data;
    private final int uid = TestSandbox.freshUid();
    private final Ground ground;

    TestCells() {
        this(Map.of());
    }

    TestCells(Map<String, String> settings) {
        try {
            data = Files.createTempDirectory("cells");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all =
                new HashMap<>(Map.of("LYCEUM_DATA_DIR", data.toString(), "LYCEUM_SANDBOX_UID", "" + uid));
        all.putAll(settings);
        SandboxConfig config = SandboxConfig.from(new Settings(all));
        ground = on(() -> new GroundSearch(vertx, config, List.of()).find()).await();
    }

    /** @return what a task comes to; what it writes goes to the audience */
    Future<Outcome> start(Task task, Audience audience) {
        return on(() -> execution(task, audience).start());
    }

    /** @return an execution that is not started, for use {@linkplain #on on the context} */
    Execution execution(Task task, Audience audience) {
        return new Execution(vertx, ground.cells(), task, audience);
    }

    Outcome run(Task task) {
        return start(task, new Transcripts(task)).await();
    }

    /** @return the same, done on the context that cells live on */
    <T> Future<T> on(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(go -> action.get().onComplete(promise));
        return promise.future();
    }

    void tell(Runnable action) {
        on(() -> {
                    action.run();
                    return Future.succeededFuture();
                })
                .await();
    }

    <T> T ask(Callable<T> question) {
        return on(() -> {
                    try {
                        return Future.succeededFuture(question.call());
                    } catch (Exception e) {
                        return Future.<T>failedFuture(e);
                    }
                })
                .await();
    }

    HostCells cells() {
        return (HostCells) ground.cells();
    }

    int uid() {
        return uid;
    }

    @Override
    public void close() {
        on(() -> ground.cells().close()).await();
        vertx.close().await();
        TestDirectory.delete(data);
    }
}
