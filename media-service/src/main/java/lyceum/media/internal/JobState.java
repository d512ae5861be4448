package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import lyceum.media.MediaWorkService;
import lyceum.media.MediaWorkService.Output;
import lyceum.media.MediaWorkService.Phase;
import lyceum.media.MediaWorkService.WorkState;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Where one job stands, and who waits to be told. One context uses it. */
final class JobState {

    private static final int MOST_WAITERS = 64;
    private static final double UNKNOWN = -1;
    /** What is told of progress; less would only make messages. */
    private static final double STEP = 0.01;

    private final Vertx vertx;
    private final List<Promise<WorkState>> waiters = new ArrayList<>();
    private WorkState present;

    /** @param owner told to whoever asks */
    JobState(Vertx vertx, String owner) {
        this.vertx = vertx;
        this.present = new WorkState(owner, 1, Phase.OPEN, 0, UNKNOWN, List.of(), "", "");
    }

    void queued(int position) {
        become(Phase.QUEUED, position, UNKNOWN, List.of(), "", "");
    }

    void running() {
        become(Phase.RUNNING, 0, UNKNOWN, List.of(), "", "");
    }

    void reached(double fraction) {
        if (present.phase() == Phase.RUNNING && fraction >= present.fraction() + STEP) {
            become(Phase.RUNNING, 0, fraction, List.of(), "", "");
        }
    }

    void succeeded(List<Output> outputs) {
        become(Phase.SUCCEEDED, 0, 1, outputs, "", "");
    }

    void failed(Failure failure) {
        become(Phase.FAILED, 0, present.fraction(), List.of(), failure.kind().name(), failure.getMessage());
    }

    void cancelled() {
        become(Phase.CANCELLED, 0, present.fraction(), List.of(), "", "");
    }

    private void become(
            Phase phase, int position, double fraction, List<Output> outputs, String failureKind, String failure) {
        if (present.phase().isEnd()) {
            return;
        }
        present = new WorkState(
                present.owner(), present.version() + 1, phase, position, fraction, outputs, failureKind, failure);
        List<Promise<WorkState>> told = List.copyOf(waiters);
        waiters.clear();
        told.forEach(waiter -> waiter.tryComplete(present));
    }

    /** @return another state than the one of this version, or the same after a while; BUSY where too many wait */
    Future<WorkState> next(long seenVersion) {
        if (present.version() != seenVersion || present.phase().isEnd()) {
            return Future.succeededFuture(present);
        }
        if (waiters.size() >= MOST_WAITERS) {
            return Future.failedFuture(new Failure(Kind.BUSY, "too many wait for this job"));
        }
        Promise<WorkState> waiter = Promise.promise();
        waiters.add(waiter);
        long timer = vertx.setTimer(MediaWorkService.LONGEST_WAIT_MILLIS, id -> {
            waiters.remove(waiter);
            waiter.tryComplete(present);
        });
        return waiter.future().onComplete(told -> vertx.cancelTimer(timer));
    }
}
