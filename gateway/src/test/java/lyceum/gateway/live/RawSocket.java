package lyceum.gateway.live;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lyceum.gateway.OnLoop;
import org.awaitility.Awaitility;

/** A client that knows frames only. */
final class RawSocket {

    private static final long PATIENCE_SECONDS = 30;

    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final WebSocket socket;
    private volatile boolean isClosed;

    RawSocket(Vertx vertx, WebSocketClient client, WebSocketConnectOptions options) {
        ClientWebSocket connecting = client.webSocket();
        connecting.textMessageHandler(heard::add).closeHandler(end -> isClosed = true);
        socket = OnLoop.await(vertx, () -> connecting.connect(options));
    }

    /** One behind the other; what comes of it is seen by what is heard. */
    RawSocket say(String... frames) {
        for (String frame : frames) {
            socket.writeTextMessage(frame);
        }
        return this;
    }

    RawSocket say(byte[] bytes) {
        socket.writeBinaryMessage(Buffer.buffer(bytes));
        return this;
    }

    String hear() {
        try {
            String frame = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("nothing is heard");
            }
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> hear(int frames) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            all.add(hear());
        }
        return all;
    }

    /** @return with how it was closed */
    int closed() {
        Awaitility.await().until(() -> isClosed);
        return socket.closeStatusCode();
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Says its packet of Socket.IO, and all frames until that has been echoed. */
    List<String> untilEcho(String mark) {
        say("42[\"echo\",\"" + mark + "\"]");
        List<String> all = new ArrayList<>();
        String echo = "42[\"echo\",[\"" + mark + "\"]]";
        for (String frame = hear(); !frame.equals(echo); frame = hear()) {
            all.add(frame);
        }
        return all;
    }
}
