package lyceum.gateway;

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
 */
record LiveVideoAccess(LiveService service, Function<String, LiveChannel> channels) {

    /** More than the first segment of a channel may take, and than ffmpeg may take for a piece before it is given up. */
    private static final Duration LIMIT = Duration.ofSeconds(25);

    static LiveVideoAccess over(Bus bus) {
        return new LiveVideoAccess(
                bus.proxy(LiveService.class, LIMIT), instance -> bus.proxy(LiveChannel.class, LIMIT, instance));
    }
}
