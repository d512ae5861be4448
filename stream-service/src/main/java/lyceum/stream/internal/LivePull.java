package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.Delivery;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.StreamService;

/**
 * One reader of live streams. It keeps nothing but its places, and a delivery of which not all parts are fetched yet.
 */
final class LivePull implements Pull {

    static final PullEvent NOTHING = new PullEvent(PullSession.Kind.NOTHING, null);
    static final PullEvent IDLE = new PullEvent(PullSession.Kind.IDLE, null);

    /**
     * When something happens without entries.
     *
     * @param patience after which a question is answered with NOTHING
     * @param idleMillis after which without an entry it is over
     * @param intervalMillis least time between two deliveries
     */
    record Times(Duration patience, OptionalLong idleMillis, long intervalMillis) {}

    /**
     * Who is told of its end.
     *
     * @param idle that it is over because nothing came
     * @param left that it has left its streams
     */
    record Ending(Runnable idle, Consumer<Follower> left) {}

    private final Vertx vertx;
    private final Follower follower;
    private final Times times;
    private final Budget budget;
    private final Ending ending;
    private final Runnable news = () -> look(true);

    private Promise<PullEvent> reader;
    private Parts rest;
    private long restBytes;
    private boolean isLooking;
    private long patienceTimer = -1;
    private long idleTimer = -1;
    private long intervalTimer = -1;
    private long quietSinceNanos;
    private boolean isQuiet;
    private long notBeforeNanos = System.nanoTime();

    /** @param budget holds the bytes of a delivery that is not fetched yet */
    LivePull(Vertx vertx, Follower follower, Times times, Budget budget, Ending ending) {
        this.vertx = vertx;
        this.follower = follower;
        this.times = times;
        this.budget = budget;
        this.ending = ending;
    }

    @Override
    public Future<PullEvent> read() {
        if (reader != null) {
            return Future.failedFuture(new Failure(Kind.CONFLICT, "another question waits for what is next"));
        }
        Promise<PullEvent> question = Promise.promise();
        reader = question;
        if (rest != null) {
            answer(delivered(nextPart()));
        } else {
            patienceTimer = vertx.setTimer(times.patience().toMillis(), late -> answer(NOTHING));
            lookWhenDue();
        }
        return question.future();
    }

    private void lookWhenDue() {
        long pauseMillis = TimeUnit.NANOSECONDS.toMillis(notBeforeNanos - System.nanoTime() + 999_999);
        if (pauseMillis > 0) {
            intervalTimer = vertx.setTimer(pauseMillis, due -> lookWhenDue());
        } else {
            look(false);
        }
    }

    private void look(boolean wasWaiting) {
        if (isLooking || reader == null) {
            return;
        }
        stopWaiting();
        if (!follower.hasNews()) {
            await();
            return;
        }
        isLooking = true;
        Future<Catch> next = follower.next(wasWaiting);
        if (next.succeeded()) {
            isLooking = false;
            take(next.result());
            return;
        }
        next.onComplete(looked -> isLooking = false).onSuccess(this::take).onFailure(this::fail);
    }

    /** Where the question is gone by now, the reader stays where it was, and the next question finds the same again. */
    private void take(Catch caught) {
        if (reader == null) {
            return;
        }
        Parts parts = caught.parts();
        if (!parts.isEmpty()) {
            deliver(caught);
        } else {
            follower.accept(caught);
            if (follower.hasNews()) {
                // In a turn of its own: there may be thousands of entries that cannot be had, all known already.
                vertx.runOnContext(turn -> look(false));
            } else {
                await();
            }
        }
    }

    private void deliver(Catch caught) {
        Parts parts = caught.parts();
        if (parts.bytes() > StreamService.PIECE_BYTES) {
            try {
                budget.take(parts.bytes());
            } catch (Failure busy) {
                fail(busy);
                return;
            }
            rest = parts;
            restBytes = parts.bytes();
        }
        follower.accept(caught);
        isQuiet = false;
        notBeforeNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(times.intervalMillis());
        answer(delivered(rest == null ? parts.take() : nextPart()));
    }

    private Delivery nextPart() {
        Delivery part = rest.take();
        giveBack(part.bytes().stream().mapToLong(Buffer::length).sum());
        if (!part.more()) {
            dropRest();
        }
        return part;
    }

    private void dropRest() {
        rest = null;
        giveBack(restBytes);
    }

    private void giveBack(long bytes) {
        restBytes -= bytes;
        budget.giveBack(bytes);
    }

    private void await() {
        if (!isQuiet) {
            isQuiet = true;
            quietSinceNanos = System.nanoTime();
        }
        follower.tails().forEach(tail -> tail.await(news));
        times.idleMillis().ifPresent(this::endAfter);
    }

    private void endAfter(long idleMillis) {
        long quietMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - quietSinceNanos);
        idleTimer = vertx.setTimer(Math.max(1, idleMillis - quietMillis), over -> {
            if (reader != null) {
                answer(IDLE);
                ending.idle().run();
            }
        });
    }

    private void stopWaiting() {
        vertx.cancelTimer(idleTimer);
        follower.tails().forEach(tail -> tail.stopWaiting(news));
    }

    private void answer(PullEvent event) {
        if (reader != null) {
            settle().complete(event);
        }
    }

    private void fail(Throwable error) {
        if (reader != null) {
            settle().fail(error);
        }
    }

    private Promise<PullEvent> settle() {
        Promise<PullEvent> question = reader;
        reader = null;
        vertx.cancelTimer(patienceTimer);
        vertx.cancelTimer(intervalTimer);
        stopWaiting();
        return question;
    }

    @Override
    public void end(PullEvent last) {
        answer(last);
        dropRest();
        ending.left().accept(follower);
    }

    private static PullEvent delivered(Delivery part) {
        return new PullEvent(PullSession.Kind.DELIVERED, part);
    }
}
