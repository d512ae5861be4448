package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lyceum.gateway.GatewayRouter;
import lyceum.gateway.TestGateway;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two domains of one gateway; requests of each wait until a test answers them. */
class BulkheadTest {

    private static final int LIMIT = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Operation LESSONS = Operation.get("/elicast");
    private static final Operation CLICKS = Operation.get("/latest_clicks");

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Bulkhead lessons = new Bulkhead(Domain.LESSONS, LIMIT, meters);
    private final Bulkhead clicks = new Bulkhead(Domain.SOCIAL, LIMIT, meters);
    private final BlockingQueue<RoutingContext> waiting = new LinkedBlockingQueue<>();
    private final WebClient client = WebClient.create(vertx);
    private HttpServer server;

    @BeforeEach
    void start() {
        server = vertx.createHttpServer()
                .requestHandler(GatewayRouter.of(
                        vertx,
                        List.of(
                                router -> add(router, LESSONS, "PLAIN", lessons),
                                router -> add(router, LESSONS, "DETAIL", lessons),
                                router -> add(router, LESSONS, "PROBLEM", lessons),
                                router -> add(router, CLICKS, "OTHER", clicks))))
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private void add(Router router, Operation operation, String name, Bulkhead bulkhead) {
        Tokens tokens = new Tokens(vertx, JwtSecret.of(TestGateway.SECRET, "test"), Clock.systemUTC());
        Access access = new Access(
                        tokens, Admission.OPEN, Admission.OPEN, Admission.OPEN, TestGateway.TRAIL, new Tenures())
                .behind(new Gate(Optional.empty(), Optional.of(bulkhead)));
        if (!name.equals("OTHER")) {
            router.routeWithRegex("/" + name).failureHandler(Dialect.valueOf(name));
        }
        operation.on(router, "/" + name).handler(access.guard(operation)).handler(waiting::add);
    }

    private Future<HttpResponse<Buffer>> ask(String name) {
        return client.get(server.actualPort(), "127.0.0.1", "/" + name).send();
    }

    private RoutingContext next() throws InterruptedException {
        RoutingContext ctx = waiting.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(ctx).as("a request that is under way").isNotNull();
        return ctx;
    }

    private static void answer(RoutingContext ctx) {
        ctx.vertx().runOnContext(turn -> ctx.end("answer"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLAIN | too much is asked at once, please try again",
                "DETAIL | {'detail':'too much is asked at once, please try again'}",
                "PROBLEM | {'type':'about:blank','title':'Service Unavailable','status':503,'detail':'too much is asked at once, please try again'}"
            })
    void refusesWhatIsAboveTheLimitInTheWordsOfTheRoute(String dialect, String body) throws Exception {
        ask("PLAIN");
        ask("DETAIL");
        next();
        next();

        HttpResponse<Buffer> refused = ask(dialect).await();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.bodyAsString()).isEqualTo(body.replace('\'', '"'));
        assertThat(meters.get("lyceum.gateway.requests.refused")
                        .tag("domain", "lessons")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("lyceum.gateway.requests")
                        .tag("domain", "lessons")
                        .gauge()
                        .value())
                .isEqualTo(LIMIT);
    }

    @Test
    void leavesTheOtherDomainsTheirRoom() throws Exception {
        for (int i = 0; i < LIMIT; i++) {
            ask("PLAIN");
            next();
        }
        Future<HttpResponse<Buffer>> other = ask("OTHER");
        answer(next());

        assertThat(other.await().bodyAsString()).isEqualTo("answer");
    }

    @Test
    void hasRoomAgainAfterAnAnswerAndAfterAFailure() throws Exception {
        Future<HttpResponse<Buffer>> first = ask("PLAIN");
        answer(next());
        first.await();
        Future<HttpResponse<Buffer>> second = ask("PLAIN");
        RoutingContext failing = next();
        vertx.runOnContext(turn -> failing.fail(new Refusal(404)));

        assertThat(second.await().statusCode()).isEqualTo(404);
        assertThat(lessons.underWay()).isZero();
    }

    @Test
    void hasRoomAgainWhenAClientIsGone() throws Exception {
        NetSocket socket = vertx.createNetClient()
                .connect(server.actualPort(), "127.0.0.1")
                .await();
        socket.write("GET /PLAIN HTTP/1.1\r\nHost: x\r\n\r\n").await();
        RoutingContext ctx = next();
        // As routes do that stop what nobody waits for any more.
        ctx.response().closeHandler(gone -> {});
        assertThat(lessons.underWay()).isEqualTo(1);

        socket.close().await();

        Awaitility.await().atMost(PATIENCE).until(() -> lessons.underWay() == 0);
    }

    @Test
    void doesNotCountWhatIsOpenForLong() {
        Gate gate = new Gate(Optional.empty(), Optional.of(lessons));

        assertThat(Bulkhead.LONG_LIVED)
                .allSatisfy(operation ->
                        assertThat(gate.before(operation).bulkhead()).isEmpty());
        assertThat(gate.before(LESSONS)).isEqualTo(gate);
    }

    @Test
    void leavesNothingInTheRegistry() {
        lessons.close();
        clicks.close();

        assertThat(meters.getMeters()).isEmpty();
    }
}
