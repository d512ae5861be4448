package lyceum.gateway.live;

import io.socket.socketio.server.SocketIoSocket;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection in one namespace. */
final class JoinedSession implements LiveSession {

    private static final Logger LOG = LoggerFactory.getLogger(JoinedSession.class);

    private final LiveConnection connection;
    private final LiveListener listener;
    private final LiveHandshake handshake;

    private SocketIoSocket socket;
    private JsonArray heard;
    private String wanted;

    JoinedSession(LiveConnection connection, LiveListener listener, LiveHandshake handshake) {
        this.connection = connection;
        this.listener = listener;
        this.handshake = handshake;
    }

    String namespace() {
        return handshake.namespace();
    }

    /** The library has let it in. */
    void begin(SocketIoSocket joined) {
        socket = joined;
        joined.registerAllEventListener((event, args) -> received());
        joined.on("disconnect", reason -> end());
        guard(() -> listener.connected(this));
    }

    /**
     * @param event that the library is about to pass on: it gets a stand-in for it, and nothing that a client has made up
     * @param id of the acknowledgement that is wanted, empty for none
     */
    void hears(JsonArray event, String id) {
        heard = event;
        wanted = id;
    }

    private void received() {
        List<Object> values = new ArrayList<>(heard.size());
        heard.forEach(values::add);
        heard = null;
        String event = (String) values.remove(0);
        Runnable ack = wanted.isEmpty() ? null : acknowledgement(wanted);
        guard(() -> listener.received(this, event, values, ack));
    }

    private Runnable acknowledgement(String id) {
        return new Runnable() {
            private boolean isGiven;

            @Override
            public void run() {
                if (!isGiven && isConnected()) {
                    isGiven = true;
                    connection.send(PacketText.head(PacketText.ACK, namespace()) + id + "[]");
                }
            }
        };
    }

    private void end() {
        connection.left(this);
        try {
            listener.disconnected(this);
        } catch (RuntimeException e) {
            LOG.error("defect in a listener", e);
        }
    }

    private void guard(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("defect in a listener", e);
            close();
        }
    }

    @Override
    public LiveHandshake handshake() {
        return handshake;
    }

    @Override
    public boolean isConnected() {
        return socket != null && socket.isConnected() && !connection.isMute();
    }

    @Override
    public <T> T shared(Class<T> kind, Supplier<T> first) {
        return connection.shared(kind, first);
    }

    @Override
    public void send(LiveEvent event) {
        if (isConnected()) {
            connection.send(event.packet(namespace()));
        }
    }

    void send(EncodedEvents events) {
        if (isConnected()) {
            connection.send(events);
        }
    }

    @Override
    public void close() {
        connection.endLater();
    }
}
