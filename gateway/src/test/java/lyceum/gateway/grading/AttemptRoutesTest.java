package lyceum.gateway.grading;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import lyceum.account.Role;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.grading.AttemptService;
import lyceum.grading.AttemptService.FindAttempt;
import lyceum.grading.AttemptService.ListAttempts;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInService.HandInPage;
import lyceum.grading.Viewer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Earlier attempts over HTTP. */
@TestInstance(Lifecycle.PER_CLASS)
class AttemptRoutesTest {

    private static final String PATH = "/api/grading/hand-ins/" + HandInRoutesTest.PENDING.id() + "/attempts";

    private TestGateway gateway;
    private Scripted<AttemptService> attempts;

    @BeforeAll
    void start() {
        gateway = new TestGateway(Map.of());
        attempts = new Scripted<>(gateway.vertx, AttemptService.class)
                .on(ListAttempts.class, new HandInPage(List.of(HandInRoutesTest.PENDING), 2, 5, 6))
                .on(
                        FindAttempt.class,
                        new HandInDetail(HandInRoutesTest.PENDING, "a.zip", null, 0, "out", null, List.of()));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private HttpResponse<Buffer> get(String path, Role... roles) {
        return gateway.get(path)
                .bearerTokenAuthentication(TestGateway.token(gateway.vertx, "ada", roles))
                .send()
                .await();
    }

    @Test
    void listsAPage() {
        JsonObject page = get(PATH + "?page=2&perpage=5").bodyAsJsonObject();

        assertThat(page.fieldNames()).containsExactly("attempts", "page", "perpage", "total");
        assertThat(page.getJsonArray("attempts").getJsonObject(0).getInteger("attempt"))
                .isEqualTo(1);
        assertThat(attempts.asked(ListAttempts.class))
                .contains(new ListAttempts(new Viewer("ada", false, null), HandInRoutesTest.PENDING.id(), 2, 5));
    }

    @Test
    void readsOne() {
        assertThat(get(PATH + "/3", Role.TEACHER).bodyAsJsonObject().getString("stdout"))
                .isEqualTo("out");
        assertThat(attempts.asked(FindAttempt.class))
                .contains(new FindAttempt(new Viewer("ada", true, null), HandInRoutesTest.PENDING.id(), 3));
    }

    @Test
    void findsNothingUnderWhatIsNoNumber() {
        for (String number : List.of("0", "-1", "x", "1.0", "9999999999")) {
            assertThat(get(PATH + "/" + number).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void asksForAToken() {
        assertThat(gateway.get(PATH).send().await().statusCode()).isEqualTo(401);
        assertThat(gateway.get(PATH + "/1").send().await().statusCode()).isEqualTo(401);
    }
}
