package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of a judge to the one address that was handed in; its sandbox has no network. Whatever else it asks for is
 * refused, as an address where nobody listens. Lives on one context.
 */
final class JudgeConnections {

    private static final Logger LOG = LoggerFactory.getLogger(JudgeConnections.class);

    /** At once, for one hand-in. */
    private static final int MOST = 64;

    /** What a host answers where nobody listens (errno of Linux, as the other one). */
    private static final int REFUSED = 111;

    private static final int UNREACHABLE = 113;
    private static final int NUMBER_BYTES = 4;

    private final NetClient network;
    private final Assignment.Remote remote;
    private final Function<JudgeFrame, Future<Void>> answer;
    private final Map<Integer, NetSocket> open = new HashMap<>();

    /** Those that are being made. */
    private final Set<Integer> pending = new HashSet<>();

    private boolean isClosed;

    /** @param answer sends a frame to the judge, and is done when there is room for more */
    JudgeConnections(NetClient network, Assignment.Remote remote, Function<JudgeFrame, Future<Void>> answer) {
        this.network = network;
        this.remote = remote;
        this.answer = answer;
    }

    /**
     * Takes what the judge says; what makes no sense is no business of anybody.
     *
     * @return done when there is room for more
     */
    Future<Void> take(JudgeFrame frame) {
        if (frame.payload().length() < NUMBER_BYTES) {
            return Future.succeededFuture();
        }
        int number = frame.payload().getInt(0);
        Buffer rest = frame.payload().getBuffer(NUMBER_BYTES, frame.payload().length());
        if (frame.kind() == 'c') {
            connect(number, rest);
        } else if (frame.kind() == 'd' && open.containsKey(number)) {
            return say(open.get(number), rest).otherwiseEmpty();
        }
        return Future.succeededFuture();
    }

    /** Ends all of them. */
    void close() {
        isClosed = true;
        List.copyOf(open.values()).forEach(JudgeConnections::end);
        open.clear();
    }

    private void connect(int number, Buffer place) {
        boolean isFree = !open.containsKey(number) && !pending.contains(number);
        if (isClosed || remote == null || !isFree || open.size() + pending.size() >= MOST || !isMeant(place)) {
            refuse(number, REFUSED);
            return;
        }
        pending.add(number);
        network.connect(RemoteAddress.port(remote.url()), remote.ip())
                .onComplete(connected -> pending.remove(number))
                .onSuccess(socket -> carry(number, socket))
                .onFailure(error -> refuse(number, error instanceof ConnectException ? REFUSED : UNREACHABLE));
    }

    private boolean isMeant(Buffer place) {
        try {
            JsonArray parts = new JsonArray(place);
            String host = parts.getString(0);
            boolean isHost = host.equals(remote.ip()) || host.equalsIgnoreCase(RemoteAddress.host(remote.url()));
            return isHost && parts.getInteger(1) == RemoteAddress.port(remote.url());
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void carry(int number, NetSocket socket) {
        if (isClosed) {
            end(socket);
            return;
        }
        open.put(number, socket);
        Handler<Buffer> tell = piece -> {
            socket.pause();
            tell(data(number, piece)).onComplete(taken -> socket.resume());
        };
        tell(new JudgeFrame('o', Buffer.buffer().appendInt(number)));
        socket.handler(tell);
        socket.exceptionHandler(error -> end(socket));
        socket.endHandler(end -> tell(data(number, Buffer.buffer())));
        socket.closeHandler(gone -> open.remove(number, socket));
    }

    /** Nothing is the end of what the judge says. */
    private static Future<Void> say(NetSocket socket, Buffer piece) {
        return piece.length() == 0 ? socket.end() : socket.write(piece);
    }

    private void refuse(int number, int error) {
        tell(new JudgeFrame('f', Buffer.buffer().appendInt(number).appendInt(error)));
    }

    /** A judge that is gone hears nothing; that it is gone is told elsewhere. */
    private Future<Void> tell(JudgeFrame frame) {
        return answer.apply(frame)
                .onFailure(error -> LOG.debug("a judge is not told of its connection", error))
                .otherwiseEmpty();
    }

    private static void end(NetSocket socket) {
        socket.close().onFailure(error -> LOG.debug("a connection of a judge did not close", error));
    }

    private static JudgeFrame data(int number, Buffer piece) {
        return new JudgeFrame('d', Buffer.buffer().appendInt(number).appendBuffer(piece));
    }
}
