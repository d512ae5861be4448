package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.ReplaySession;
import lyceum.stream.ReplaySession.Progress;
import lyceum.stream.ReplaySession.ReplayEvent;
import lyceum.stream.internal.ReplayedStream.Pace;

/**
 * A replay that somebody watches. All streams begin together, and each entry comes when it came after the first entry of
 * them all, so that they stay as far from each other as they were. Lives on one context.
 */
final class LiveReplay {

    private static final ReplayEvent NOTHING = new ReplayEvent(ReplaySession.Kind.NOTHING, null);

    /** Calibrations are from before the recording, and are due at once. */
    private static final String CALIBRATION = "Cal";

    private final Vertx vertx;
    private final List<ReplayedStream> streams;
    private final long intervalNanos;
    private final long patienceNanos;
    private final Runnable last;

    private long dueNanos;
    private Promise<ReplayEvent> listener;
    private long timer = -1;
    private boolean hasTold;
    private Throwable broken;

    /**
     * @param interval between two messages
     * @param patience after which a question is answered with NOTHING
     * @param last told that there is nothing more to tell
     */
    LiveReplay(Vertx vertx, List<ReplayedStream> streams, Duration interval, Duration patience, Runnable last) {
        this.vertx = vertx;
        this.streams = streams;
        this.intervalNanos = interval.toNanos();
        this.patienceNanos = patience.toNanos();
        this.last = last;
    }

    void begin(boolean isFullSpeed) {
        Pace pace = new Pace(isFullSpeed, firstMillis(), System.nanoTime());
        dueNanos = pace.beginNanos() + intervalNanos;
        streams.forEach(stream -> stream.run(pace).onFailure(this::breakOff));
    }

    private long firstMillis() {
        return firstMillis(stream -> !stream.stream().endsWith(CALIBRATION))
                .orElseGet(() -> firstMillis(stream -> true).orElseThrow());
    }

    private OptionalLong firstMillis(Predicate<ReplayedStream> wanted) {
        return streams.stream()
                .filter(wanted)
                .mapToLong(stream -> stream.span().first().millis())
                .min();
    }

    private void breakOff(Throwable error) {
        if (broken == null) {
            broken = error;
            streams.forEach(ReplayedStream::end);
            if (listener != null) {
                settle().fail(error);
                last.run();
            }
        }
    }

    /** @return as {@code ReplaySession.readReplay} */
    Future<ReplayEvent> read() {
        if (listener != null) {
            return Future.failedFuture(new Failure(Kind.CONFLICT, "another question waits for what is next"));
        }
        if (broken != null) {
            last.run();
            return Future.failedFuture(broken);
        }
        Promise<ReplayEvent> question = Promise.promise();
        listener = question;
        long nowNanos = System.nanoTime();
        if (hasTold && isDone()) {
            answer(tell(ReplaySession.Kind.LAST));
            last.run();
        } else if (dueNanos - nowNanos > patienceNanos) {
            await(patienceNanos, () -> answer(NOTHING));
        } else {
            await(dueNanos - nowNanos, this::tellProgress);
        }
        return question.future();
    }

    private void await(long nanos, Runnable due) {
        timer = vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)), over -> due.run());
    }

    /** A listener that was slow does not get several messages at once. */
    private void tellProgress() {
        dueNanos = System.nanoTime() + intervalNanos;
        hasTold = isDone();
        answer(tell(ReplaySession.Kind.PROGRESS));
    }

    private boolean isDone() {
        return streams.stream().noneMatch(ReplayedStream::isActive);
    }

    private ReplayEvent tell(ReplaySession.Kind kind) {
        Map<String, Long> updates = new HashMap<>();
        Map<String, Double> durations = new HashMap<>();
        Map<String, Double> current = new HashMap<>();
        for (ReplayedStream stream : streams) {
            long count = stream.takeUpdates();
            if (count > 0) {
                updates.put(stream.stream(), count);
            }
            durations.put(stream.stream(), stream.durationSeconds());
            if (stream.hasBegun()) {
                current.put(stream.stream(), stream.currentSeconds());
            }
        }
        List<String> active = streams.stream()
                .filter(ReplayedStream::isActive)
                .map(ReplayedStream::stream)
                .toList();
        return new ReplayEvent(kind, new Progress(updates, active, durations, current));
    }

    private void answer(ReplayEvent event) {
        if (listener != null) {
            settle().complete(event);
        }
    }

    private Promise<ReplayEvent> settle() {
        Promise<ReplayEvent> question = listener;
        listener = null;
        vertx.cancelTimer(timer);
        return question;
    }

    /** Stops it; a question that waits is answered in this way. */
    void end(ReplayEvent event) {
        streams.forEach(ReplayedStream::end);
        answer(event);
    }
}
