package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Append;
import lyceum.media.MediaService.OpenJob;
import lyceum.media.MediaService.Read;
import lyceum.media.MediaWorkService.Output;
import lyceum.media.MediaWorkService.WorkState;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Trace;
import lyceum.platform.Trace.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open job: its inputs grow, then it has its one operation, then its outputs are read. One context uses it. */
final class LiveJob {

    private static final Logger LOG = LoggerFactory.getLogger(LiveJob.class);

    private static final Failure CLOSED = Failure.notFound("the job was closed");
    private static final Failure CANCELLED = new Failure(Kind.CONFLICT, "the work was cancelled");
    private static final Failure OVER = new Failure(Kind.CONFLICT, "the job had its operation already");
    private static final Failure BROKEN = new Failure(Kind.INTERNAL, "the work failed");

    private final Vertx vertx;
    private final OpenJob order;
    private final JobLimits limits;
    private final Slots slots;
    private final JobRoom room;
    private final MediaMetrics metrics;
    private final JobState state;
    private final Turn turn;
    private int inputs;
    private long inputBytes;
    private int unanswered;
    private Future<Void> written = Future.succeededFuture();
    private Promise<List<Product>> answer;
    private Future<?> work = Future.succeededFuture();
    private List<Product> outputs = List.of();
    private long touchedNanos = System.nanoTime();

    LiveJob(Vertx vertx, OpenJob order, JobLimits limits, Slots slots, JobRoom room, MediaMetrics metrics) {
        this.vertx = vertx;
        this.order = order;
        this.limits = limits;
        this.slots = slots;
        this.room = room;
        this.metrics = metrics;
        this.state = new JobState(vertx, order.owner());
        this.turn = new Turn(order.priority(), state::queued);
    }

    OpenJob order() {
        return order;
    }

    JobLimits limits() {
        return limits;
    }

    JobRoom room() {
        return room;
    }

    JobState state() {
        return state;
    }

    int inputs() {
        return inputs;
    }

    /** @return written; failures as {@link MediaService#append} */
    Future<Void> append(Append piece) {
        touch();
        Failure refusal = refusal(piece);
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        if (!isRoomFor(piece.bytes().length())) {
            return Future.failedFuture(Disk.FULL);
        }
        inputs = Math.max(inputs, piece.input() + 1);
        inputBytes += piece.bytes().length();
        metrics.input.increment(piece.bytes().length());
        unanswered++;
        written = written.compose(before -> room.files().append(piece.input(), piece.bytes()));
        return written.onComplete(done -> unanswered--);
    }

    private Failure refusal(Append piece) {
        if (answer != null) {
            return new Failure(Kind.CONFLICT, "the job has its inputs already");
        }
        if (unanswered >= MediaService.WINDOW_PIECES) {
            return new Failure(Kind.BUSY, "too many pieces at once");
        }
        if (piece.bytes().length() > MediaService.PIECE_BYTES) {
            return Failure.invalid("the piece is too large");
        }
        if (piece.input() != inputs && piece.input() != inputs - 1) {
            return Failure.invalid("inputs must come in order");
        }
        if (piece.input() >= limits.inputs()) {
            return Failure.invalid("more than %d recordings".formatted(limits.inputs()));
        }
        return inputBytes + piece.bytes().length() > limits.inputBytes() ? Workbench.TOO_LARGE : null;
    }

    private boolean isRoomFor(long bytes) {
        boolean isRoom = room.disk().grow(bytes);
        if (!isRoom) {
            metrics.diskRefused.increment();
        }
        return isRoom;
    }

    /**
     * The answer comes at the limit or when the job is closed, even while the work still waits for its turn.
     *
     * @param kind one word, for the operator
     * @return what was made; or CONFLICT where the job had its operation, BUSY where too much waits
     */
    Future<List<Product>> operate(String kind, Supplier<Future<List<Product>>> operation) {
        return operate(kind, operation, Promise.promise());
    }

    /** @return done once the work waits for its turn or has it; failures as {@link #operate(String, Supplier)} */
    Future<Void> begin(String kind, Supplier<Future<List<Product>>> operation) {
        Promise<Void> accepted = Promise.promise();
        operate(kind, operation, accepted)
                .onFailure(error -> LOG.debug("work ended without a result: {}", error.toString()));
        return accepted.future();
    }

    private Future<List<Product>> operate(
            String kind, Supplier<Future<List<Product>>> operation, Promise<Void> accepted) {
        touch();
        if (answer != null) {
            accepted.fail(OVER);
            return Future.failedFuture(OVER);
        }
        answer = Promise.promise();
        long timer = vertx.setTimer(limits.operation().toMillis(), id -> stop(Runner.TOO_LONG));
        work = written.compose(all -> turned(operation, accepted))
                .onFailure(accepted::tryFail)
                .onSuccess(this::keep)
                .onComplete(done -> vertx.cancelTimer(timer))
                .onComplete(done -> touch())
                .onSuccess(answer::tryComplete)
                .onFailure(this::fail)
                .onComplete(done -> room.stop(OVER).onFailure(LiveJob::complain).onComplete(over -> room.settle()));
        Step step = Trace.begin(Vertx.currentContext(), "media " + kind, Map.of("lyceum.kind", kind));
        return metrics.work(kind, answer.future())
                .onComplete(end -> step.end(end, made -> Map.of("lyceum.outputs", Integer.toString(made.size()))));
    }

    private Future<List<Product>> turned(Supplier<Future<List<Product>>> operation, Promise<Void> accepted) {
        Future<List<Product>> made = slots.run(turn, () -> {
            if (!isRoomFor(limits.madeBytes())) {
                return Future.failedFuture(Disk.FULL);
            }
            state.running();
            return operation.get();
        });
        if (made.cause() == Slots.FULL) {
            metrics.queueRefused.increment();
        } else {
            accepted.tryComplete();
        }
        return made;
    }

    private void keep(List<Product> made) {
        outputs = made;
        state.succeeded(made.stream()
                .map(product -> new Output(product.name(), product.mediaType(), product.sizeBytes()))
                .toList());
    }

    private void fail(Throwable error) {
        answer.tryFail(error);
        if (error instanceof Failure failure) {
            state.failed(failure);
        } else {
            LOG.error("work failed", error);
            state.failed(BROKEN);
        }
    }

    /** @return failures as {@link MediaService#read} */
    Future<Buffer> read(Read question) {
        touch();
        if (question.output() < 0 || question.output() >= outputs.size() || question.offsetBytes() < 0) {
            return Future.failedFuture(Failure.notFound("the job has no such output"));
        }
        Product output = outputs.get(question.output());
        if (question.offsetBytes() >= output.sizeBytes()) {
            return Future.succeededFuture(Buffer.buffer());
        }
        return room.files().read(output.name(), question.offsetBytes(), MediaService.PIECE_BYTES);
    }

    /** @return another state than the one that was seen, or the same after a while */
    Future<WorkState> next(long seenVersion) {
        touch();
        return state.next(seenVersion);
    }

    /** @return whether nobody has asked anything of it for so long, and it has nothing to do */
    boolean isLeftAlone() {
        return work.isComplete()
                && System.nanoTime() - touchedNanos > limits.idle().toNanos();
    }

    /** Ends its work, whatever that does. */
    void cancel() {
        touch();
        state.cancelled();
        stop(CANCELLED);
    }

    /** Ends whatever it is doing; @return done when all it had is removed */
    Future<Void> close() {
        state.cancelled();
        stop(CLOSED);
        return work.otherwiseEmpty()
                .compose(ended -> written.otherwiseEmpty())
                .eventually(() -> room.remove(CLOSED))
                .mapEmpty();
    }

    private void stop(Failure reason) {
        slots.giveUp(turn, reason);
        room.stop(reason).onFailure(LiveJob::complain);
        if (answer != null) {
            answer.tryFail(reason);
        }
    }

    private static void complain(Throwable error) {
        LOG.warn("what a job runs did not end: {}", error.toString());
    }

    private void touch() {
        touchedNanos = System.nanoTime();
    }
}
