package lyceum.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Language;
import lyceum.sandbox.Limits;
import lyceum.sandbox.SandboxService.Inspect;
import lyceum.sandbox.SandboxService.Isolation;
import lyceum.sandbox.SandboxService.LanguageList;
import lyceum.sandbox.SandboxService.ListLanguages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sandbox is, over HTTP, and what holds for all that is asked about it. */
class SandboxRoutesTest {

    private SandboxFixture fixture;

    @BeforeEach
    void start() {
        fixture = new SandboxFixture(Map.of());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sandbox", "/api/sandbox"})
    void tellsWhichWallsStand(String path) {
        fixture.sandbox.on(Inspect.class, new Isolation(true, "namespaces"));

        HttpResponse<Buffer> response = fixture.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyAsString()).isEqualTo("{\"possible\":true,\"isolation\":\"namespaces\"}");
    }

    @Test
    void listsLanguages() {
        Limits limits = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(4), 3, 2, 1, 100, 200, -1);
        Limits compiler = new Limits(Duration.ofSeconds(1), Duration.ofMillis(1), 1, 1, 1, 100, 200, 400);
        fixture.sandbox.on(
                ListLanguages.class,
                new LanguageList(List.of(
                        new Language("c", "C", "12.2", List.of("gcc", "cc"), "main.c", true, true, limits, compiler),
                        new Language("go", "Go", "", List.of(), "main.go", false, false, limits, null))));

        JsonObject answer = fixture.get("/sandbox/languages").bodyAsJsonObject();

        assertThat(answer).isEqualTo(new JsonObject("""
                {"languages":[{
                  "name":"c","title":"C","version":"12.2","aliases":["gcc","cc"],"mainFile":"main.c",
                  "compiled":true,"usable":true,
                  "limits":{"wallTimeMillis":5000,"cpuTimeMillis":4000,"memoryBytes":3,"processes":2,"fileBytes":1,
                    "outputBytes":300},
                  "compileLimits":{"wallTimeMillis":1000,"cpuTimeMillis":1,"memoryBytes":1,"processes":1,"fileBytes":1,
                    "outputBytes":300}
                },{
                  "name":"go","title":"Go","version":"","aliases":[],"mainFile":"main.go",
                  "compiled":false,"usable":false,
                  "limits":{"wallTimeMillis":5000,"cpuTimeMillis":4000,"memoryBytes":3,"processes":2,"fileBytes":1,
                    "outputBytes":300},
                  "compileLimits":null
                }]}"""));
    }

    @Test
    void waitsForLanguagesLongerThanForOtherAnswers() {
        try (SandboxFixture hasty = new SandboxFixture(Map.of("LYCEUM_REPLY_TIMEOUT", "1ms"))) {
            hasty.sandbox.on(
                    ListLanguages.class,
                    any -> hasty.gateway.vertx.timer(100).map(late -> new LanguageList(List.of())));

            assertThat(hasty.get("/sandbox/languages").bodyAsString()).isEqualTo("{\"languages\":[]}");
        }
    }

    @ParameterizedTest
    @CsvSource({"/sandbox", "/sandbox/languages"})
    void asksForAnotherTryWhereTheSandboxIsNotThere(String path) {
        Failure gone = new Failure(Kind.UNAVAILABLE, "it is gone");
        fixture.sandbox
                .on(Inspect.class, any -> Future.failedFuture(gone))
                .on(ListLanguages.class, any -> Future.failedFuture(gone));

        HttpResponse<Buffer> response = fixture.get(path);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.bodyAsJsonObject())
                .isEqualTo(SandboxFixture.problem(503, "Service Unavailable", "it is gone"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/sandbox",
        "GET,/sandbox/languages",
        "POST,/sandbox/runs",
        "GET,/sandbox/runs/1",
        "DELETE,/sandbox/runs/1",
        "POST,/sandbox/batches",
        "GET,/sandbox/batches?ids=1",
        "GET,/api/sandbox/sessions"
    })
    void answersNobodyWithoutAToken(String method, String path) {
        HttpResponse<Buffer> response =
                fixture.gateway.request(HttpMethod.valueOf(method), path).send().await();

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.bodyAsJsonObject())
                .isEqualTo(SandboxFixture.problem(401, "Unauthorized", "Not authenticated"));
        assertThat(fixture.sandbox.asked()).isEmpty();
    }
}
