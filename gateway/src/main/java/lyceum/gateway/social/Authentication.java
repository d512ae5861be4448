package lyceum.gateway.social;

import io.vertx.core.Future;
import java.util.Optional;
import lyceum.gateway.live.LiveHandshake;

/** Tells who a socket is. */
@FunctionalInterface
public interface Authentication {

    /**
     * Nearly always known on return.
     *
     * @return the name that it has, whatever it says, or empty where it may call itself as it likes; fails where it may not
     *     come in, with a {@link lyceum.platform.Failure} where that cannot be told for the moment
     */
    Future<Optional<String>> authenticate(LiveHandshake handshake);
}
