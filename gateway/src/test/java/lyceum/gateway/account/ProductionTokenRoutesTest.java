package lyceum.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.account.Account;
import lyceum.account.AccountService.FindAccount;
import lyceum.account.AccountService.LogIn;
import lyceum.account.AccountService.Login;
import lyceum.account.AccountService.Outcome;
import lyceum.account.Role;
import lyceum.gateway.TestGateway;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens over HTTP where users have accounts. */
class ProductionTokenRoutesTest {

    private static final Account ADA =
            new Account("\u00e4da", List.of(Role.STUDENT, Role.TEACHER), false, Instant.EPOCH, Instant.EPOCH);

    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void start(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of("LYCEUM_PROFILE", "prod"));
        all.putAll(environment);
        gateway = new TestGateway(all);
    }

    @Test
    void giveATokenWithTheRolesOfTheAccount() {
        start(Map.of());
        gateway.accounts.on(LogIn.class, new Login(Outcome.ACCEPTED, ADA, 7, 0));

        HttpResponse<Buffer> response = logIn("a\u0308da", "correct horse", "admin");

        JsonObject body = response.bodyAsJsonObject();
        JsonObject claims = claims(body.getString("access_token"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(body.getString("token_type")).isEqualTo("bearer");
        assertThat(claims.getString("sub")).isEqualTo("\u00e4da");
        assertThat(claims.getJsonArray("roles")).containsExactly("student", "teacher");
        assertThat(claims.getLong("rev")).isEqualTo(7);
        assertThat(gateway.accounts.asked(LogIn.class)).containsExactly(new LogIn("a\u0308da", "correct horse"));
        assertThat(gateway.accounts.asked(FindAccount.class)).isEmpty();
    }

    @Test
    void giveACookieForTlsOnly() {
        start(Map.of());
        gateway.accounts.on(LogIn.class, new Login(Outcome.ACCEPTED, ADA, 0, 0));

        assertThat(logIn("ada", "correct horse", "").getHeader("Set-Cookie"))
                .matches("authorization=\"Bearer \\S+\"; HttpOnly; Max-Age=2591940; Path=/; SameSite=lax; Secure");
    }

    @Test
    void giveACookieForAllWhereTheyAreTold() {
        start(Map.of("LYCEUM_COOKIE_SECURE", "never"));
        gateway.accounts.on(LogIn.class, new Login(Outcome.ACCEPTED, ADA, 0, 0));

        assertThat(logIn("ada", "correct horse", "").getHeader("Set-Cookie")).endsWith("; Path=/; SameSite=lax");
    }

    @Test
    void giveNobodyATokenWhoOnlyRepeatsAName() {
        start(Map.of());

        HttpResponse<Buffer> response = logIn("ada", "ada", "root");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"Incorrect username or password\"}");
        assertThat(response.getHeader("Set-Cookie")).isNull();
    }

    @Test
    void tellWhenANameMayBeTriedAgain() {
        start(Map.of());
        gateway.accounts.on(LogIn.class, new Login(Outcome.LIMITED, null, 0, 60_001));

        assertLimited(logIn("ada", "correct horse", ""), "61");
    }

    @Test
    void checkNothingOfAnAddressThatWasWrongTooOften() {
        start(Map.of("LYCEUM_LOGIN_ADDRESS_FAILURES", "3", "LYCEUM_LOGIN_WINDOW", "1h"));
        for (String name : List.of("ada", "eve", "bob")) {
            assertThat(logIn(name, "wrong", "").statusCode()).isEqualTo(401);
        }

        HttpResponse<Buffer> response = logIn("root", "wrong", "");

        assertLimited(response, response.getHeader("Retry-After"));
        assertThat(Duration.ofSeconds(Long.parseLong(response.getHeader("Retry-After"))))
                .isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
        assertThat(gateway.accounts.asked(LogIn.class)).hasSize(3);
    }

    @Test
    void tellAddressesApartThatATrustedProxyNames() {
        start(Map.of("LYCEUM_LOGIN_ADDRESS_FAILURES", "1", "LYCEUM_TRUSTED_PROXIES", "127.0.0.1"));

        assertThat(logIn("192.0.2.1").statusCode()).isEqualTo(401);
        assertThat(logIn("192.0.2.1").statusCode()).isEqualTo(429);
        assertThat(logIn("192.0.2.2").statusCode()).isEqualTo(401);
    }

    @Test
    void countNoRightPasswordForAnAddress() {
        start(Map.of("LYCEUM_LOGIN_ADDRESS_FAILURES", "1"));
        gateway.accounts.on(LogIn.class, new Login(Outcome.ACCEPTED, ADA, 0, 0));

        for (int i = 0; i < 3; i++) {
            assertThat(logIn("ada", "correct horse", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tellThatTooManyWait() {
        start(Map.of());
        gateway.accounts.on(LogIn.class, any -> Future.failedFuture(new Failure(Kind.BUSY, "too many wait")));

        HttpResponse<Buffer> response = logIn("ada", "correct horse", "");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"too many wait\"}");
    }

    private HttpResponse<Buffer> logIn(String name, String password, String roles) {
        return gateway.request(HttpMethod.POST, "/token")
                .sendForm(form(name, password).add("roles", roles))
                .await();
    }

    private HttpResponse<Buffer> logIn(String address) {
        return gateway.request(HttpMethod.POST, "/token")
                .putHeader("X-Forwarded-For", address)
                .sendForm(form("ada", "wrong"))
                .await();
    }

    private static MultiMap form(String name, String password) {
        return MultiMap.caseInsensitiveMultiMap().add("username", name).add("password", password);
    }

    private static void assertLimited(HttpResponse<Buffer> response, String retryAfter) {
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.getHeader("Retry-After")).isEqualTo(retryAfter);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyAsString())
                .isEqualTo("{\"detail\":\"Too many failed logins, please try again later\"}");
    }

    private static JsonObject claims(String token) {
        return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
    }
}
