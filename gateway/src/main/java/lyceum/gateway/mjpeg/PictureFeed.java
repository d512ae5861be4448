package lyceum.gateway.mjpeg;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lyceum.gateway.mjpeg.DeliveredEntries.Whole;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.KeepPull;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.OpenedSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of one question, one after the other. A session that is lost, with its instance or without, is opened anew
 * behind the last picture, however often that takes. Lives on one context.
 */
final class PictureFeed {

    private static final Logger LOG = LoggerFactory.getLogger(PictureFeed.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final int KEEPS_PER_LEASE = 3;

    private final Vertx vertx;
    private final PictureSource source;
    private final Map<String, String> seen = new HashMap<>();

    private MjpegQuestion question;
    private OpenedSession session;
    private DeliveredEntries entries;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long keeping = -1;
    private boolean isOver;

    PictureFeed(Vertx vertx, PictureSource source, MjpegQuestion question) {
        this.vertx = vertx;
        this.source = source;
        this.question = question;
    }

    /** @return done when pictures can be read; or the failures of {@link StreamService#openPull} */
    Future<Void> open() {
        return openSession().recover(error -> {
            if (!isInvalid(error) || question.input() != null) {
                return Future.failedFuture(error);
            }
            // The name of the stream does not tell what is in it.
            question = question.withUsualInput();
            return openSession();
        });
    }

    private Future<Void> openSession() {
        return source.streams().openPull(question.order(seen)).map(opened -> {
            session = opened;
            entries = new DeliveredEntries();
            if (isOver) {
                leave();
            }
            return null;
        });
    }

    private static boolean isInvalid(Throwable error) {
        return error instanceof Failure failure && failure.kind() == Kind.INVALID;
    }

    /**
     * Reads until it is closed.
     *
     * @param show takes each picture, and the next one when that is done
     * @return done when it is closed; fails where nothing can ever come any more
     */
    Future<Void> read(Function<Buffer, Future<Void>> show) {
        keeping = vertx.setPeriodic(PullSession.LEASE.toMillis() / KEEPS_PER_LEASE, due -> keep());
        return Loop.whileTrue(() -> isOver ? Future.succeededFuture(false) : step(show))
                .onComplete(end -> close());
    }

    private Future<Boolean> step(Function<Buffer, Future<Void>> show) {
        return (session == null ? openSession().map(true) : next(show)).recover(this::retry);
    }

    private Future<Boolean> next(Function<Buffer, Future<Void>> show) {
        return at().readPull(new ReadPull(session.id())).compose(event -> take(event, show));
    }

    private Future<Boolean> take(PullEvent event, Function<Buffer, Future<Void>> show) {
        pauseMillis = FIRST_PAUSE_MILLIS;
        switch (event.kind()) {
            case DELIVERED -> {
                Iterator<Whole> whole = entries.add(event.delivery()).iterator();
                return Loop.whileTrue(() -> whole.hasNext() && !isOver
                                ? show(whole.next(), show).map(true)
                                : Future.succeededFuture(false))
                        .map(true);
            }
            case NOTHING -> {
                return Future.succeededFuture(true);
            }
            default -> {
                session = null;
                return pause();
            }
        }
    }

    private Future<Void> show(Whole entry, Function<Buffer, Future<Void>> show) {
        seen.put(entry.item().stream(), entry.item().id());
        // Where a picture cannot be shown there is nobody left who could be shown another one.
        return show.apply(entry.bytes()).recover(error -> {
            LOG.debug("nobody watches any more", error);
            isOver = true;
            return Future.succeededFuture();
        });
    }

    /** After BUSY and UNAVAILABLE the same may be asked again; after all else the session is lost. */
    private Future<Boolean> retry(Throwable error) {
        if (isOver) {
            return Future.succeededFuture(false);
        }
        if (isInvalid(error)) {
            return Future.failedFuture(error);
        }
        if (error instanceof Failure failure && failure.kind().status() == Kind.BUSY.status()) {
            LOG.debug("pictures have to wait", error);
            return (session == null ? Future.<Void>succeededFuture() : requireSession()).compose(kept -> pause());
        }
        if (!(error instanceof Failure)) {
            LOG.error("defect in a stream of pictures", error);
        }
        leave();
        return pause();
    }

    /** An instance that is gone does not answer this either. */
    private Future<Void> requireSession() {
        return at().keepPull(new KeepPull(session.id())).<Void>mapEmpty().recover(gone -> {
            session = null;
            return Future.succeededFuture();
        });
    }

    private Future<Boolean> pause() {
        long millis = pauseMillis;
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
        return vertx.timer(millis, TimeUnit.MILLISECONDS).map(true);
    }

    private PullSession at() {
        return source.pulling().apply(session.instance());
    }

    /** A viewer may take longer for a picture than a session lives that nobody asks. */
    private void keep() {
        if (session != null) {
            at().keepPull(new KeepPull(session.id())).onFailure(error -> LOG.debug("a session is not kept", error));
        }
    }

    private void leave() {
        if (session != null) {
            at().closePull(new ClosePull(session.id()))
                    .onFailure(error -> LOG.debug("a session is left to its lease", error));
            session = null;
        }
    }

    /** Ends it. */
    void close() {
        isOver = true;
        if (keeping >= 0) {
            vertx.cancelTimer(keeping);
        }
        leave();
    }
}
