package lyceum.gateway.social;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.social.PagedList.Pages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagedListTest {

    private static final int PAGE = 10;

    private final Vertx vertx = Vertx.vertx();
    private final Promise<Throwable> failed = Promise.promise();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** Serves numbers from 0 on. */
    private void serve(int most, int there, String text) {
        Pages<Integer> pages = (last, count) -> {
            asked.incrementAndGet();
            int from = last == null ? 0 : last + 1;
            return Future.succeededFuture(
                    IntStream.range(from, Math.min(from + count, there)).boxed().toList());
        };
        Router router = Router.router(vertx);
        router.route()
                .handler(ctx -> new PagedList<>(
                                ctx,
                                Duration.ofMillis(200),
                                most,
                                pages,
                                number -> new JsonObject().put("n", number).put("t", text))
                        .write(PAGE)
                        .onFailure(failed::complete));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
    }

    @ParameterizedTest
    @CsvSource({"0,100,0,1", "3,100,3,1", "10,100,10,2", "25,100,25,3", "30,20,20,2", "30,15,15,2", "30,10,10,1"})
    void writesWhatIsThereUpToALimit(int there, int most, int written, int questions) {
        serve(most, there, "");

        HttpResponse<Buffer> response = WebClient.create(vertx)
                .get(server.actualPort(), "127.0.0.1", "/")
                .send()
                .await();

        assertThat(response.bodyAsJsonArray().stream().map(item -> ((JsonObject) item).getInteger("n")))
                .containsExactlyElementsOf(IntStream.range(0, written).boxed().toList());
        assertThat(asked.get()).isEqualTo(questions);
        assertThat(response.headers().contains("Content-Length")).isEqualTo(questions == 1);
    }

    @Test
    void asksForNoMoreThanTheClientTakesAndGivesUpWhereThatIsNothing() {
        serve(Integer.MAX_VALUE, Integer.MAX_VALUE, "x".repeat(100_000));
        NetSocket client = vertx.createNetClient(new NetClientOptions().setReceiveBufferSize(64 * 1024))
                .connect(server.actualPort(), "127.0.0.1")
                .await();
        client.handler(bytes -> {}).pause();

        client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n").await();

        assertThat(failed.future().await())
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(408));
        assertThat(asked.get()).isBetween(1, 20);
        // Otherwise the server waits for it when it stops.
        client.close().await();
    }
}
