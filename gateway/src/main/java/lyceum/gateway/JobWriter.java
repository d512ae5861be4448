package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import lyceum.gateway.form.Window;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Append;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;

/** The inputs of one media job while they arrive; the job is opened with the first piece. */
final class JobWriter {

    private final MediaAccess media;
    private final OpenJob order;
    private final Window window;

    private Future<Job> job;

    /**
     * @param order for which job
     * @param sender is paused while too many pieces are on their way
     */
    JobWriter(MediaAccess media, OpenJob order, ReadStream<?> sender) {
        this.media = media;
        this.order = order;
        this.window = new Window(sender, MediaService.WINDOW_PIECES);
    }

    /** Appends to an input; an empty piece begins it. */
    void write(int input, Buffer bytes) {
        window.send(() ->
                job().compose(open -> media.at().apply(open.instance()).append(new Append(open.id(), input, bytes))));
    }

    /** @return whether something was not taken, so that sending more would be in vain */
    boolean isBroken() {
        return window.isBroken();
    }

    /** @return the job with all its inputs, or the first failure to append to them */
    Future<Job> finish() {
        return window.close().compose(all -> job());
    }

    /** Closes the job if there is one. */
    void close() {
        if (job != null) {
            job.onSuccess(media::close);
        }
    }

    private Future<Job> job() {
        if (job == null) {
            job = media.any().openJob(order);
        }
        return job;
    }
}
