package lyceum.gateway.media;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import lyceum.gateway.form.Window;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Append;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;

/**
 * The inputs of one media job while they arrive. The job is opened when there is a whole piece for it, or everything: who
 * sends byte by byte keeps no place of those that are few.
 */
public final class JobWriter {

    private final MediaAccess media;
    private final OpenJob order;
    private final Window window;

    /** What has come before there is enough of it to open the job. */
    private final List<Part> early = new ArrayList<>();

    private int earlyBytes;
    private boolean isOpened;
    private boolean isClosed;
    private Future<Job> job;

    private record Part(int input, Buffer bytes) {}

    /**
     * @param order for which job
     * @param sender is paused while too many pieces are on their way
     */
    public JobWriter(MediaAccess media, OpenJob order, ReadStream<?> sender) {
        this.media = media;
        this.order = order;
        this.window = new Window(sender, MediaService.WINDOW_PIECES);
    }

    /** Appends to an input; an empty piece begins it. */
    public void write(int input, Buffer bytes) {
        early.add(new Part(input, bytes));
        earlyBytes += bytes.length();
        if (isOpened || earlyBytes >= MediaService.PIECE_BYTES) {
            sendEarly();
        }
    }

    private void sendEarly() {
        isOpened = true;
        early.forEach(part -> window.send(() -> append(part)));
        early.clear();
    }

    private Future<?> append(Part part) {
        return job().compose(open ->
                media.at().apply(open.instance()).append(new Append(open.id(), part.input(), part.bytes())));
    }

    /** @return whether something was not taken, so that sending more would be in vain */
    boolean isBroken() {
        return window.isBroken();
    }

    /** @return the job with all its inputs, or the first failure to append to them */
    public Future<Job> finish() {
        sendEarly();
        return window.close().compose(all -> job());
    }

    /** Closes the job if there is one; none is opened any more. */
    public void close() {
        boolean isFirst = !isClosed;
        isClosed = true;
        if (isFirst && job != null) {
            job.onSuccess(media::close);
        }
    }

    private Future<Job> job() {
        if (isClosed) {
            return Future.failedFuture(new HttpClosedException("the client has gone"));
        }
        if (job == null) {
            job = media.any().openJob(order);
        }
        return job;
    }
}
