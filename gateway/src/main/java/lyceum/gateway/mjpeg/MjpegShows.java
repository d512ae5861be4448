package lyceum.gateway.mjpeg;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Everything that is shown at this gateway, and to whom. Lives on one context. */
public final class MjpegShows {

    /** So late may a picture be that says that there is none. */
    private static final Duration LOOKS = Duration.ofMillis(100);

    private final Vertx vertx;
    private final int mostViewers;
    private final Duration stallLimit;
    private final MjpegMeters meters;
    private final Map<MjpegQuestion, MjpegShow> shows = new HashMap<>();
    private final Set<MjpegViewer> viewers = new LinkedHashSet<>();

    private int admitted;
    private long refused;
    private long looking = -1;
    private boolean isClosed;

    /**
     * @param mostViewers at once
     * @param stallLimit how long a viewer's network may take nothing
     */
    public MjpegShows(Vertx vertx, int mostViewers, Duration stallLimit, MjpegMeters meters) {
        this.vertx = vertx;
        this.mostViewers = mostViewers;
        this.stallLimit = stallLimit;
        this.meters = meters;
    }

    /**
     * Shows something until the viewer leaves.
     *
     * @return done when it has begun; or BUSY where too many watch, and the failures of {@link
     *     lyceum.stream.StreamService#openPull}
     */
    public Future<Void> show(PictureSource source, MjpegQuestion question, HttpServerRequest request) {
        if (isClosed || admitted >= mostViewers) {
            refused++;
            return Future.failedFuture(new Failure(Kind.BUSY, "too many watch, please try again"));
        }
        admitted++;
        MjpegViewer viewer = new MjpegViewer(request, meters, stallLimit);
        Future<Void> begun = question.isLive()
                ? join(source, question.shared(), viewer)
                : showAlone(new PictureFeed(vertx, source, question), viewer);
        return begun.onFailure(error -> admitted--);
    }

    /** @return who watches, or is about to */
    public int admitted() {
        return admitted;
    }

    /** @return how often somebody was sent away because of that limit */
    public long refused() {
        return refused;
    }

    private Future<Void> join(PictureSource source, MjpegQuestion question, MjpegViewer viewer) {
        MjpegShow show = shows.computeIfAbsent(question, absent -> open(source, question));
        return show.opened().compose(opened -> {
            if (show.isOver()) {
                // Its first viewers have left while it was opened.
                return join(source, question, viewer);
            }
            admit(viewer);
            show.add(viewer);
            viewer.over().onComplete(left -> {
                if (show.remove(viewer)) {
                    shows.remove(question, show);
                }
            });
            return Future.succeededFuture();
        });
    }

    private MjpegShow open(PictureSource source, MjpegQuestion question) {
        MjpegShow show = new MjpegShow(
                new PictureFeed(vertx, source, question), question.positions().contains("*"));
        // Its first viewer is there before the first picture: this is heard after that one has been told.
        show.opened()
                .onFailure(error -> shows.remove(question, show))
                .onSuccess(opened -> vertx.runOnContext(next -> show.begin()));
        return show;
    }

    private Future<Void> showAlone(PictureFeed feed, MjpegViewer viewer) {
        return feed.open().onSuccess(opened -> {
            admit(viewer);
            viewer.over().onComplete(left -> feed.close());
            feed.read(jpeg -> viewer.showNext(MjpegPart.of(jpeg))).onComplete(end -> viewer.end());
        });
    }

    private void admit(MjpegViewer viewer) {
        viewers.add(viewer);
        meters.viewers(viewers.size());
        viewer.over().onComplete(left -> leave(viewer));
        if (looking < 0) {
            looking = vertx.setPeriodic(LOOKS.toMillis(), due -> look());
        }
        if (isClosed) {
            viewer.end();
        } else {
            viewer.begin();
        }
    }

    private void look() {
        long nowNanos = System.nanoTime();
        List.copyOf(viewers).forEach(viewer -> viewer.look(nowNanos));
    }

    private void leave(MjpegViewer viewer) {
        viewers.remove(viewer);
        admitted--;
        meters.viewers(viewers.size());
        if (viewers.isEmpty()) {
            vertx.cancelTimer(looking);
            looking = -1;
        }
    }

    /** Leaves all viewers, and shows nothing more. */
    public void close() {
        isClosed = true;
        List.copyOf(viewers).forEach(MjpegViewer::end);
    }
}
