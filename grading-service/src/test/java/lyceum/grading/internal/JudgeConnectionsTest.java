package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.net.NetServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a judge that is none of ours may say of connections. */
class JudgeConnectionsTest {

    private static final int REFUSED = 111;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void refusesANumberThatIsInUse() {
        NetServer server = vertx.createNetServer()
                .connectHandler(socket -> {
                    made.incrementAndGet();
                    socket.closeHandler(gone -> ended.incrementAndGet());
                })
                .listen(0, "127.0.0.1")
                .await();
        var context = vertx.getOrCreateContext();
        JudgeConnections connections = new JudgeConnections(
                vertx.createNetClient(),
                new Assignment.Remote("http://localhost:" + server.actualPort(), "127.0.0.1", null, null),
                this::tell);
        JudgeFrame connect = new JudgeFrame(
                'c',
                Buffer.buffer()
                        .appendInt(7)
                        .appendBuffer(new JsonArray()
                                .add("localhost")
                                .add(server.actualPort())
                                .toBuffer()));

        context.runOnContext(now -> {
            connections.take(connect);
            connections.take(connect);
        });
        Awaitility.await().untilAsserted(() -> assertThat(told).containsExactly("f 7 " + REFUSED, "o 7"));
        context.runOnContext(now -> connections.take(connect));
        Awaitility.await()
                .untilAsserted(() -> assertThat(told).containsExactly("f 7 " + REFUSED, "o 7", "f 7 " + REFUSED));

        context.runOnContext(now -> connections.close());
        Awaitility.await().untilAsserted(() -> assertThat(ended).hasValue(1));
        assertThat(made).hasValue(1);
    }

    private Future<Void> tell(JudgeFrame frame) {
        Buffer payload = frame.payload();
        told.add(frame.kind() + " " + payload.getInt(0) + (frame.kind() == 'f' ? " " + payload.getInt(4) : ""));
        return Future.succeededFuture();
    }
}
