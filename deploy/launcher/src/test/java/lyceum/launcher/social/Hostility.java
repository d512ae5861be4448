package lyceum.launcher.social;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import lyceum.launcher.wire.Json;

/**
 * A recorded input that is malformed, or only looks so.
 *
 * @param eio generation of the client that sent it
 */
record Hostility(int eio, JsonNode recorded) {

    /** Ignored here, as section 10 of the contract suggests, or refused for its length; the original counted them. */
    private static final Set<String> DECIDED = Set.of(
            "click: lone surrogate in the comment", "click: NUL in the comment", "100 kB comment", "5 MB comment");

    private static final String CLICK = "421[\"click\",{\"user\":\"M\",\"comment\":\"%s\",\"style\":\"\"}]";

    String name() {
        return recorded.required("case").asText();
    }

    void sayTo(PacketClient client) {
        JsonNode said = recorded.required("client");
        if (said.isObject()) {
            client.say(Buffer.buffer(HexFormat.of().parseHex(said.get("binary").asText())));
        } else {
            client.say(said.asText().contains("…") ? longClick() : said.asText());
        }
    }

    /** The recording has only the begin of it. */
    private String longClick() {
        return CLICK.formatted("c".repeat(name().startsWith("5 MB") ? 5_000_000 : 100_000));
    }

    /** @return whether it does something after all */
    boolean isValid() {
        return !DECIDED.contains(name())
                && !name().startsWith("FORGED")
                && recorded.required("witness_receives").size() > 0;
    }

    /** @return whether only the payload is wrong, so that the connection must stay usable */
    boolean isPayload() {
        return recorded.required("client").asText().matches("421\\[\"[a-z]+\".*]") && !name().startsWith("5 MB");
    }

    int clicks() {
        return isValid() ? recorded.required("clicks_counted").asInt() : 0;
    }

    int events() {
        return isValid() ? recorded.required("events_counted").asInt() : 0;
    }

    /** @return what another client hears of it, with {@code "@TS"} for times */
    List<JsonNode> events(String of) {
        if (!isValid()) {
            return List.of();
        }
        return StreamSupport.stream(recorded.required(of).spliterator(), false)
                .map(JsonNode::asText)
                .filter(frame -> frame.startsWith("42"))
                .map(frame -> Json.parse(frame.substring(2).replace("@TS", "\"@TS\"")))
                .toList();
    }
}
