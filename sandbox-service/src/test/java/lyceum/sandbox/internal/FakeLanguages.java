package lyceum.sandbox.internal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService.LanguageList;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stage;

/** Knows {@code script}, which {@link FakeCell} runs, and {@code compiled}, whose second file is its compiler's script. */
final class FakeLanguages implements Languages {

    static final Limits LIMITS = new Limits(
            Duration.ofSeconds(60), Duration.ofSeconds(60), 1 << 20, 8, 1 << 20, 256 << 10, 768 << 10, 8 << 20);

    /** Translations wait for it. */
    volatile Future<Void> ready = Future.succeededFuture();

    @Override
    public Future<Task> translate(Run run, Window terminal, boolean isOpen) {
        return ready().compose(now -> switch (run.program().language()) {
            case "script" -> task(run, List.of(step(Stage.RUN, run, 0)), terminal, isOpen);
            case "compiled" ->
                task(run, List.of(step(Stage.COMPILE, run, 1), step(Stage.RUN, run, 0)), terminal, isOpen);
            case "odd" -> throw new IllegalStateException("a defect");
            default -> Future.failedFuture(Failure.notFound("no such language"));
        });
    }

    @Override
    public Future<LanguageList> list() {
        return Future.succeededFuture(new LanguageList(List.of()));
    }

    /** A test completes it on a thread of its own. */
    private Future<Void> ready() {
        Context context = Vertx.currentContext();
        Promise<Void> here = Promise.promise();
        ready.onSuccess(now -> context.runOnContext(later -> here.complete()));
        return here.future();
    }

    private static Future<Task> task(Run run, List<Task.Step> steps, Window terminal, boolean isOpen) {
        return Future.succeededFuture(new Task(
                run.id(),
                run.program().language(),
                run.program().files(),
                run.program().directory(),
                run.program().environment(),
                steps,
                run.streams(),
                terminal,
                run.stdin(),
                isOpen,
                run.collect()));
    }

    private static Task.Step step(Stage stage, Run run, int file) {
        List<String> script = new ArrayList<>(
                run.program().files().get(file).content().toString().lines().toList());
        return new Task.Step(stage, script, false, LIMITS);
    }
}
