package lyceum.gateway.live;

import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    private static final String SESSION = "sid";

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
        String transport = first(query, "transport").orElse(POLLING);
        if (!transport.equals(POLLING) && !transport.equals(WEBSOCKET)) {
            throw new Wrong("Invalid transport");
        }
        String sid = first(query, SESSION).orElse(null);
        String jsonp = first(query, "j").orElse(null);
        return new EngineQuery(generation(values(query, "EIO").toList()), transport, sid, jsonp(jsonp));
    }

    /** @return whether somebody has a session already, or says so */
    static boolean hasSession(MultiMap query) {
        return first(query, SESSION).isPresent();
    }

    private static Optional<String> first(MultiMap query, String name) {
        return values(query, name).findFirst();
    }

    /** Names are so in this case only, whatever the map thinks of it. */
    private static Stream<String> values(MultiMap query, String name) {
        return query.entries().stream()
                .filter(entry -> entry.getKey().equals(name))
                .map(Map.Entry::getValue);
    }

    private static int generation(List<String> eio) throws Wrong {
        if (!eio.equals(List.of("3")) && !eio.equals(List.of("4"))) {
            throw new Wrong("The client is using an unsupported version of the Socket.IO or Engine.IO protocols");
        }
        return Integer.parseInt(eio.get(0));
    }

    private static String jsonp(String number) throws Wrong {
        if (number != null && !number.matches("\\d{1,9}")) {
            throw new Wrong("Invalid callback");
        }
        return number;
    }

    /** @return the same where no script is written, as none is to a POST */
    EngineQuery withoutScript() {
        return new EngineQuery(eio, transport, sid, null);
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
            map.put(SESSION, sid);
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
