package lyceum.launcher.social;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Door;
import lyceum.launcher.wire.Heard;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.Socket;
import lyceum.launcher.wire.Sockets;
import org.awaitility.Awaitility;

/** A client of socket.io that knows packets only, in the namespace {@code /}. */
final class PacketClient implements AutoCloseable {

    private static final String PATH = "/api/socket.io/";
    /** Above those that hostile inputs have. */
    private static final int FIRST_ACK = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(2);

    private final Door door;
    private final int eio;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final Map<Integer, JsonNode> acks = new ConcurrentHashMap<>();
    private final AtomicInteger lastAck = new AtomicInteger(FIRST_ACK);
    private final Set<String> packets = ConcurrentHashMap.newKeySet();

    private String sid;
    private Thread listener;
    private volatile Socket socket;
    private volatile boolean isOver;

    PacketClient(Door door, Sockets webSockets, int eio, Carriage carriage) {
        this.door = door;
        this.eio = eio;
        if (carriage == Carriage.WEBSOCKET) {
            socket = open(webSockets, "");
            listenToSocket();
        } else {
            packets(get("").await()).forEach(this::take);
            poll();
        }
        if (eio == 4) {
            send("40");
        }
        await(() -> packets.contains("connected"));
        if (carriage == Carriage.UPGRADE) {
            upgrade(webSockets);
        }
    }

    private Socket open(Sockets webSockets, String session) {
        String target = PATH + "?EIO=" + eio + "&transport=websocket" + session;
        return webSockets.open(door.port(), target, Map.of()).accepted();
    }

    private void upgrade(Sockets webSockets) {
        socket = open(webSockets, "&sid=" + sid);
        listenToSocket();
        socket.send("2probe").await();
        await(() -> packets.contains("probed"));
        socket.send("5").await();
    }

    private void listenToSocket() {
        Socket listening = socket;
        listener = new Thread(() -> {
            while (!isOver) {
                listening.hear(Duration.ofMillis(100)).ifPresent(heard -> {
                    if (heard instanceof Heard.Text text) {
                        take(text.text());
                    } else {
                        isOver = true;
                    }
                });
            }
        });
        listener.setDaemon(true);
        listener.start();
    }

    /** The next poll is there before what the last one brought is looked at. */
    private void poll() {
        get("&sid=" + sid)
                .onSuccess(answer -> {
                    List<String> brought = packets(answer);
                    if (!isOver && !brought.contains("6")) {
                        poll();
                    }
                    brought.forEach(this::take);
                })
                .onFailure(error -> isOver = true);
    }

    private Future<Answer> get(String session) {
        return door.client().send(Request.of("GET", PATH + "?EIO=" + eio + "&transport=polling" + session));
    }

    private List<String> packets(Answer answer) {
        return answer.status() == 200 ? Payload.packets(eio, answer.text()) : List.of();
    }

    private void take(String packet) {
        if (packet.startsWith("0")) {
            sid = Json.parse(packet.substring(1)).required("sid").asText();
        } else if (packet.equals("2")) {
            send("3");
        } else if (packet.equals("3probe")) {
            packets.add("probed");
        } else if (eio == 3 ? packet.equals("40") : packet.startsWith("40{\"sid\":")) {
            packets.add("connected");
        } else if (packet.startsWith("42")) {
            events.add(Json.parse(packet.substring(2)));
        } else if (packet.startsWith("43")) {
            int list = packet.indexOf('[');
            acks.put(Integer.parseInt(packet.substring(2, list)), Json.parse(packet.substring(list)));
        }
    }

    private void send(String packet) {
        if (socket == null) {
            post(packet);
        } else {
            socket.send(packet);
        }
    }

    private void post(String... packets) {
        Request request = new Request(
                "POST",
                PATH + "?EIO=" + eio + "&transport=polling&sid=" + sid,
                Map.of("Content-Type", "text/plain;charset=UTF-8"),
                Body.of(Payload.of(eio, packets)));
        door.client().send(request).onFailure(error -> isOver = true);
    }

    /** Says something that may be no packet, over a WebSocket. */
    void say(String text) {
        socket.send(text);
    }

    /** Says something that may be no packet, over a WebSocket. */
    void say(Buffer bytes) {
        socket.send(bytes);
    }

    /** @return what it is acknowledged with */
    JsonNode ask(JsonNode event) {
        int id = lastAck.incrementAndGet();
        send("42" + id + event);
        await(() -> acks.containsKey(id));
        return acks.get(id);
    }

    /** @return the first events that were not taken yet, once there are so many */
    List<JsonNode> take(int count) {
        await(() -> events.size() >= count);
        List<JsonNode> first = new ArrayList<>();
        Iterator<JsonNode> all = List.copyOf(events).iterator();
        while (first.size() < count) {
            first.add(all.next());
        }
        for (int i = 0; i < count; i++) {
            events.remove(0);
        }
        return first;
    }

    /** @return all events that were not taken yet */
    List<JsonNode> rest() {
        return List.copyOf(events);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(LOOK).atMost(PATIENCE).until(condition);
    }

    /** Leaves the namespace, and then the connection. */
    @Override
    public void close() {
        isOver = true;
        if (socket == null) {
            post("41", "1");
        } else {
            socket.send("41");
            socket.close();
        }
    }
}
