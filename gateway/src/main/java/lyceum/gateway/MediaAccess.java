package lyceum.gateway;

import io.vertx.core.Future;
import java.util.function.Function;
import lyceum.media.MediaService;
import lyceum.media.MediaService.CloseJob;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * media-service: whoever is free, or one instance of it.
 *
 * @param any where jobs are opened
 * @param at gives an instance by its name, asked with a time limit that is longer than that of an operation
 */
record MediaAccess(MediaService any, Function<String, MediaService> at) {

    private static final Logger LOG = LoggerFactory.getLogger(MediaAccess.class);

    Future<Job> open() {
        return any.openJob(OpenJob.interactive());
    }

    /** Closes a job; one that this does not reach ends by itself after a while. */
    void close(Job job) {
        at.apply(job.instance())
                .closeJob(new CloseJob(job.id()))
                .onFailure(error -> LOG.debug("job={} is left to its idle limit", job.id(), error));
    }
}
