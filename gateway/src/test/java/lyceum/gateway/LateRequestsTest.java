package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lyceum.gateway.connection.ConnectionConfig;
import lyceum.gateway.connection.Connections;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.JsonBody;
import lyceum.gateway.route.WholeBody;
import lyceum.platform.LogLines;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that keep the gateway waiting, and too many of them. */
class LateRequestsTest {

    private static final Duration SHORT = Duration.ofMillis(150);
    /** Half of it is longer than a busy machine rests while bytes are on their way. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String WHOLE = "GET /answer HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String UPGRADE = """
            GET /talk HTTP/1.1\r
            Host: x\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private HttpServer server;

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private void start(ConnectionConfig config) {
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .connectionHandler(new Connections(config, meters))
                .requestHandler(GatewayRouter.of(vertx, List.of(LateRequestsTest::add)))
                .listen(0, "127.0.0.1")
                .await();
    }

    private static void add(Router router) {
        router.routeWithRegex("/plain").failureHandler(Dialect.PLAIN);
        router.get("/answer").handler(ctx -> ctx.end("answer"));
        router.get("/later").handler(ctx -> ctx.vertx().setTimer(3 * SHORT.toMillis(), due -> ctx.end("later")));
        router.get("/json").handler(JsonBody.reader(100)).handler(ctx -> ctx.end("json"));
        router.post("/plain").handler(LateRequestsTest::count);
        router.post("/problem").handler(LateRequestsTest::count);
        router.post("/paused").handler(LateRequestsTest::readLater);
        router.post("/early").handler(ctx -> ctx.end("early"));
        router.get("/talk")
                .handler(ctx -> ctx.request()
                        .toWebSocket()
                        .onSuccess(socket -> socket.textMessageHandler(socket::writeTextMessage)));
    }

    private static void count(RoutingContext ctx) {
        WholeBody.read(ctx.request(), 1 << 20)
                .onSuccess(body -> ctx.end(Integer.toString(body.length())))
                .onFailure(ctx::fail);
    }

    /** Nothing is read for longer than the limit, so the network holds the rest back. */
    private static void readLater(RoutingContext ctx) {
        ctx.request().pause();
        ctx.vertx()
                .setTimer(
                        PAUSE.toMillis(),
                        due -> WholeBody.read(ctx.request(), 16 << 20)
                                .onSuccess(body -> ctx.end("read " + body.length()))
                                .onFailure(ctx::fail));
    }

    /** What a client hears until the gateway hangs up. */
    private final class Client {
        private final Buffer heard = Buffer.buffer();
        private final Promise<String> end = Promise.promise();
        private final NetSocket socket = OnLoop.await(
                vertx,
                () -> vertx.createNetClient()
                        .connect(server.actualPort(), "127.0.0.1")
                        .onSuccess(this::listen));

        private void listen(NetSocket connected) {
            connected
                    .handler(part -> heard.appendBuffer(part))
                    .exceptionHandler(error -> end.tryComplete(heard.toString()))
                    .closeHandler(closed -> end.tryComplete(heard.toString()));
        }

        Client say(String text) {
            return say(Buffer.buffer(text));
        }

        Client say(Buffer bytes) {
            // Who has been hung up on hears so.
            socket.write(bytes);
            return this;
        }

        /** @return all that was heard, when the gateway has hung up */
        String toEnd() throws Exception {
            return end.future().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }

        void hears(String text) {
            Awaitility.await().atMost(PATIENCE).until(() -> heard.toString().contains(text));
        }
    }

    private double late() {
        return meters.get("lyceum.gateway.connections.late").counter().count();
    }

    @Test
    void endsAHeadThatDoesNotArriveHoweverItDrips() throws Exception {
        start(new ConnectionConfig(10, SHORT, LONG, LONG));
        Client client = new Client().say("GET /answer HTTP/1.1\r\n");
        long drip = vertx.setPeriodic(20, tick -> client.say("a: b\r\n"));

        String answer = client.toEnd();
        vertx.cancelTimer(drip);

        assertThat(answer)
                .startsWith("HTTP/1.1 408 Request Timeout\r\nContent-Type: application/problem+json\r\n")
                .endsWith("{\"type\":\"about:blank\",\"title\":\"Request Timeout\",\"status\":408}");
        assertThat(late()).isEqualTo(1);
    }

    @Test
    void hangsUpWhereNothingIsEverSaid() throws Exception {
        start(new ConnectionConfig(10, SHORT, LONG, LONG));

        assertThat(new Client().toEnd()).isEmpty();
    }

    @Test
    void hangsUpWhereNothingMoreIsAsked() throws Exception {
        start(new ConnectionConfig(10, LONG, LONG, SHORT));

        assertThat(new Client().say(WHOLE).toEnd()).endsWith("answer");
        assertThat(late()).isZero();
    }

    @Test
    void waitsForItsOwnAnswer() throws Exception {
        start(new ConnectionConfig(10, LONG, LONG, SHORT));

        assertThat(new Client().say(WHOLE.replace("answer", "later")).toEnd()).endsWith("later");
    }

    @Test
    void endsABodyThatDoesNotArriveInTheWordsOfTheRoute() throws Exception {
        start(new ConnectionConfig(10, LONG, SHORT, LONG));

        assertThat(new Client().say(post("plain", 10) + "12345").toEnd())
                .startsWith("HTTP/1.1 408 Request Timeout")
                .endsWith("the body did not arrive in time");
        assertThat(new Client().say(post("problem", 10)).toEnd())
                .startsWith("HTTP/1.1 408 Request Timeout")
                .contains("\"detail\":\"the body did not arrive in time\"");
        assertThat(late()).isEqualTo(2);
    }

    @Test
    void endsABodyThatDrips() throws Exception {
        start(new ConnectionConfig(10, LONG, SHORT, LONG));
        Client client = new Client().say(post("plain", 100_000));
        long drip = vertx.setPeriodic(20, tick -> client.say("x"));

        assertThat(client.toEnd()).startsWith("HTTP/1.1 408 Request Timeout");
        vertx.cancelTimer(drip);
    }

    @Test
    void takesABodyThatIsSlowerThanTheLimitAltogether() {
        Duration limit = Duration.ofSeconds(1);
        start(new ConnectionConfig(10, LONG, limit, LONG));
        int parts = 10;
        Client client = new Client().say(post("plain", parts * 2_000));
        Buffer part = Buffer.buffer(new byte[2_000]);
        int[] said = {0};
        vertx.setPeriodic(limit.toMillis() / 6, tick -> {
            if (said[0]++ < parts) {
                client.say(part);
            } else {
                vertx.cancelTimer(tick);
            }
        });

        client.hears("\r\n\r\n20000");
    }

    @Test
    void doesNotBlameTheClientForItsOwnPause() {
        start(new ConnectionConfig(10, LONG, PAUSE.dividedBy(2), LONG));
        int bytes = 8 << 20;

        new Client()
                .say(post("paused", bytes))
                .say(Buffer.buffer(new byte[bytes]))
                .hears("read " + bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zz\r\nhello\r\n", "-5\r\nhello\r\n", "\r\nhello\r\n", "5\nhello\r\n", "fffffffffffffffff\r\n"})
    void refusesABodyWhoseEndCannotBeTold(String body) throws Exception {
        start(new ConnectionConfig(10, LONG, LONG, LONG));
        String head = "POST /plain HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

        try (LogLines log = LogLines.of("lyceum.gateway.route.Refusal")) {
            assertThat(new Client().say(head + body).toEnd())
                    .startsWith("HTTP/1.1 400 Bad Request")
                    .endsWith("the body is not framed as HTTP/1.1 has it");
            assertThat(log.lines()).isEmpty();
        }
    }

    /** As most questions are, to which nobody should send a body. */
    @Test
    void answersAsEverWhereNobodyReadsTheBody() throws Exception {
        start(new ConnectionConfig(10, LONG, LONG, LONG));
        try (LogLines log = LogLines.of("lyceum.gateway.route.Refusal")) {
            assertThat(new Client()
                            .say("GET /later HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
                            .toEnd())
                    .startsWith("HTTP/1.1 200 OK")
                    .endsWith("later");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void takesNoFormForTheJsonOfAQuestion() throws Exception {
        start(new ConnectionConfig(10, LONG, LONG, LONG));
        try (LogLines log = LogLines.of("lyceum.gateway.route.Refusal")) {
            Client client = new Client()
                    .say("GET /json HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"
                            + "Content-Type: multipart/form-data; boundary=b\r\n\r\n");
            client.hears("400 Bad Request");
            client.hears("the body is not a JSON object");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void takesNobodyWhoHasBrokenOffForADefect() {
        start(new ConnectionConfig(10, LONG, LONG, LONG));
        try (LogLines log = LogLines.of("lyceum.gateway.route.Refusal")) {
            for (String half : List.of(post("plain", 10) + "x", WHOLE.replace("answer", "later"))) {
                breakOff(half);
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() ->
                            meters.get("lyceum.gateway.connections").gauge().value() == 0);
            new Client().say(WHOLE).hears("answer");
            assertThat(log.lines()).isEmpty();
        }
    }

    /** Not politely, so that to read fails where somebody reads. */
    private void breakOff(String said) {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() ->
                            meters.get("lyceum.gateway.connections").gauge().value() > 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void hangsUpOnARestThatNobodyWaitsFor() throws Exception {
        start(new ConnectionConfig(10, LONG, SHORT, LONG));

        assertThat(new Client().say(post("early", 10)).toEnd()).endsWith("early");
    }

    @Test
    void leavesWebSocketsAlone() {
        start(new ConnectionConfig(10, SHORT, SHORT, SHORT));
        Client client = new Client().say(UPGRADE);
        client.hears("101 Switching Protocols");
        // A frame of "hi" under a mask of zeros, in two pieces, the second of them late.
        client.say(Buffer.buffer(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h'}));
        vertx.setTimer(4 * SHORT.toMillis(), due -> client.say("i"));

        client.hears("\u0002hi");
    }

    @Test
    void refusesWhoeverComesWhereEveryPlaceIsTaken() throws Exception {
        start(new ConnectionConfig(3, LONG, LONG, LONG));
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(new Client().say(WHOLE));
            clients.get(i).hears("answer");
        }

        assertThat(new Client().toEnd()).startsWith("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n");
        assertThat(meters.get("lyceum.gateway.connections.refused").counter().count())
                .isEqualTo(1);

        clients.get(0).socket.close().await();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> meters.get("lyceum.gateway.connections").gauge().value() == 2);
        new Client().say(WHOLE).hears("answer");
    }

    private static String post(String path, int bytes) {
        return "POST /%s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n".formatted(path, bytes);
    }
}
