package lyceum.gateway.social;

import io.vertx.core.Future;
import java.util.Optional;
import lyceum.gateway.live.LiveHandshake;
import lyceum.platform.Failure;

/** Tells who a socket is. */
@FunctionalInterface
public interface Authentication {

    /**
     * Nearly always known on return.
     *
     * @return the name that it has, whatever it says, or empty where it may call itself as it likes; fails where it may not
     *     come in, with a {@link Failure} where that cannot be told for the moment
     */
    Future<Optional<String>> authenticate(LiveHandshake handshake);

    /**
     * Asked where somebody's tokens were revoked. What cannot be told at once is a token of another issuer, which nobody
     * revokes here.
     *
     * @param name under which a socket has come in
     * @return whether it could not do so any more
     */
    default boolean isVoid(LiveHandshake handshake, String name) {
        Future<Optional<String>> known = authenticate(handshake);
        return known.succeeded()
                ? !known.result().equals(Optional.of(name))
                : known.failed() && !(known.cause() instanceof Failure);
    }
}
