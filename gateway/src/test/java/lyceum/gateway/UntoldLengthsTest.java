package lyceum.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UntoldLengthsTest {

    private static final String TWICE = "GET %s HTTP/1.%d\r\nHost: x\r\nConnection: keep-alive\r\n\r\n".repeat(2);

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void start() {
        List<Routes> groups = List.of(router -> {
            Operation.get("/told").on(router).handler(ctx -> ctx.end("all"));
            Operation.get("/untold").on(router).handler(UntoldLengthsTest::write);
        });
        server = vertx.createHttpServer()
                .requestHandler(GatewayRouter.of(vertx, groups))
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private static void write(RoutingContext ctx) {
        ctx.response().setChunked(true).write("one");
        ctx.response().end("two");
    }

    @Test
    void endTheirConnectionWhereNothingElseTellsTheirEnd() throws IOException {
        try (Socket client = ask(TWICE.formatted("/untold", 0, "/untold", 0))) {
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.0 200 OK").endsWith("\r\n\r\nonetwo");
        }
    }

    @Test
    void leaveAConnectionAloneWhoseAnswersHaveTheirs() throws IOException {
        try (Socket client = ask(TWICE.formatted("/told", 0, "/told", 0))) {
            assertThat(ends(client, "all")).isEqualTo(2);
        }
        try (Socket client = ask(TWICE.formatted("/untold", 1, "/untold", 1))) {
            assertThat(ends(client, "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")).isEqualTo(2);
        }
    }

    private Socket ask(String requests) throws IOException {
        Socket client = new Socket("127.0.0.1", server.actualPort());
        client.setSoTimeout(10_000);
        client.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    /** @return how often an answer ends as it should, up to two */
    private static int ends(Socket client, String end) throws IOException {
        StringBuilder heard = new StringBuilder();
        int found = 0;
        for (int next = client.getInputStream().read();
                next >= 0;
                next = client.getInputStream().read()) {
            heard.append((char) next);
            if (heard.toString().endsWith("\r\n\r\n" + end) && ++found == 2) {
                return found;
            }
        }
        return found;
    }
}
