package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.WebClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.platform.LogLines;
import lyceum.platform.RequestId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a request id is known; the form of ids is tested with the whole gateway. */
class RequestIdsTest {

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void start() {
        List<Routes> groups = List.of(router -> Operation.get("/id").on(router).handler(RequestIdsTest::tellLater));
        server = vertx.createHttpServer()
                .requestHandler(GatewayRouter.of(vertx, groups))
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private static void tellLater(RoutingContext ctx) {
        ctx.vertx().timer(1, TimeUnit.MILLISECONDS).onSuccess(passed -> ctx.end(RequestId.current()));
    }

    @Test
    void isKnownToAllThatFollowsFromTheRequest() {
        assertThat(ask("r-17")).isEqualTo("r-17");
    }

    @Test
    void logsOneLineWithoutTheQueryForEachRequest() {
        try (LogLines lines = LogLines.of(RequestIds.class)) {
            ask("r-18");

            Awaitility.await().until(() -> !lines.events().isEmpty());
            assertThat(lines.events())
                    .singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage()).matches("GET /id -> 200 in \\d+ ms"));
        }
    }

    private String ask(String id) {
        return WebClient.create(vertx)
                .get(server.actualPort(), "127.0.0.1", "/id?token=secret")
                .putHeader("X-Request-Id", id)
                .send()
                .await()
                .bodyAsString();
    }
}
