package lyceum.launcher.crash;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.launcher.wire.Sockets;

/** Somebody in the class that needs no name: a client of socket.io over a WebSocket (Engine.IO 4). */
final class Pupil {

    private final ClientWebSocket socket;
    private final String name;
    private final Promise<Void> connected = Promise.promise();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();

    private volatile int userCount;
    private volatile JsonObject stats;

    private Pupil(ClientWebSocket socket, String name) {
        this.socket = socket;
        this.name = name;
        socket.textMessageHandler(this::hear);
        socket.exceptionHandler(error -> {});
        socket.closeHandler(closed -> connected.tryFail("closed with " + socket.closeStatusCode()));
    }

    /**
     * Enters, and says its name.
     *
     * @param name or null for a socket that says none
     * @return the pupil when it has been let in
     */
    static Future<Pupil> enter(Vertx vertx, WebSocketClient client, int port, String name) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/api/socket.io/?EIO=4&transport=websocket");
        Pupil pupil = new Pupil(client.webSocket(), name);
        return Sockets.connect(vertx, pupil.socket, options)
                .compose(open -> pupil.connected.future())
                .map(pupil);
    }

    private void hear(String packet) {
        if (packet.equals("2")) {
            socket.writeTextMessage("3");
        } else if (packet.startsWith("0")) {
            socket.writeTextMessage("40");
        } else if (packet.startsWith("40")) {
            if (name != null) {
                socket.writeTextMessage(
                        "42" + new JsonArray().add("auth").add(name).encode());
            }
        } else if (packet.startsWith("42")) {
            hear(new JsonArray(packet.substring(2)));
        } else if (packet.startsWith("43")) {
            acknowledged.incrementAndGet();
        }
    }

    private void hear(JsonArray event) {
        JsonObject content = event.getJsonObject(1);
        switch (event.getString(0)) {
            case "stats" -> stats = content;
            case "status" -> {
                userCount = content.getInteger("user_count");
                connected.tryComplete();
            }
            case "message" -> notices.add(content.getString("text"));
            case "click" -> comments.add(content.getString("comment"));
            default -> throw new IllegalStateException(event.encode());
        }
    }

    /** Clicks, with a comment that nobody else ever makes, and wants to know when that is kept. */
    void click() {
        int number = sent.getAndIncrement();
        JsonObject click = new JsonObject()
                .put("user", name)
                .put("comment", name + ":" + number)
                .put("style", "");
        socket.writeTextMessage(
                "42" + number + new JsonArray().add("click").add(click).encode());
    }

    int sent() {
        return sent.get();
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /** @return how many sockets there are, as it was told last */
    int userCount() {
        return userCount;
    }

    /** @return the last it was told, or null */
    JsonObject stats() {
        return stats;
    }

    /** @return what was announced, in that order */
    List<String> notices() {
        return notices;
    }

    /** @return comments of the clicks that it was shown, in that order */
    List<String> comments() {
        return comments;
    }

    boolean isClosed() {
        return socket.isClosed();
    }
}
