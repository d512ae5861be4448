package lyceum.gateway.live;

import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A socket that remembers what it is told, and says things on its loop, as a client would. */
public final class HeardSession implements LiveSession {

    private final Context loop;
    private final LiveListener listener;
    private final LiveHandshake handshake;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Map<Class<?>, Object> shared = new HashMap<>();
    private volatile boolean isConnected;

    public HeardSession(Context loop, LiveListener listener, LiveHandshake handshake) {
        this.loop = loop;
        this.listener = listener;
        this.handshake = handshake;
    }

    /** @return how somebody introduces himself who has nothing but maybe a token */
    public static LiveHandshake introduction(Object auth) {
        return new LiveHandshake("/", MultiMap.caseInsensitiveMultiMap(), MultiMap.caseInsensitiveMultiMap(), auth);
    }

    public HeardSession connect() {
        loop.runOnContext(turn -> connectNow());
        return this;
    }

    /** Comes in within this turn of its loop. */
    public void connectNow() {
        isConnected = true;
        listener.connected(this);
    }

    /** @param argument the only one */
    public void say(String event, Object argument) {
        loop.runOnContext(turn -> listener.received(this, event, List.of(argument), null));
    }

    /** Wants to hear an acknowledgement, as {@code ack} and a name. */
    public void ask(String ack, String event, Object... arguments) {
        loop.runOnContext(turn -> listener.received(this, event, List.of(arguments), () -> heard.add("ack " + ack)));
    }

    public void click(String user) {
        say("click", click(user, "", ""));
    }

    public static JsonObject click(String user, String comment, String style) {
        return new JsonObject().put("user", user).put("comment", comment).put("style", style);
    }

    public void leave() {
        loop.runOnContext(turn -> close());
    }

    /** @return what was heard, the names of events and what is special in them, acknowledgements among it */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    public void forget() {
        heard.clear();
    }

    @Override
    public LiveHandshake handshake() {
        return handshake;
    }

    @Override
    public boolean isConnected() {
        return isConnected;
    }

    @Override
    public <T> T shared(Class<T> kind, Supplier<T> first) {
        return kind.cast(shared.computeIfAbsent(kind, absent -> first.get()));
    }

    @Override
    public void send(LiveEvent event) {
        if (isConnected) {
            heard.add(told(event));
        }
    }

    /** @return an event in short */
    public static String told(LiveEvent event) {
        JsonArray text = (JsonArray) Json.decodeValue(text(event));
        JsonObject argument = text.getJsonObject(1);
        return switch (text.getString(0)) {
            case "stats" -> "stats " + argument.getLong("click_count_total");
            case "status" -> "status " + argument.getInteger("user_count");
            case "message" -> argument.getString("text");
            default -> text.getString(0) + ' ' + argument.getString("user");
        };
    }

    /** @return an event as it goes over the wire */
    public static String text(LiveEvent event) {
        return event.packet("/").substring(1);
    }

    @Override
    public void close() {
        if (isConnected) {
            isConnected = false;
            listener.disconnected(this);
        }
    }
}
