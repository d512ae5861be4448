package lyceum.gateway.route;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;

/** What a client must send to be given a WebSocket (RFC 6455, section 4.2.1). */
public final class WebSocketHandshake {

    private WebSocketHandshake() {}

    /** Refuses with 426 what is no handshake: Vert.x would do so in words of its own. */
    public static void require(HttpServerRequest request) {
        if (!isGiven(request)) {
            throw new Refusal(
                    426,
                    "this is a WebSocket of version 13",
                    Map.of("Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13"));
        }
    }

    /** @return whether a client wants a WebSocket, be its request right or not */
    public static boolean isWanted(HttpServerRequest request) {
        return request.headers().contains("Upgrade", "websocket", true);
    }

    /** @return whether it is right */
    public static boolean isGiven(HttpServerRequest request) {
        return isWanted(request)
                && header(request, "Connection").contains("upgrade")
                && header(request, "Sec-WebSocket-Version").equals("13")
                && !header(request, "Sec-WebSocket-Key").isEmpty();
    }

    private static String header(HttpServerRequest request, String name) {
        String value = request.headers().get(name);
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }
}
