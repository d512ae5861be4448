package lyceum.launcher.fuzz;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Packets of engine.io and socket.io, of both generations, as clients send them and as nobody should. */
final class Packets {

    private static final List<String> EVENTS = List.of(
            "[\"auth\",\"Ada\"]",
            "[\"click\",{\"style\":\"a\"}]",
            "[\"click\",5]",
            "[\"event\",{\"name\":\"x\",\"comment\":\"y\"}]",
            "[\"disconnect\"]",
            "[\"connect\"]",
            "[\"error\",1]",
            "[\"__proto__\",{}]",
            "[]",
            "[5]",
            "[null]",
            "{}",
            "\"x\"");
    private static final List<String> PREFIXES = List.of(
            "42",
            "42",
            "42",
            "42",
            "40",
            "41",
            "43",
            "44",
            "45",
            "46",
            "47",
            "4",
            "40/x,",
            "42/grading,",
            "40/grading,",
            "40/classes/c1,",
            "40/" + "n".repeat(3_000) + ",",
            "451-",
            "450-",
            "45999999999-",
            "45-1-",
            "461-",
            "4299999999999999999999",
            "4212",
            "0",
            "1",
            "2",
            "2probe",
            "3",
            "5",
            "6",
            "7",
            "9",
            "b4",
            "bAAAA",
            "x",
            "-1",
            "\u0000",
            "");

    private final Values values;

    Packets(Values values) {
        this.values = values;
    }

    String packet() {
        String event = values.oneOf(EVENTS);
        String data = switch (values.below(8)) {
            case 0 ->
                new JsonArray().add(values.hostileText()).add(values.hostile()).encode();
            case 1 ->
                new JsonArray()
                        .add("click")
                        .add(new JsonObject().put("_placeholder", true).put("num", values.hostile()))
                        .encode();
            case 2 -> event.substring(0, values.below(event.length()));
            case 3 -> "[".repeat(5_000);
            case 4 -> values.hostileText();
            case 5 ->
                Json.encode(values.spoilt(new JsonArray().add("auth").add("Eve").add(1)));
            default -> event;
        };
        return values.oneOf(PREFIXES) + data;
    }

    /** @param eio generation of the protocol */
    String payload(int eio) {
        StringBuilder payload = new StringBuilder();
        for (int i = values.below(4); i >= 0; i--) {
            String packet = packet();
            if (eio == 3) {
                payload.append(length(packet)).append(':').append(packet);
            } else {
                payload.append(payload.length() == 0 ? "" : "\u001e").append(packet);
            }
        }
        return payload.toString();
    }

    private String length(String packet) {
        return values.once(4)
                ? values.oneOf(List.of("-1", "", "99999999999", "x", "0", "1"))
                : Integer.toString(packet.length());
    }

    /** @return query of a handshake or a poll */
    String query(String eio, String sid) {
        String query = "EIO=" + eio + "&transport="
                + (values.once(12)
                        ? values.oneOf(List.of("websocket", "x", "", "polling&transport=websocket"))
                        : "polling");
        if (!sid.isEmpty()) {
            query += "&sid=" + (values.once(10) ? "unknown" : sid);
        }
        if (values.once(10)) {
            query += values.oneOf(List.of("&j=0", "&j=x", "&b64=1", "&b64=x", "&t=%", "&token=x", "&EIO=3"));
        }
        return query;
    }
}
