package lyceum.gateway.social;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import lyceum.gateway.access.PresentedToken;
import lyceum.gateway.access.TokenVerifier;
import lyceum.gateway.live.LiveHandshake;

/**
 * Asks sockets for a token: in the payload of the CONNECT packet, {@code {"token": …}}, or where requests have it. Its
 * subject is their name.
 */
public record SocketAuthentication(TokenVerifier tokens) implements Authentication {

    @Override
    public Future<Optional<String>> authenticate(LiveHandshake handshake) {
        return tokens.verify(token(handshake)).map(caller -> Optional.of(caller.subject()));
    }

    private static Optional<String> token(LiveHandshake handshake) {
        return inPayload(handshake.auth()).or(() -> PresentedToken.of(handshake.headers(), handshake.query()));
    }

    private static Optional<String> inPayload(Object payload) {
        return payload instanceof JsonObject auth && auth.getValue("token") instanceof String token && !token.isEmpty()
                ? Optional.of(token)
                : Optional.empty();
    }
}
