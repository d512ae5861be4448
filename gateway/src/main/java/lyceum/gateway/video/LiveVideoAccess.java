package lyceum.gateway.video;

import java.time.Duration;
import java.util.function.Function;
import lyceum.media.LiveChannel;
import lyceum.media.LiveService;
import lyceum.platform.Bus;

/**
 * Live video of media-service: whoever is free, or the one instance that has a channel.
 *
 * @param service for what all instances know
 * @param channels gives an instance by its name
 * @param publishing gives an instance by its name, for what ffmpeg may take its time for
 */
public record LiveVideoAccess(
        LiveService service, Function<String, LiveChannel> channels, Function<String, LiveChannel> publishing) {

    /**
     * More than the first segment of a channel may take; and no more than the usual time for an answer: beyond it each
     * question is watched by a timer, which keeps the piece that it was answered with until it is due.
     */
    private static final Duration READ_LIMIT = Duration.ofSeconds(10);

    /** Longer than an ffmpeg may be stuck before it is given up. */
    private static final Duration PUSH_LIMIT = Duration.ofSeconds(25);

    /** @return the services, asked over the bus */
    public static LiveVideoAccess over(Bus bus) {
        return new LiveVideoAccess(
                bus.proxy(LiveService.class),
                instance -> bus.proxy(LiveChannel.class, READ_LIMIT, instance),
                instance -> bus.proxy(LiveChannel.class, PUSH_LIMIT, instance));
    }
}
