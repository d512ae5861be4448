package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lyceum.grading.Report;
import lyceum.grading.Text;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Outcome;

/** One hand-in that is being judged: its two cells, its clock, its report. Lives on one context. */
final class JudgeWork {

    /** Of {@code contracts/grading.md}, 4.6. */
    static final Text OUT_OF_TIME = Text.lazy("Your submission has run out of time.");

    /** How long the student's process may take to go when the judge is done. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    /** {@code judge/lyceum_judge/output.py} marks what it has cut itself. */
    private static final int LONGEST_MARK_BYTES = 100;

    private final Vertx vertx;
    private final JudgeConfig config;
    private final JudgeSandbox sandbox;
    private final JudgeConnections connections;
    private final Assignment assignment;
    private final Promise<Void> judgeReady = Promise.promise();
    private final Promise<Void> studentReady = Promise.promise();

    private JudgeCell judge;
    private JudgeCell student;
    private Report report;
    private boolean isStudentMissed;
    private boolean isLate;
    private boolean isStudentOpen;
    private boolean isOver;

    JudgeWork(Vertx vertx, JudgeConfig config, JudgeSandbox sandbox, NetClient network, Assignment assignment) {
        this.vertx = vertx;
        this.config = config;
        this.sandbox = sandbox;
        this.assignment = assignment;
        this.connections = new JudgeConnections(network, assignment.remote(), frame -> judge.send(frame));
    }

    /** @return as {@code Judge.judge} */
    Future<Judged> begin(JudgeRuns runs, Future<Void> recalled) {
        judge = new JudgeCell(sandbox, runs.ofJudge(assignment), config.outputBytes(), this::hearJudge);
        if (JudgeRuns.hasStudent(assignment)) {
            student = new JudgeCell(sandbox, runs.ofStudent(assignment), config.outputBytes(), this::hearStudent);
            student.end().onComplete(gone -> loseStudent());
            judge.begun().onSuccess(begun -> openStudent());
        } else {
            studentReady.complete();
        }
        judge.open();
        judge.end().onComplete(gone -> judgeReady.tryFail(notBegun(judge)));
        recalled.onComplete(any -> kill());
        return Future.all(judgeReady.future(), studentReady.future())
                .timeout(config.startLimit().toMillis(), TimeUnit.MILLISECONDS)
                .recover(JudgeWork::asBusy)
                .compose(ready -> run())
                .eventually(this::leave)
                .compose(this::judged);
    }

    private static <T> Future<T> asBusy(Throwable error) {
        return Future.failedFuture(
                error instanceof Failure ? error : new Failure(Kind.BUSY, "no judge could begin in time"));
    }

    private static Failure notBegun(JudgeCell cell) {
        return cell.end().failed() && cell.end().cause() instanceof Failure failure
                ? failure
                : new Failure(Kind.INTERNAL, "a judge ended before it began");
    }

    /** Unless nobody waits for it any more. */
    private void openStudent() {
        if (!isOver) {
            isStudentOpen = true;
            student.open();
        }
    }

    private void loseStudent() {
        studentReady.tryFail(notBegun(student));
        judge.send(new JudgeFrame('D'));
    }

    /** @return done when the judge has ended, by itself or by the clock */
    private Future<Outcome> run() {
        long timer = vertx.setTimer(assignment.timeout().toMillis(), late -> {
            isLate = true;
            kill();
        });
        judge.send(new JudgeFrame('g'));
        return judge.end().onComplete(ended -> vertx.cancelTimer(timer));
    }

    /** @return done when nothing is left; whatever happened before */
    private Future<Void> leave() {
        isOver = true;
        connections.close();
        if (!judge.end().isComplete()) {
            kill();
        }
        return over(judge).compose(gone -> isStudentOpen ? dismissStudent() : Future.succeededFuture());
    }

    private Future<Void> dismissStudent() {
        student.endInput();
        long timer = vertx.setTimer(FAREWELL.toMillis(), late -> student.cancel());
        return over(student).onComplete(gone -> vertx.cancelTimer(timer));
    }

    private void kill() {
        judge.cancel();
        if (student != null) {
            student.cancel();
        }
    }

    private static Future<Void> over(JudgeCell cell) {
        return cell.end().<Void>mapEmpty().otherwiseEmpty();
    }

    private Future<Void> hearJudge(JudgeFrame frame) {
        switch (frame.kind()) {
            case 'r' -> judgeReady.tryComplete();
            case 'R' -> report = report == null ? JudgeReports.read(frame.payload()) : report;
            case 'x' -> isStudentMissed = true;
            case 'P' -> {
                return student == null ? Future.succeededFuture() : student.send(frame);
            }
            case 'i' -> {
                if (student != null) {
                    student.interrupt();
                }
            }
            default -> {
                return connections.take(frame);
            }
        }
        return Future.succeededFuture();
    }

    private Future<Void> hearStudent(JudgeFrame frame) {
        switch (frame.kind()) {
            case 'r' -> studentReady.tryComplete();
            case 'P' -> {
                return judge.send(frame);
            }
            default -> student.cancel(); // nothing else is its business
        }
        return Future.succeededFuture();
    }

    private Future<Judged> judged(Outcome outcome) {
        if (isLate) {
            return Future.succeededFuture(new Judged(report, report == null ? OUT_OF_TIME : null, null, null, null));
        }
        Outcome other =
                student != null && student.end().succeeded() ? student.end().result() : null;
        int exitCode = isStudentMissed && other != null ? other.exitCode() : outcome.exitCode();
        String stdout = joined(printed(outcome), printed(other));
        String stderr = joined(judge.errors(), student == null ? null : student.errors());
        boolean isText = stdout != null && stderr != null;
        return Future.succeededFuture(
                new Judged(report, null, exitCode, isText ? stdout : null, isText ? stderr : null));
    }

    private JudgeText printed(Outcome outcome) {
        JudgeText text = new JudgeText(config.outputBytes() + LONGEST_MARK_BYTES);
        if (outcome != null) {
            outcome.files().stream()
                    .filter(file -> file.name().equals(JudgeRuns.STDOUT))
                    .forEach(file -> text.add(file.content()));
        }
        return text;
    }

    /** @return the judge's, then the student's; null where one of them is no text */
    private static String joined(JudgeText ofJudge, JudgeText ofStudent) {
        String first = ofJudge.decode();
        String second = ofStudent == null ? "" : ofStudent.decode();
        return first == null || second == null ? null : first + second;
    }
}
