package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import lyceum.account.Role;
import lyceum.gateway.GatewayRouter;
import lyceum.gateway.TestGateway;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets where: two of the operations in the table, once in each dialect, tell who asks. */
@TestInstance(Lifecycle.PER_CLASS)
class AccessTest {

    private static final Operation LIST = Operation.get("/elicast");
    private static final Operation PROTECT = Operation.put("/elicast/{id}/protection");

    private final Vertx vertx = Vertx.vertx();
    private final Tokens tokens = new Tokens(vertx, JwtSecret.of(TestGateway.SECRET, "test"), Clock.systemUTC());
    private final String ada = tokens.issue(new Caller("ada", List.of()));
    private final String eve = tokens.issue(new Caller("eve", List.of(Role.TEACHER)));
    private final String root = tokens.issue(new Caller("root", List.of(Role.STUDENT, Role.ADMIN)));
    private HttpServer server;
    private WebClient client;

    @BeforeAll
    void start() {
        List<Routes> groups = List.of(
                router -> tell(router, Admission.REQUIRED, Dialect.PROBLEM),
                router -> tell(router, Admission.REQUIRED, Dialect.NOWHERE),
                router -> tell(router, Admission.REQUIRED, Dialect.DETAIL),
                router -> tell(router, Admission.REQUIRED, Dialect.PLAIN),
                router -> tell(router, Admission.REQUIRED, Dialect.JUDGE0),
                router -> tell(router, Admission.REQUIRED, Dialect.PISTON),
                router -> LIST.on(router, "/open")
                        .handler(new Access(
                                        tokens,
                                        Admission.OPEN,
                                        Admission.OPEN,
                                        Admission.OPEN,
                                        TestGateway.TRAIL,
                                        new Tenures())
                                .guard(LIST))
                        .handler(ctx -> ctx.end("open")));
        server = vertx.createHttpServer()
                .requestHandler(GatewayRouter.of(vertx, groups))
                .listen(0, "127.0.0.1")
                .await();
        client = WebClient.create(vertx);
    }

    @AfterAll
    void stop() {
        vertx.close().await();
    }

    private void tell(Router router, Admission admission, Dialect dialect) {
        Access access = new Access(tokens, admission, admission, admission, TestGateway.TRAIL, new Tenures());
        String path = "/" + dialect.name().toLowerCase(Locale.ROOT) + "/";
        router.routeWithRegex(path + ".*").failureHandler(dialect);
        for (Operation operation : List.of(LIST, PROTECT)) {
            operation
                    .on(router, path + operation.method())
                    .handler(access.guard(operation))
                    .handler(ctx -> ctx.end(Caller.of(ctx).orElseThrow().subject()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // query | Authorization | Cookie | who it is
                "ada | -                   | -                                       | ada",
                "-   | Bearer ada          | -                                       | ada",
                "-   | bEaReR  ada         | -                                       | ada",
                "-   | -                   | authorization=\"Bearer ada\"            | ada",
                "-   | -                   | authorization=Bearer ada                | ada",
                "-   | -                   | x=1; authorization=\"Bearer ada\"; y=2  | ada",
                "ada | Bearer eve          | authorization=\"Bearer root\"           | ada",
                "ada | Basic zzz           | -                                       | ada",
                "''  | Bearer eve          | authorization=\"Bearer root\"           | eve",
                "''  | Bearer              | authorization=\"Bearer root\"           | root",
                "-   | Basic zzz           | authorization=\"Bearer root\"           | root"
            })
    void readsTheTokenFromTheFirstPlaceThatHasOne(String query, String header, String cookie, String subject) {
        HttpRequest<Buffer> request = client.get(server.actualPort(), "127.0.0.1", "/problem/GET");
        if (query != null) {
            request.addQueryParam("token", tokens(query));
        }
        if (header != null) {
            request.putHeader("Authorization", tokens(header));
        }
        if (cookie != null) {
            request.putHeader("Cookie", tokens(cookie));
        }

        assertThat(request.send().await().bodyAsString()).isEqualTo(subject);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // query | X-Auth-Token in the header | and in the query | Cookie | who it is
                "-   | ada | eve | authorization=\"Bearer root\" | ada",
                "-   | -   | eve | authorization=\"Bearer root\" | eve",
                "-   | ''  | ''  | authorization=\"Bearer root\" | root",
                "ada | eve | -   | -                             | ada"
            })
    void readsTheTokenWhereClientsOfJudge0PutIt(
            String query, String header, String queryOfJudge0, String cookie, String subject) {
        HttpRequest<Buffer> request = client.get(server.actualPort(), "127.0.0.1", "/judge0/GET");
        addQuery(request, "token", query);
        addQuery(request, "X-Auth-Token", queryOfJudge0);
        if (header != null) {
            request.putHeader("X-Auth-Token", tokens(header));
        }
        if (cookie != null) {
            request.putHeader("Cookie", tokens(cookie));
        }

        assertThat(request.send().await().bodyAsString()).isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"problem", "detail", "plain"})
    void looksThereOnPathsOfTheAdaptersOnly(String place) {
        HttpRequest<Buffer> request = client.get(server.actualPort(), "127.0.0.1", "/" + place + "/GET")
                .putHeader("X-Auth-Token", ada)
                .addQueryParam("X-Auth-Token", ada);

        assertThat(request.send().await().statusCode()).isEqualTo(401);
    }

    private void addQuery(HttpRequest<Buffer> request, String name, String token) {
        if (token != null) {
            request.addQueryParam(name, tokens(token));
        }
    }

    @Test
    void doesNotTryTheNextPlaceWhenATokenIsWrong() {
        HttpResponse<Buffer> response = client.get(server.actualPort(), "127.0.0.1", "/problem/GET?token=wrong")
                .bearerTokenAuthentication(ada)
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROBLEM | application/problem+json | {'type':'about:blank','title':'Unauthorized','status':401,'detail':'Not authenticated'}",
                "DETAIL | application/json | {'detail':'Not authenticated'}",
                "PLAIN | text/plain; charset=utf-8 | 401: Unauthorized",
                "JUDGE0 | application/json; charset=utf-8 | {'error':'Not authenticated'}",
                "PISTON | application/json; charset=utf-8 | {'message':'Not authenticated'}"
            })
    void refusesARequestWithoutAToken(String dialect, String mediaType, String body) {
        for (String header : List.of("", "Bearer", "Bearer ", "Basic dGVzdDp0ZXN0")) {
            assertRefused(get(dialect, header), 401, mediaType, body);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROBLEM | application/problem+json | {'type':'about:blank','title':'Unauthorized','status':401,'detail':'Could not validate credentials'}",
                "DETAIL | application/json | {'detail':'Could not validate credentials'}",
                "PLAIN | text/plain; charset=utf-8 | 401: Unauthorized",
                "JUDGE0 | application/json; charset=utf-8 | {'error':'Could not validate credentials'}",
                "PISTON | application/json; charset=utf-8 | {'message':'Could not validate credentials'}"
            })
    void refusesAWrongToken(String dialect, String mediaType, String body) {
        assertRefused(get(dialect, "Bearer garbage"), 401, mediaType, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROBLEM | application/problem+json | {'type':'about:blank','title':'Forbidden','status':403}",
                "DETAIL | application/json | {'detail':'Forbidden'}",
                "PLAIN | text/plain; charset=utf-8 | 403: Forbidden",
                "JUDGE0 | application/json; charset=utf-8 | {'error':'Forbidden'}",
                "PISTON | application/json; charset=utf-8 | {'message':'Forbidden'}"
            })
    void refusesACallerWithoutTheRole(String dialect, String mediaType, String body) {
        for (String token : List.of(ada, eve)) {
            assertRefused(protect(dialect, token), 403, mediaType, body);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void admitsACallerWithTheRole(Dialect dialect) {
        assertThat(protect(dialect.name(), root).bodyAsString()).isEqualTo("root");
    }

    /** What the older contracts let everybody do, or everybody with a token, stays so; what is ours asks for its role. */
    @ParameterizedTest
    @CsvSource({
        "GET,    /accounts,                                  ADMIN",
        "GET,    /accounts/{name},                           ADMIN",
        "PUT,    /accounts/{name},                           ADMIN",
        "DELETE, /accounts/{name},                           ADMIN",
        "PUT,    /elicast/{id}/protection,                   ADMIN",
        "DELETE, /elicast/{id}/protection,                   ADMIN",
        "PUT,    /grading/homework/{homework},               TEACHER ADMIN",
        "DELETE, /grading/homework/{homework},               TEACHER ADMIN",
        "PUT,    /grading/homework/{homework}/access,        TEACHER ADMIN",
        "POST,   /grading/homework-reloads,                  TEACHER ADMIN",
        "DELETE, /grading/hand-ins,                          TEACHER ADMIN",
        "POST,   /grading/hand-ins/{id}/reruns,              TEACHER ADMIN",
        "GET,    /grading/scores,                            TEACHER ADMIN",
        "GET,    /grading/runner/waiting,                    TEACHER ADMIN",
        "GET,    /stat,                                      TEACHER ADMIN",
        "DELETE, /live/{name},                               TEACHER ADMIN"
    })
    void givesAdministrativeActsToTheirRolesHoweverOpenTheRestIs(String method, String path, String roles) {
        Set<Role> expected = Arrays.stream(roles.split(" ")).map(Role::valueOf).collect(Collectors.toSet());

        assertThat(AccessTable.of(Admission.OPEN, Admission.OPEN, Admission.OPEN)
                        .get(new Operation(HttpMethod.valueOf(method), path)))
                .isEqualTo(new Need(true, expected));
    }

    @Test
    void asksForNothingWhereTheContractIsOpen() {
        HttpResponse<Buffer> response = client.get(server.actualPort(), "127.0.0.1", "/open")
                .bearerTokenAuthentication("stale")
                .send()
                .await();

        assertThat(response.bodyAsString()).isEqualTo("open");
    }

    @Test
    void knowsNoOperationThatIsNotInTheTable() {
        Access access =
                new Access(tokens, Admission.OPEN, Admission.OPEN, Admission.OPEN, TestGateway.TRAIL, new Tenures());

        assertThatThrownBy(() -> access.guard(Operation.get("/secret")))
                .hasMessage("Operation[method=GET, path=/secret] is not in the table of access");
    }

    private HttpResponse<Buffer> get(String dialect, String authorization) {
        return client.get(server.actualPort(), "127.0.0.1", "/" + dialect.toLowerCase(Locale.ROOT) + "/GET")
                .putHeader("Authorization", authorization)
                .send()
                .await();
    }

    private HttpResponse<Buffer> protect(String dialect, String token) {
        return client.put(server.actualPort(), "127.0.0.1", "/" + dialect.toLowerCase(Locale.ROOT) + "/PUT")
                .bearerTokenAuthentication(token)
                .send()
                .await();
    }

    private static void assertRefused(HttpResponse<Buffer> response, int status, String mediaType, String body) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo(status == 401 ? "Bearer" : null);
        assertThat(response.getHeader("Content-Type")).isEqualTo(mediaType);
        assertThat(response.bodyAsString()).isEqualTo(body.replace('\'', '"'));
    }

    /** Puts the tokens of people in the place of their names. */
    private String tokens(String text) {
        return text.replace("ada", ada).replace("eve", eve).replace("root", root);
    }
}
