package lyceum.gateway.live;

import io.socket.socketio.server.SocketIoSocket;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import lyceum.gateway.live.LiveEngine.Opening;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a client's packets gets to the library, and as what. The library reads JSON that is none, takes any event for one
 * of its own that is called like it, joins a namespace as often as it is told to, lets everybody in, and knows
 * no great numbers; so it gets the type and the namespace, and we keep the rest. Where there is no sense in a packet it is
 * ignored, and the connection goes on. Lives on the context of its engine.
 */
final class PacketGate {

    private static final Logger LOG = LoggerFactory.getLogger(PacketGate.class);

    /** Those of socket.io itself, on one side or the other. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "error", "newListener", "removeListener");

    private static final String STAND_IN = "[\"e\"]";

    private final LiveConnection connection;
    private final LiveEngine engine;
    private final Opening opening;
    private final NamespaceSlots slots = new NamespaceSlots();

    private Consumer<String> library;

    /** Why an old client was not let into the first namespace, where it is without asking. */
    private String refusal;

    PacketGate(LiveConnection connection, LiveEngine engine, Opening opening) {
        this.connection = connection;
        this.engine = engine;
        this.opening = opening;
    }

    void passOnTo(Consumer<String> upper) {
        library = upper;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /** @return whether there is none left */
    boolean remove(JoinedSession session) {
        slots.remove(session);
        return slots.isEmpty();
    }

    /** The library is about to let an old client in. */
    void joinDefault() {
        refusal = admit(new LiveHandshake(NamespaceSlots.DEFAULT, opening.headers(), opening.parameters(), null));
    }

    /** The library has let it in, where it was about to. */
    void joined(SocketIoSocket socket) {
        slots.inside(socket.getNamespace().getName())
                .ifPresentOrElse(session -> session.begin(socket), () -> socket.disconnect(false));
    }

    /** @param data of a message */
    void hear(Object data) {
        Optional<PacketText> packet = data instanceof String text ? PacketText.parse(text) : Optional.empty();
        if (!connection.isMute() && !packet.map(this::take).orElse(false)) {
            engine.meters().refused.increment();
        }
    }

    private boolean take(PacketText packet) {
        return switch (packet.type()) {
            case PacketText.CONNECT -> join(packet);
            case PacketText.DISCONNECT -> slots.find(packet.namespace()).isPresent() && pass(packet, "");
            case PacketText.EVENT -> event(packet);
            default -> false;
        };
    }

    private boolean pass(PacketText packet, String payload) {
        library.accept(PacketText.head(packet.type(), slots.nameInside(packet.namespace())) + payload);
        return true;
    }

    private boolean event(PacketText packet) {
        Optional<JoinedSession> session = slots.find(packet.namespace());
        if (session.isEmpty()
                || !(json(packet.payload()) instanceof JsonArray event)
                || event.isEmpty()
                || !(event.getValue(0) instanceof String name)
                || RESERVED.contains(name)) {
            return false;
        }
        session.get().hears(event, packet.id());
        return pass(packet, STAND_IN);
    }

    private boolean join(PacketText packet) {
        Object auth = connection.isOld() || packet.payload().isEmpty() ? null : json(packet.payload());
        String[] parts = connection.isOld() ? packet.namespace().split("\\?", 2) : new String[] {packet.namespace()};
        String namespace = parts[0];
        boolean isWrong =
                auth == null ? !connection.isOld() && !packet.payload().isEmpty() : !(auth instanceof JsonObject);
        if (isWrong || slots.find(namespace).isPresent()) {
            return false;
        }
        MultiMap query = parts.length == 1 ? opening.parameters() : withOwn(parts[1]);
        String why = refusal != null && namespace.equals(NamespaceSlots.DEFAULT)
                ? refusal
                : admit(new LiveHandshake(namespace, opening.headers(), query, auth));
        if (why == null) {
            return pass(new PacketText(PacketText.CONNECT, namespace, "", ""), "");
        }
        connection.send(error(namespace, why));
        return true;
    }

    /** Old clients give a namespace a query of its own. */
    private MultiMap withOwn(String query) {
        MultiMap all = MultiMap.caseInsensitiveMultiMap().addAll(opening.parameters());
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            all.set(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        return all;
    }

    /** @return why it may not come in; null where there is a place for it now */
    private String admit(LiveHandshake handshake) {
        try {
            Optional<LiveListener> listener = engine.namespaces().find(handshake.namespace());
            if (listener.isEmpty()) {
                return "Invalid namespace";
            }
            String why = listener.get().refusal(handshake);
            boolean isIn = why == null && slots.add(new JoinedSession(connection, listener.get(), handshake));
            return why == null && !isIn ? "Too many namespaces" : why;
        } catch (RuntimeException e) {
            LOG.error("defect in a listener", e);
            return "Internal error";
        }
    }

    private String error(String namespace, String why) {
        Object payload = connection.isOld() ? why : new JsonObject().put("message", why);
        return PacketText.head(PacketText.CONNECT_ERROR, namespace) + Json.encode(payload);
    }

    /** @return a packet of the library as this client expects it; null where it expects none */
    String outgoing(String packet) {
        String outgoing = slots.outgoing(packet);
        if (!connection.isOld() || outgoing.isEmpty()) {
            return outgoing;
        }
        boolean isDefault = !outgoing.startsWith("/", 1);
        boolean isRefused = isDefault && refusal != null;
        return switch (outgoing.charAt(0) - '0') {
            case PacketText.CONNECT -> isRefused ? error(NamespaceSlots.DEFAULT, refusal) : bare(outgoing, isDefault);
            case PacketText.DISCONNECT -> isRefused ? null : outgoing;
            default -> outgoing;
        };
    }

    /** Old clients choke on what new ones are told when they are let in. */
    private static String bare(String packet, boolean isDefault) {
        return packet.substring(0, isDefault ? 1 : packet.indexOf(',') + 1);
    }

    private static Object json(String text) {
        try {
            return Json.decodeValue(text);
        } catch (DecodeException e) {
            return null;
        }
    }
}
