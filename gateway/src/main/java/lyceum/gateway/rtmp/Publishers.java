package lyceum.gateway.rtmp;

import io.vertx.core.Future;
import java.util.Optional;

/** Who may publish what, and where it goes. */
public interface Publishers {

    /**
     * Begins to publish.
     *
     * @return the stage; fails with {@link PublishRefused} where that may not be
     */
    Future<Stage> open(Request request);

    /**
     * @param name of the channel as the peer wrote it, unchecked
     * @param token that the peer brought with the name or the address, unchecked
     * @param address of the peer
     * @param program what it calls itself
     */
    record Request(String name, Optional<String> token, String address, String program) {}
}
