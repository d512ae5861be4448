package lyceum.gateway.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** A request byte by byte, whose answer need not be waited for, or read. */
final class RawRequest implements AutoCloseable {

    private static final String HEADERS = "Host: 127.0.0.1:%d\r\n";

    private final NetClient client;
    private final AtomicReference<String> heard = new AtomicReference<>("");
    final NetSocket socket;

    /** @param bytes are sent as one */
    RawRequest(LiveFixture live, Buffer bytes) {
        client = live.vertx.createNetClient();
        socket = client.connect(live.port(), "127.0.0.1").await();
        socket.handler(answer -> heard.accumulateAndGet(answer.toString("ISO-8859-1"), String::concat));
        socket.write(bytes).await();
    }

    /** @param headers whole lines beyond {@code Host} */
    RawRequest(LiveFixture live, String method, String query, String... headers) {
        this(live, head(live, method, query, headers));
    }

    static Buffer head(LiveFixture live, String method, String query, String... headers) {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return Buffer.buffer("%s %s?%s HTTP/1.1\r\n".formatted(method, LiveFixture.PATH, query)
                + HEADERS.formatted(live.port()) + lines + "\r\n");
    }

    void say(String bytes) {
        socket.write(bytes).await();
    }

    /** Waits until something that was answered contains it. */
    void hear(String text) {
        Awaitility.await().until(() -> heard.get().contains(text));
    }

    @Override
    public void close() {
        client.close().await();
    }
}
