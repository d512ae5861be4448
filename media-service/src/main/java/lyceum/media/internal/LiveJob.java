package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Append;
import lyceum.media.MediaService.Read;
import lyceum.media.MediaService.Segment;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** One open job: its inputs grow, then it has its one operation, then its outputs are read. One context uses it. */
final class LiveJob {

    private static final Failure CLOSED = Failure.notFound("the job was closed");

    private final Vertx vertx;
    private final JobLimits limits;
    private final JobFiles files;
    private final Runner runner;
    private final Workbench bench;
    private int inputs;
    private long inputBytes;
    private int unanswered;
    private Future<Void> written = Future.succeededFuture();
    private Promise<List<SoundFile>> answer;
    private Future<?> work = Future.succeededFuture();
    private List<SoundFile> outputs = List.of();
    private long touchedNanos = System.nanoTime();

    LiveJob(Vertx vertx, JobLimits limits, JobFiles files, Runner runner, Workbench bench) {
        this.vertx = vertx;
        this.limits = limits;
        this.files = files;
        this.runner = runner;
        this.bench = bench;
    }

    /** @return written; failures as {@link MediaService#append} */
    Future<Void> append(Append order) {
        touch();
        Failure refusal = refusal(order);
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        inputs = Math.max(inputs, order.input() + 1);
        inputBytes += order.bytes().length();
        unanswered++;
        written = written.compose(before -> files.append(order.input(), order.bytes()));
        return written.onComplete(done -> unanswered--);
    }

    private Failure refusal(Append order) {
        if (answer != null) {
            return new Failure(Kind.CONFLICT, "the job has its inputs already");
        }
        if (unanswered >= MediaService.WINDOW_PIECES) {
            return new Failure(Kind.BUSY, "too many pieces at once");
        }
        if (order.bytes().length() > MediaService.PIECE_BYTES) {
            return Failure.invalid("the piece is too large");
        }
        if (order.input() != inputs && order.input() != inputs - 1) {
            return Failure.invalid("inputs must come in order");
        }
        if (order.input() >= limits.inputs()) {
            return Failure.invalid("more than %d recordings".formatted(limits.inputs()));
        }
        return inputBytes + order.bytes().length() > limits.inputBytes() ? Workbench.TOO_LARGE : null;
    }

    Future<List<SoundFile>> repair(Slots slots, Duration limit) {
        return operate(slots, limit, () -> bench.repair(inputs));
    }

    Future<List<SoundFile>> split(List<Segment> segments, Slots slots, Duration limit) {
        return operate(slots, limit, () -> bench.split(inputs, segments));
    }

    /** The answer comes at the limit or when the job is closed, even while the work still waits for its turn. */
    private Future<List<SoundFile>> operate(Slots slots, Duration limit, Supplier<Future<List<SoundFile>>> operation) {
        touch();
        if (answer != null) {
            return Future.failedFuture(new Failure(Kind.CONFLICT, "the job had its operation already"));
        }
        answer = Promise.promise();
        long timer = vertx.setTimer(limit.toMillis(), id -> stop(Runner.TOO_LONG));
        work = written.compose(all -> slots.run(operation))
                .onSuccess(made -> outputs = made)
                .onComplete(done -> vertx.cancelTimer(timer))
                .onComplete(done -> touch())
                .onSuccess(answer::tryComplete)
                .onFailure(answer::tryFail);
        return answer.future();
    }

    /** @return failures as {@link MediaService#read} */
    Future<Buffer> read(Read question) {
        touch();
        if (question.output() < 0 || question.output() >= outputs.size() || question.offsetBytes() < 0) {
            return Future.failedFuture(Failure.notFound("the job has no such output"));
        }
        SoundFile output = outputs.get(question.output());
        if (question.offsetBytes() >= output.sizeBytes()) {
            return Future.succeededFuture(Buffer.buffer());
        }
        return files.read(output.name(), question.offsetBytes(), MediaService.PIECE_BYTES);
    }

    /** @return whether nobody has asked anything of it for so long, and it has nothing to do */
    boolean idleFor(Duration time) {
        return work.isComplete() && System.nanoTime() - touchedNanos > time.toNanos();
    }

    /** Ends whatever it is doing; @return done when all it had is removed */
    Future<Void> close() {
        stop(CLOSED);
        return work.otherwiseEmpty()
                .compose(ended -> written.otherwiseEmpty())
                .eventually(files::remove)
                .mapEmpty();
    }

    private void stop(Failure reason) {
        runner.stop(reason);
        if (answer != null) {
            answer.tryFail(reason);
        }
    }

    private void touch() {
        touchedNanos = System.nanoTime();
    }
}
