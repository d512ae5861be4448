package lyceum.gateway.mjpeg;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What all get to see who watch the same from now on. Lives on one context. */
final class MjpegShow {

    private final PictureFeed feed;
    private final boolean beginsWithNewest;
    private final Set<MjpegViewer> viewers = new LinkedHashSet<>();
    private final Future<Void> opened;

    private Buffer newest;
    private boolean isOver;

    /** @param beginsWithNewest whether who comes later is shown at once what the others see */
    MjpegShow(PictureFeed feed, boolean beginsWithNewest) {
        this.feed = feed;
        this.beginsWithNewest = beginsWithNewest;
        this.opened = feed.open();
    }

    /** @return done when it has begun; fails where it never will */
    Future<Void> opened() {
        return opened;
    }

    /** @return whether all who watched have left */
    boolean isOver() {
        return isOver;
    }

    /** Reads until nobody watches any more, or nothing can come: then all are left. */
    void begin() {
        feed.read(this::show).onComplete(end -> List.copyOf(viewers).forEach(MjpegViewer::end));
    }

    private Future<Void> show(Buffer jpeg) {
        Buffer part = MjpegPart.of(jpeg);
        newest = beginsWithNewest ? part : null;
        List.copyOf(viewers).forEach(viewer -> viewer.show(part));
        return Future.succeededFuture();
    }

    void add(MjpegViewer viewer) {
        viewers.add(viewer);
        if (newest != null) {
            viewer.show(newest);
        }
    }

    /** @return whether nobody is left; then it is over */
    boolean remove(MjpegViewer viewer) {
        viewers.remove(viewer);
        if (viewers.isEmpty()) {
            isOver = true;
            feed.close();
        }
        return isOver;
    }
}
