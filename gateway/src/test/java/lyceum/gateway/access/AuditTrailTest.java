package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import lyceum.account.AccountService.AccountPage;
import lyceum.account.AccountService.Done;
import lyceum.account.AccountService.ListAccounts;
import lyceum.account.AccountService.LogIn;
import lyceum.account.AccountService.Login;
import lyceum.account.AccountService.Outcome;
import lyceum.account.AccountService.RemoveAccount;
import lyceum.account.Role;
import lyceum.gateway.TestGateway;
import lyceum.gateway.route.Operation;
import lyceum.platform.LogLines;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of who did what. No service but that of accounts is there, so most acts end with 503. */
class AuditTrailTest {

    private final LogLines log = LogLines.of("lyceum.audit");
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of("LYCEUM_TRUSTED_PROXIES", "127.0.0.1", "LYCEUM_LOGIN_ADDRESS_FAILURES", "1"));
        gateway.accounts.on(RemoveAccount.class, new Done()).on(ListAccounts.class, new AccountPage(List.of(), true));
    }

    @AfterEach
    void stop() {
        gateway.close();
        log.close();
    }

    @Test
    void tellsWhoDidWhatFromWhereAndHowItEnded() {
        HttpResponse<Buffer> response = gateway.request(HttpMethod.DELETE, "/accounts/ada")
                .bearerTokenAuthentication(token("root", Role.ADMIN))
                .putHeader("X-Forwarded-For", "192.0.2.1")
                .putHeader("X-Request-Id", "r-17")
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(kept(1))
                .containsExactly("who=\"root\" what=\"DELETE /accounts/{name}\" on=\"/accounts/ada\""
                        + " from=\"192.0.2.1\" request=\"r-17\" outcome=\"204\"");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /elicast/1/protection",
        "DELETE, /elicast/1/protection",
        "DELETE, /streams/a",
        "DELETE, /recordings/a",
        "PUT,    /recordings/a/hide",
        "PUT,    /recordings/a/unhide",
        "PUT,    /recordings/a/rename/b",
        "DELETE, /recordings/cache",
        "DELETE, /grading/homework/a",
        "POST,   /grading/homework-reloads",
        "DELETE, /grading/hand-ins",
        "POST,   /grading/hand-ins/a/reruns",
        "DELETE, /live/a",
        "DELETE, /api/live/a",
        "POST,   /grading/hand-ins/a/cancellations",
        "DELETE, /media/jobs/00000000-0000-0000-0000-000000000000",
        "DELETE, /sandbox/runs/00000000-0000-0000-0000-000000000000"
    })
    void keepsEachAdministrativeAct(String method, String path) {
        send(method, path, token("root", Role.ADMIN));

        assertThat(kept(1)).singleElement().asString().contains("who=\"root\"", "on=\"" + path + "\"");
    }

    @Test
    void believesNoTokenWhereNoneIsAskedFor() {
        send("DELETE", "/elicast/1", token("root", Role.ADMIN));

        assertThat(kept(1)).singleElement().asString().startsWith("who=\"-\" what=\"DELETE /elicast/{id}\"");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /accounts,                      ADMIN",
        "GET,    /streams,                       ADMIN",
        "POST,   /grading/hand-ins/a/cancellations, STUDENT",
        "DELETE, /media/jobs/00000000-0000-0000-0000-000000000000, STUDENT",
        "DELETE, /sandbox/runs/00000000-0000-0000-0000-000000000000, STUDENT",
        "DELETE, /nope,                          ADMIN"
    })
    void keepsNothingElse(String method, String path, Role role) {
        send(method, path, token("ada", role));
        send("DELETE", "/streams/afterwards", token("ada", role));

        assertThat(kept(1)).singleElement().asString().contains("/streams/afterwards");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /accounts,            GET /accounts",
        "PUT,    /accounts/eve,        PUT /accounts/{name}",
        "GET,    /grading/scores,      GET /grading/scores",
        "GET,    /stat,                GET /stat"
    })
    void keepsWhoWantedMoreThanHisRolesAllow(String method, String path, String what) {
        assertThat(send(method, path, token("ada", Role.STUDENT)).statusCode()).isEqualTo(403);

        assertThat(kept(1))
                .singleElement()
                .asString()
                .contains("who=\"ada\" what=\"" + what + "\"")
                .endsWith("outcome=\"403\"");
    }

    @Test
    void keepsWhoTriedWithoutAToken() {
        assertThat(gateway.request(HttpMethod.DELETE, "/streams/a")
                        .send()
                        .await()
                        .statusCode())
                .isEqualTo(401);

        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("who=\"-\"")
                .endsWith("outcome=\"401\"");
    }

    @Test
    void tellsNoTokenAndLetsNoNameWriteALineOfItsOwn() {
        String path = "/grading/hand-ins?homework=a%0Awho=%22root%22&token=";
        gateway.request(HttpMethod.DELETE, path + token("eve\n\"", Role.TEACHER))
                .send()
                .await();

        assertThat(kept(1))
                .singleElement()
                .asString()
                .startsWith("who=\"eve??\"")
                .contains("on=\"/grading/hand-ins?homework=a?who=?root?\"")
                .doesNotContain("token");
    }

    @Test
    void keepsLoginsBeyondTheLimitOncePerAddress() {
        logIn("192.0.2.1");
        assertThat(log.lines()).isEmpty();

        for (int i = 0; i < 3; i++) {
            assertThat(logIn("192.0.2.1").statusCode()).isEqualTo(429);
        }

        assertThat(kept(1))
                .singleElement()
                .asString()
                .contains("who=\"ada\"", "on=\"account ada\"", "from=\"192.0.2.1\"", "outcome=\"429\"");
        gateway.accounts.on(LogIn.class, new Login(Outcome.LIMITED, null, 0, 60_000));
        logIn("192.0.2.2");
        assertThat(kept(2)).hasSize(2);
    }

    @Test
    void knowsOnlyOperationsThatThereAre() {
        assertThat(AccessTable.of(Admission.OPEN, Admission.OPEN, Admission.OPEN))
                .containsKeys(AuditTrail.acts().toArray(Operation[]::new));
    }

    /** A client has the answer a moment before it is written down. */
    private List<String> kept(int count) {
        Awaitility.await().until(() -> log.lines().size() >= count);
        return log.lines();
    }

    private HttpResponse<Buffer> send(String method, String path, String token) {
        return gateway.request(HttpMethod.valueOf(method), path)
                .bearerTokenAuthentication(token)
                .send()
                .await();
    }

    private HttpResponse<Buffer> logIn(String address) {
        return gateway.request(HttpMethod.POST, "/token")
                .putHeader("X-Forwarded-For", address)
                .sendForm(MultiMap.caseInsensitiveMultiMap()
                        .add("username", "ada")
                        .add("password", "wrong"))
                .await();
    }

    private String token(String subject, Role role) {
        return TestGateway.token(gateway.vertx, subject, role);
    }
}
