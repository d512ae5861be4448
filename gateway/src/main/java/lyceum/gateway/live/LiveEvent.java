package lyceum.gateway.live;

import io.vertx.core.json.JsonArray;

/** An event for any number of sockets, encoded once. */
public final class LiveEvent {

    /** The JSON array of its name and argument. */
    private final String text;

    private LiveEvent(String text) {
        this.text = text;
    }

    /** @param argument the only one, as JSON */
    public static LiveEvent of(String name, Object argument) {
        return new LiveEvent(new JsonArray().add(name).add(argument).encode());
    }

    /** @return the packet of Socket.IO that says it in a namespace; both generations write it alike */
    String packet(String namespace) {
        return PacketText.head(PacketText.EVENT, namespace) + text;
    }
}
