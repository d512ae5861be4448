package lyceum.gateway.access;

import io.vertx.core.Future;
import java.util.Optional;
import lyceum.gateway.route.Refusal;

/** Tells whose token it is that a request brings. */
public interface TokenVerifier {

    /**
     * Known on return unless keys have to be fetched first; whoever asks must be prepared for either.
     *
     * @param token as it was presented; empty where there is none
     * @return whose it is; or a {@link Refusal} with 401 without a token or with one that is not valid, or a
     *     {@link lyceum.platform.Failure} where that cannot be told for the moment
     */
    Future<Caller> verify(Optional<String> token);
}
