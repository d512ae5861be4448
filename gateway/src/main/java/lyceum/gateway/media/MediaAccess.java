package lyceum.gateway.media;

import java.time.Duration;
import java.util.function.Function;
import lyceum.media.MediaService;
import lyceum.media.MediaService.CloseJob;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaWorkService;
import lyceum.platform.Bus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * media-service: whoever is free, or one instance of it.
 *
 * @param any where jobs are opened
 * @param at gives an instance by its name, asked with a time limit that is longer than that of an operation
 * @param worksAt gives what the same instance does in the background
 */
public record MediaAccess(
        MediaService any, Function<String, MediaService> at, Function<String, MediaWorkService> worksAt) {

    private static final Logger LOG = LoggerFactory.getLogger(MediaAccess.class);

    /** @param patience longer than an operation may take */
    public static MediaAccess over(Bus bus, Duration patience) {
        return new MediaAccess(
                bus.proxy(MediaService.class),
                instance -> bus.proxy(MediaService.class, patience, instance),
                instance -> bus.proxy(MediaWorkService.class, patience, instance));
    }

    /** Closes a job; one that this does not reach ends by itself after a while. */
    public void close(Job job) {
        at.apply(job.instance())
                .closeJob(new CloseJob(job.id()))
                .onFailure(error -> LOG.debug("job={} is left to its idle limit", job.id(), error));
    }
}
