package lyceum.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lyceum.gateway.GatewayRouter;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.LogLines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a failure looks like outside, in each dialect. */
@TestInstance(Lifecycle.PER_CLASS)
class DialectTest {

    private final Vertx vertx = Vertx.vertx();
    private LogLines log;
    private HttpServer server;
    private WebClient client;

    @BeforeAll
    void start() {
        log = LogLines.of(Refusal.class);
        List<Routes> groups = Arrays.stream(Dialect.values()).map(this::failing).toList();
        server = vertx.createHttpServer()
                .requestHandler(GatewayRouter.of(vertx, groups))
                .listen(0, "127.0.0.1")
                .await();
        client = WebClient.create(vertx);
    }

    @AfterAll
    void stop() {
        log.close();
        vertx.close().await();
    }

    /** One route for each kind of failure, and what else can happen. */
    private Routes failing(Dialect dialect) {
        return router -> {
            router.routeWithRegex("/" + dialect + "/.*").failureHandler(dialect);
            Operation.get("/{dialect}/{failure}")
                    .on(router, "/" + dialect + "/(?<failure>\\w+)")
                    .handler(this::fail);
        };
    }

    private void fail(RoutingContext ctx) {
        String failure = ctx.pathParam("failure");
        switch (failure) {
            case "defect" -> throw new IllegalStateException("a secret of the house");
            case "teapot" -> ctx.fail(new Refusal(418, "short and stout", Map.of("X-Spout", "here")));
            case "half" -> ctx.response().setChunked(true).write("half").onSuccess(written -> ctx.fail(500));
            case "gone" ->
                ctx.response()
                        .setChunked(true)
                        .write("half")
                        .onSuccess(written -> ctx.fail(new IOException("Broken pipe")));
            default -> ctx.fail(new Failure(Kind.valueOf(failure), "because"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "PROBLEM | INVALID     | 400 | {'type':'about:blank','title':'Bad Request','status':400,'detail':'because'}",
                "PROBLEM | FORBIDDEN   | 403 | {'type':'about:blank','title':'Forbidden','status':403,'detail':'because'}",
                "PROBLEM | NOT_FOUND   | 404 | {'type':'about:blank','title':'Not Found','status':404,'detail':'because'}",
                "PROBLEM | CONFLICT    | 409 | {'type':'about:blank','title':'Conflict','status':409,'detail':'because'}",
                "PROBLEM | BUSY        | 503 | {'type':'about:blank','title':'Service Unavailable','status':503,'detail':'because'}",
                "PROBLEM | UNAVAILABLE | 503 | {'type':'about:blank','title':'Service Unavailable','status':503,'detail':'because'}",
                "PROBLEM | INTERNAL    | 500 | {'type':'about:blank','title':'Internal Server Error','status':500}",
                "PROBLEM | defect      | 500 | {'type':'about:blank','title':'Internal Server Error','status':500}",
                "PROBLEM | a-path      | 404 | {'type':'about:blank','title':'Not Found','status':404}",
                "DETAIL  | INVALID     | 400 | {'detail':'because'}",
                "DETAIL  | FORBIDDEN   | 403 | {'detail':'because'}",
                "DETAIL  | NOT_FOUND   | 404 | {'detail':'because'}",
                "DETAIL  | CONFLICT    | 409 | {'detail':'because'}",
                "DETAIL  | BUSY        | 503 | {'detail':'because'}",
                "DETAIL  | UNAVAILABLE | 503 | {'detail':'because'}",
                "DETAIL  | INTERNAL    | 500 | {'detail':[{'msg':'Internal Server Error','type':'InternalServerError'}]}",
                "DETAIL  | defect      | 500 | {'detail':[{'msg':'Internal Server Error','type':'InternalServerError'}]}",
                "DETAIL  | a-path      | 404 | {'detail':'Not Found'}",
                "PLAIN   | INVALID     | 400 | because",
                "PLAIN   | FORBIDDEN   | 403 | 403: Forbidden",
                "PLAIN   | NOT_FOUND   | 404 | because",
                "PLAIN   | CONFLICT    | 409 | because",
                "PLAIN   | BUSY        | 503 | because",
                "PLAIN   | UNAVAILABLE | 503 | because",
                "PLAIN   | INTERNAL    | 500 | 500: Internal Server Error",
                "PLAIN   | defect      | 500 | 500: Internal Server Error",
                "PLAIN   | a-path      | 404 | 404: Not Found",
                "JUDGE0  | INVALID     | 400 | {'error':'because'}",
                "JUDGE0  | FORBIDDEN   | 403 | {'error':'because'}",
                "JUDGE0  | NOT_FOUND   | 404 | {'error':'because'}",
                "JUDGE0  | CONFLICT    | 409 | {'error':'because'}",
                "JUDGE0  | BUSY        | 503 | {'error':'because'}",
                "JUDGE0  | UNAVAILABLE | 503 | {'error':'because'}",
                "JUDGE0  | INTERNAL    | 500 | {'error':'Internal Server Error'}",
                "JUDGE0  | defect      | 500 | {'error':'Internal Server Error'}",
                "JUDGE0  | a-path      | 404 | {'error':'Not Found'}",
                "PISTON  | INVALID     | 400 | {'message':'because'}",
                "PISTON  | FORBIDDEN   | 403 | {'message':'because'}",
                "PISTON  | NOT_FOUND   | 404 | {'message':'because'}",
                "PISTON  | CONFLICT    | 409 | {'message':'because'}",
                "PISTON  | BUSY        | 503 | {'message':'because'}",
                "PISTON  | UNAVAILABLE | 503 | {'message':'because'}",
                "PISTON  | INTERNAL    | 500 | {'message':'Internal Server Error'}",
                "PISTON  | defect      | 500 | {'message':'Internal Server Error'}",
                "PISTON  | a-path      | 404 | {'message':'Not Found'}"
            })
    void wordsAFailure(Dialect dialect, String failure, int status, String body) {
        for (String prefix : List.of("/", "/api/")) {
            HttpResponse<Buffer> response = get(prefix + dialect + '/' + failure);

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.getHeader("Retry-After")).isEqualTo(status == 503 ? "1" : null);
            assertThat(response.getHeader("X-Request-Id")).isNotEmpty();
            assertThat(response.bodyAsString()).isEqualTo(body.replace('\'', '"'));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void namesTheMethodsOfAPath(Dialect dialect) {
        HttpResponse<Buffer> response = client.post(server.actualPort(), "127.0.0.1", "/" + dialect + "/INVALID")
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.getHeader("Allow")).isEqualTo("GET");
        assertThat(response.bodyAsString()).contains("Method Not Allowed");
    }

    @Test
    void logsADefectOnceAndAnExpectedFailureNever() {
        log.events().clear();

        get("/PROBLEM/defect");
        get("/PROBLEM/NOT_FOUND");
        get("/PROBLEM/INTERNAL");

        assertThat(log.events()).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getFormattedMessage()).isEqualTo("defect in GET /PROBLEM/defect");
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("a secret of the house");
        });
    }

    @Test
    void passesOnTheHeadersOfARefusal() {
        HttpResponse<Buffer> response = get("/PLAIN/teapot");

        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.getHeader("X-Spout")).isEqualTo("here");
        assertThat(response.bodyAsString()).isEqualTo("short and stout");
    }

    @Test
    void breaksTheConnectionWhereHalfAnAnswerIsOut() {
        assertThatThrownBy(() -> get("/PLAIN/half")).isInstanceOf(HttpClosedException.class);
    }

    @Test
    void takesAnAnswerThatCannotBeWrittenForNoDefect() {
        log.events().clear();

        assertThatThrownBy(() -> get("/DETAIL/gone")).isInstanceOf(HttpClosedException.class);

        assertThat(log.events()).isEmpty();
    }

    @Test
    void tellsTheLengthOfARefusalToHeadToo() {
        HttpResponse<Buffer> response = client.head(server.actualPort(), "127.0.0.1", "/DETAIL/INVALID")
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.getHeader("Content-Length")).isEqualTo("31");
        assertThat(response.body()).isNull();
    }

    private HttpResponse<Buffer> get(String path) {
        return client.get(server.actualPort(), "127.0.0.1", path).send().await();
    }
}
