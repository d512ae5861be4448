package lyceum.stream;

import io.vertx.core.Future;
import java.time.Duration;
import lyceum.stream.StreamService.Done;

/** Streams of frames as channels of live video, for whoever can play video and not pull. */
public interface BroadcastService {

    /** A stream that nobody has watched for so long is not filmed any more. */
    Duration LEASE = Duration.ofSeconds(30);

    /** Streams that one instance films at once; how many are encoded, {@code LYCEUM_LIVE_ENCODES} says. */
    int MOST_BROADCASTS = 32;

    /** How long a first picture is waited for. */
    Duration FIRST_PICTURE = Duration.ofSeconds(4);

    /**
     * Films a stream, from its newest entry on, to the channel that {@code ChannelName.ofStream} names, until nobody watches
     * that any more. One instance does: where somebody does it already nothing happens.
     *
     * @return done when pictures go to the channel; or NOT_FOUND where there is no such stream or nothing in it is a
     *     picture, INVALID where that names no stream, BUSY where too much is filmed or encoded, UNAVAILABLE
     */
    Future<Done> startBroadcast(StartBroadcast order);

    /** @param stream its name */
    record StartBroadcast(String stream) {
        public StartBroadcast {
            StreamName.check(stream);
        }
    }
}
