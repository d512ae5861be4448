package lyceum.gateway.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.RunCode;
import lyceum.elicast.ElicastService.RunResult;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of elicast where they ask for a token. */
@TestInstance(Lifecycle.PER_CLASS)
class ElicastAdmissionTest {

    private TestGateway gateway;
    private Scripted<ElicastService> elicast;

    @BeforeAll
    void start() {
        gateway = new TestGateway(Map.of("LYCEUM_AUTH_ELICAST", "required"));
        elicast = new Scripted<>(gateway.vertx, ElicastService.class).on(RunCode.class, new RunResult(1, "", 0));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/elicast",
        "PUT,/elicast",
        "GET,/elicast/1",
        "POST,/elicast/1",
        "DELETE,/api/elicast/1",
        "POST,/code/run",
        "POST,/code/answer/1",
        "POST,/audio/split",
        "GET,/audio/download/1",
        "POST,/audio/replace/1",
        "POST,/log/ticket",
        "POST,/log/submit"
    })
    void refuseWhoBringsNoToken(String method, String path) {
        HttpResponse<Buffer> response =
                gateway.request(HttpMethod.valueOf(method), path).send().await();

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.bodyAsString()).isEqualTo("401: Unauthorized");
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @Test
    void readTheWholeBodyOfWhoBringsOne() {
        String token = gateway.request(HttpMethod.POST, "/token")
                .sendForm(MultiMap.caseInsensitiveMultiMap()
                        .add("username", "ada")
                        .add("password", "ada"))
                .await()
                .bodyAsJsonObject()
                .getString("access_token");
        String code = "x".repeat(1 << 20);

        HttpResponse<Buffer> response = gateway.request(HttpMethod.POST, "/code/run")
                .bearerTokenAuthentication(token)
                .sendForm(MultiMap.caseInsensitiveMultiMap().add("code", code))
                .await();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(elicast.asked(RunCode.class)).extracting(RunCode::code).containsExactly(Buffer.buffer(code));
    }
}
