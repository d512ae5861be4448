package lyceum.gateway.stream;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicReference;
import lyceum.gateway.TestGateway;
import org.awaitility.Awaitility;

/** A connection to a gateway, byte by byte. */
public final class Conversation implements AutoCloseable {

    private final NetClient client;
    private final NetSocket socket;
    private final AtomicReference<String> heard = new AtomicReference<>("");
    private final Promise<Void> closed = Promise.promise();

    public Conversation(TestGateway gateway) {
        this(gateway.vertx, gateway.port());
    }

    public Conversation(Vertx vertx, int port) {
        client = vertx.createNetClient();
        socket = client.connect(port, "127.0.0.1").await();
        socket.handler(bytes -> heard.accumulateAndGet(bytes.toString(), String::concat));
        socket.closeHandler(closed::complete);
    }

    public void say(String text) {
        socket.write(text).await();
    }

    /** Waits until something that was said begins so. */
    public void hear(String text) {
        Awaitility.await().until(() -> heard.get().contains(text));
    }

    /** @return all that was said until the gateway hung up */
    public String everything() {
        closed.future().await();
        return heard.get();
    }

    @Override
    public void close() {
        client.close().await();
    }
}
