package lyceum.elicast.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.AnswerExercise;
import lyceum.elicast.ElicastService.AnswerFact;
import lyceum.elicast.ElicastService.Done;
import lyceum.elicast.ElicastService.RunCode;
import lyceum.elicast.ElicastService.RunFact;
import lyceum.elicast.ElicastService.RunResult;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Cancellation;

/** Programs of lessons: sandbox-service runs them, they are kept here. */
final class Runs {

    private final RunStore store;
    private final LessonStore lessons;
    private final SandboxService sandbox;
    private final Limits limits;
    private final Bus bus;
    private final ElicastMetrics metrics;
    private final Clock clock;
    private final UnderWay underWay = new UnderWay();

    Runs(
            RunStore store,
            LessonStore lessons,
            SandboxService sandbox,
            Limits limits,
            Bus bus,
            ElicastMetrics metrics,
            Clock clock) {
        this.store = store;
        this.lessons = lessons;
        this.sandbox = sandbox;
        this.limits = limits;
        this.bus = bus;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Begins to hear who is not waited for any more, whoever was told.
     *
     * @return done when it does
     */
    Future<Void> open() {
        return bus.listen(SandboxService.CANCEL, cancellation -> giveUp(cancellation.id()));
    }

    /** Gives up everything that is under way, which is kept as cancelled. */
    void giveUpAll() {
        underWay.all().forEach(this::giveUp);
    }

    /** What is given up the first time is told to the sandbox, which may have heard of it before it heard of the run. */
    private void giveUp(String runId) {
        if (underWay.giveUp(runId)) {
            tellSandbox(runId);
        }
    }

    private void tellSandbox(String runId) {
        bus.publish(SandboxService.CANCEL, new Cancellation(runId));
    }

    Future<RunResult> run(RunCode order) {
        return underWay.during(order.runId(), () -> runAndKeep(order));
    }

    private Future<RunResult> runAndKeep(RunCode order) {
        return run(order.runId(), order.caller(), order.code())
                .compose(run -> store.insert(run, now())
                        .onSuccess(id -> metrics.ran(false, run))
                        .onSuccess(id -> bus.publish(
                                ElicastService.RUN,
                                new RunFact(id, run.exitCode(), run.cancelled(), run.wallTimeMillis())))
                        .map(id -> new RunResult(id, run.output(), run.exitCode())))
                .onFailure(error -> metrics.lost(false));
    }

    /** Answers to deleted lessons are kept too: a learner may still have the page open. */
    Future<RunResult> answer(AnswerExercise order) {
        return underWay.during(
                order.runId(),
                () -> lessons.existed(order.lessonId()).map(Runs::orNotThere).compose(existed -> answerToThere(order)));
    }

    private Future<RunResult> answerToThere(AnswerExercise order) {
        return run(order.runId(), order.caller(), order.code())
                .compose(run -> store.insert(order, run, now())
                        .onSuccess(id -> metrics.ran(true, run))
                        .onSuccess(id -> bus.publish(ElicastService.ANSWERED, fact(id, order, run)))
                        .map(id -> new RunResult(id, run.output(), run.exitCode())))
                .onFailure(error -> metrics.lost(true));
    }

    Future<Done> cancel(String runId) {
        underWay.giveUp(runId);
        tellSandbox(runId);
        return Future.succeededFuture(new Done());
    }

    private Future<FinishedRun> run(String runId, String caller, Buffer code) {
        if (underWay.isGivenUp(runId)) {
            return Future.succeededFuture(FinishedRun.neverBegun(code));
        }
        return sandbox.run(Run.ofLesson(runId, caller, code, limits))
                .onFailure(error -> stopWaiting(runId, error))
                .map(outcome -> FinishedRun.of(code, outcome));
    }

    /** A run that did not answer in time may go on, and nobody would hear of it. */
    private void stopWaiting(String runId, Throwable error) {
        if (error instanceof Failure failure && failure.kind() == Kind.UNAVAILABLE) {
            tellSandbox(runId);
        }
    }

    private static boolean orNotThere(boolean existed) {
        if (!existed) {
            throw LessonStore.notThere();
        }
        return true;
    }

    private static AnswerFact fact(long id, AnswerExercise order, FinishedRun run) {
        return new AnswerFact(id, order.lessonId(), order.exerciseId(), run.exitCode() == 0, run.cancelled());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
