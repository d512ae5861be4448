package lyceum.gateway.live;

import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the engine wants to know of a query. It gets nothing else of it: it would stumble over keys that come twice.
 *
 * @param eio generation of the protocol, 3 or 4
 * @param transport polling or websocket
 * @param sid whose request it is, or null for a new connection
 * @param jsonp number of the callback where the answer is to be a script, or null
 */
record EngineQuery(int eio, String transport, String sid, String jsonp) {

    static final String POLLING = "polling";
    static final String WEBSOCKET = "websocket";

    private static final Map<Integer, Map<String, String>> PLAIN = Map.of(
            3, Map.of("EIO", "3", "transport", WEBSOCKET),
            4, Map.of("EIO", "4", "transport", WEBSOCKET));

    /** A query that cannot be; its text is for the client. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String text) {
            super(text, null, false, false);
        }
    }

    static EngineQuery of(MultiMap query) throws Wrong {
        String transport = query.contains("transport") ? query.get("transport") : POLLING;
        if (!transport.equals(POLLING) && !transport.equals(WEBSOCKET)) {
            throw new Wrong("Invalid transport");
        }
        return new EngineQuery(generation(query.get("EIO")), transport, query.get("sid"), jsonp(query.get("j")));
    }

    private static int generation(String eio) throws Wrong {
        if (!"3".equals(eio) && !"4".equals(eio)) {
            throw new Wrong("The client is using an unsupported version of the Socket.IO or Engine.IO protocols");
        }
        return Integer.parseInt(eio);
    }

    private static String jsonp(String number) throws Wrong {
        if (number != null && !number.matches("\\d{1,9}")) {
            throw new Wrong("Invalid callback");
        }
        return number;
    }

    boolean isWebSocket() {
        return transport.equals(WEBSOCKET);
    }

    /** @return it as the engine asks for it, of a WebSocket; the same one for all that begin with one */
    Map<String, String> asMap() {
        return isWebSocket() && sid == null && jsonp == null ? PLAIN.get(eio) : map();
    }

    private Map<String, String> map() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("EIO", Integer.toString(eio));
        map.put("transport", transport);
        if (sid != null) {
            map.put("sid", sid);
        }
        if (jsonp != null) {
            map.put("j", jsonp);
        }
        return map;
    }

    /** @return it as the engine asks for it, of a poll; only for a session that is known, whose id needs no escapes */
    String asText() {
        return map().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
    }
}
