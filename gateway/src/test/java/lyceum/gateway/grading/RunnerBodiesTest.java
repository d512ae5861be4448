package lyceum.gateway.grading;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import lyceum.gateway.GatewayRouter;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.stream.HeldBytes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies of runners, and how much of them is held for whom. */
class RunnerBodiesTest {

    private static final int LIMIT = 50;

    /** Behind all that a client hears. */
    private static final String CLOSED = " and hangs up";

    private final Vertx vertx = Vertx.vertx();
    private final HeldBytes held = new HeldBytes(100);
    private final Promise<Void> answering = Promise.promise();
    private HttpServer server;

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private void start(Duration within) {
        RunnerBodies bodies = new RunnerBodies(held, request -> request.getHeader("Client"), within);
        server = vertx.createHttpServer()
                .requestHandler(GatewayRouter.of(vertx, List.of(router -> {
                    router.routeWithRegex("/.*").failureHandler(Dialect.PLAIN);
                    router.post("/").handler(ctx -> answer(ctx, bodies));
                })))
                .listen(0, "127.0.0.1")
                .await();
    }

    private void answer(RoutingContext ctx, RunnerBodies bodies) {
        bodies.use(ctx, LIMIT, body -> answering.future().map(body.length()))
                .onSuccess(length -> ctx.end("read " + length))
                .onFailure(ctx::fail);
    }

    /** @return what the gateway says to a client from then on */
    private Buffer post(String client, int announced, int sent) {
        NetSocket socket = vertx.createNetClient()
                .connect(server.actualPort(), "127.0.0.1")
                .await();
        Buffer heard = Buffer.buffer();
        socket.handler(heard::appendBuffer).closeHandler(closed -> heard.appendString(CLOSED));
        socket.write("POST / HTTP/1.1\r\nHost: x\r\nClient: %s\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(client, announced, "x".repeat(sent)))
                .await();
        return heard;
    }

    private static void awaitText(Buffer heard, String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(heard.toString()).contains(text));
    }

    private void awaitHeld(long bytes) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> held.taken() == bytes);
    }

    @Test
    void takeRoomAsTheyComeAndGiveItBackWhenTheyAreAnswered() {
        start(Duration.ofMinutes(1));
        Buffer whole = post("one", 30, 30);
        post("one", 50, 10);
        awaitHeld(40);

        answering.complete();

        awaitText(whole, "read 30");
        awaitHeld(10);
    }

    @Test
    void haveHalfOfAllRoomForOneAddress() {
        start(Duration.ofMinutes(1));
        post("one", 50, 50);
        awaitHeld(50);
        awaitText(post("one", 1, 1), "503");
        post("two", 50, 50);
        awaitHeld(100);
        awaitText(post("three", 1, 1), "503");
    }

    @Test
    void mayNotTakeForEver() {
        start(Duration.ofMillis(50));

        Buffer heard = post("one", 50, 10);

        awaitText(heard, "408");
        awaitText(heard, CLOSED);
        awaitHeld(0);
        answering.complete();
    }

    @Test
    void giveBackWhatIsHeldOfWhoHasLeft() {
        start(Duration.ofMinutes(1));
        NetSocket socket = vertx.createNetClient()
                .connect(server.actualPort(), "127.0.0.1")
                .await();
        socket.write("POST / HTTP/1.1\r\nHost: x\r\nClient: one\r\nContent-Length: 50\r\n\r\nxx")
                .await();
        awaitHeld(2);

        socket.close().await();

        awaitHeld(0);
    }
}
