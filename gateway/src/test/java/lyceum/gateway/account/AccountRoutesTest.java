package lyceum.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lyceum.account.Account;
import lyceum.account.AccountService;
import lyceum.account.AccountService.AccountPage;
import lyceum.account.AccountService.Done;
import lyceum.account.AccountService.FindAccount;
import lyceum.account.AccountService.ListAccounts;
import lyceum.account.AccountService.LogIn;
import lyceum.account.AccountService.Login;
import lyceum.account.AccountService.Outcome;
import lyceum.account.AccountService.PutAccount;
import lyceum.account.AccountService.RemoveAccount;
import lyceum.account.AccountService.SetPassword;
import lyceum.account.AccountService.StoredAccount;
import lyceum.account.Role;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts over HTTP, with an account-service that answers as it is told. */
class AccountRoutesTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.500Z");
    private static final Account ADA =
            new Account("ada", List.of(Role.STUDENT, Role.ADMIN), false, NOON, NOON.plusSeconds(1));

    private static final JsonObject ADA_JSON = new JsonObject("""
            {"name":"ada","roles":["student","admin"],"disabled":false,\
            "createdAt":"2026-11-24T12:00:00.500Z","changedAt":"2026-11-24T12:00:01.500Z"}""");

    private TestGateway gateway;
    private Scripted<AccountService> accounts;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
        accounts = gateway.accounts
                .on(PutAccount.class, new StoredAccount(ADA, false))
                .on(RemoveAccount.class, new Done())
                .on(SetPassword.class, new Done());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void listAPage() {
        accounts.on(ListAccounts.class, new AccountPage(List.of(ADA), false));

        HttpResponse<Buffer> response = send(HttpMethod.GET, "/accounts");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.bodyAsJsonObject())
                .isEqualTo(
                        new JsonObject().put("accounts", JsonArray.of(ADA_JSON)).put("next", "ada"));
        assertThat(accounts.asked(ListAccounts.class)).containsExactly(new ListAccounts("", 50));
    }

    @Test
    void listTheLastPage() {
        accounts.on(ListAccounts.class, new AccountPage(List.of(), true));

        HttpResponse<Buffer> response = send(HttpMethod.GET, "/api/accounts?after=%EA%B9%80%20a&count=200");

        assertThat(response.bodyAsString()).isEqualTo("{\"accounts\":[],\"next\":null}");
        assertThat(accounts.asked(ListAccounts.class)).containsExactly(new ListAccounts("김 a", 200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "", "x", "99999999999999999999"})
    void refuseACountThatCannotBe(String count) {
        assertProblem(send(HttpMethod.GET, "/accounts?count=" + count), 400, "count is not a number within 1..200");
    }

    @ParameterizedTest
    @CsvSource({"ada,ada", "%EA%B9%80%20a%25b,김 a%b", "a%2Fb,a/b", "a+b,a+b"})
    void findOneByTheNameInThePath(String path, String name) {
        accounts.on(FindAccount.class, ADA);

        HttpResponse<Buffer> response = send(HttpMethod.GET, "/accounts/" + path);

        assertThat(response.bodyAsJsonObject()).isEqualTo(ADA_JSON);
        assertThat(accounts.asked(FindAccount.class)).containsExactly(new FindAccount(name));
    }

    @Test
    void tellThatThereIsNone() {
        assertProblem(send(HttpMethod.GET, "/accounts/eve"), 404, "no such account");
    }

    @Test
    void createOne() {
        accounts.on(PutAccount.class, new StoredAccount(ADA, true));

        HttpResponse<Buffer> response = put("/accounts/ada", """
                {"password": "correct horse", "roles": ["admin", "student"], "disabled": false}""");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.bodyAsJsonObject()).isEqualTo(ADA_JSON);
        assertThat(accounts.asked(PutAccount.class))
                .containsExactly(
                        new PutAccount("root", "ada", "correct horse", List.of(Role.ADMIN, Role.STUDENT), false));
    }

    @Test
    void replaceOneAndKeepItsPassword() {
        HttpResponse<Buffer> response = put("/accounts/ada", "{\"disabled\": true}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(accounts.asked(PutAccount.class))
                .containsExactly(new PutAccount("root", "ada", null, List.of(), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | the JSON is not an object",
                "{\"password\": 1} | password is not a text",
                "{\"password\": null} | password is not a text",
                "{\"roles\": \"admin\"} | roles is not a list",
                "{\"roles\": [\"root\"]} | roles is not one of admin, student, teacher",
                "{\"roles\": [1]} | roles[0] is not a text",
                "{\"disabled\": 0} | disabled is neither true nor false",
                "{\"name\": \"eve\"} | name is not known here"
            })
    void refuseABodyThatCannotBe(String body, String detail) {
        assertProblem(put("/accounts/ada", body), 400, detail);
        assertThat(accounts.asked(PutAccount.class)).isEmpty();
    }

    @Test
    void refuseABodyBeyondTheLimit() {
        String body = new JsonObject().put("password", "x".repeat(8 * 1024)).encode();

        assertProblem(put("/accounts/ada", body), 413, "the body has more than 8192 bytes");
    }

    @Test
    void refuseAFormAsAnyPageCanSendIt() {
        HttpResponse<Buffer> response = request(HttpMethod.PUT, "/accounts/ada", "root", Role.ADMIN)
                .putHeader("Content-Type", "text/plain")
                .sendBuffer(Buffer.buffer("{}"))
                .await();

        assertProblem(response, 415, "the Content-Type is not application/json");
    }

    @Test
    void tellWhyOneCannotBeStored() {
        accounts.on(PutAccount.class, any -> Future.failedFuture(Failure.invalid("a name has 1 to 64 characters")));
        assertProblem(put("/accounts/ada", "{}"), 400, "a name has 1 to 64 characters");

        accounts.on(PutAccount.class, any -> Future.failedFuture(new Failure(Kind.CONFLICT, "not yourself")));
        assertProblem(put("/accounts/root", "{}"), 409, "not yourself");
    }

    @Test
    void removeOne() {
        HttpResponse<Buffer> response = send(HttpMethod.DELETE, "/accounts/ada");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(accounts.asked(RemoveAccount.class)).containsExactly(new RemoveAccount("root", "ada"));
    }

    @Test
    void tellWhyOneCannotBeRemoved() {
        accounts.on(RemoveAccount.class, any -> Future.failedFuture(Failure.notFound("no such account")));

        assertProblem(send(HttpMethod.DELETE, "/accounts/ada"), 404, "no such account");
    }

    @Test
    void letAnAdministratorSetAnyPassword() {
        HttpResponse<Buffer> response = put("/accounts/ada/password", "{\"password\": \"another one\"}");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(accounts.asked(SetPassword.class)).containsExactly(new SetPassword("root", "ada", "another one"));
        assertThat(accounts.asked(LogIn.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void letUsersSetTheirOwnWithTheCurrentOne(boolean isAdministrator) {
        accounts.on(LogIn.class, new Login(Outcome.ACCEPTED, ADA, 0, 0));
        Role[] roles = isAdministrator ? new Role[] {Role.ADMIN} : new Role[0];

        HttpResponse<Buffer> response = request(HttpMethod.PUT, "/accounts/ada/password", "ada", roles)
                .sendJsonObject(new JsonObject().put("current", "correct horse").put("password", "another one"))
                .await();

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(accounts.asked(LogIn.class)).containsExactly(new LogIn("ada", "correct horse"));
        assertThat(accounts.asked(SetPassword.class)).containsExactly(new SetPassword("ada", "ada", "another one"));
    }

    @Test
    void keepAPasswordFromWhoDoesNotKnowIt() {
        JsonObject both = new JsonObject().put("current", "guess").put("password", "another one");
        HttpRequest<Buffer> own = request(HttpMethod.PUT, "/accounts/ada/password", "ada");

        assertProblem(own.sendJsonObject(both).await(), 403, "the current password is another one");
        assertProblem(
                own.sendJsonObject(new JsonObject().put("password", "another one"))
                        .await(),
                400,
                "current is missing");
        accounts.on(LogIn.class, new Login(Outcome.LIMITED, null, 0, 5_000));
        HttpResponse<Buffer> limited = own.sendJsonObject(both).await();
        assertProblem(limited, 429, "Too many failed logins, please try again later");
        assertThat(limited.getHeader("Retry-After")).isEqualTo("5");
        assertThat(accounts.asked(SetPassword.class)).isEmpty();
    }

    @Test
    void letNobodyElseSetAPassword() {
        HttpResponse<Buffer> response = request(
                        HttpMethod.PUT, "/accounts/ada/password", "eve", Role.TEACHER, Role.STUDENT)
                .sendJsonObject(new JsonObject().put("password", "another one"))
                .await();

        assertProblem(response, 403, null);
        assertThat(accounts.asked(SetPassword.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET,/accounts", "GET,/accounts/ada", "PUT,/accounts/ada", "DELETE,/accounts/ada"})
    void belongToAdministrators(String method, String path) {
        HttpResponse<Buffer> response = request(HttpMethod.valueOf(method), path, "ada", Role.TEACHER, Role.STUDENT)
                .send()
                .await();

        assertProblem(response, 403, null);
        assertThat(accounts.asked())
                .noneMatch(question -> question instanceof FindAccount
                        || question instanceof ListAccounts
                        || question instanceof PutAccount
                        || question instanceof RemoveAccount);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/accounts",
        "GET,/accounts/ada",
        "PUT,/accounts/ada",
        "DELETE,/accounts/ada",
        "PUT,/accounts/ada/password"
    })
    void needAToken(String method, String path) {
        HttpResponse<Buffer> response =
                gateway.request(HttpMethod.valueOf(method), path).send().await();

        assertProblem(response, 401, "Not authenticated");
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @CsvSource({"POST,/accounts,GET", "POST,/accounts/ada,'DELETE,GET,PUT'", "GET,/accounts/ada/password,PUT"})
    void haveNoOtherMethods(String method, String path, String allowed) {
        HttpResponse<Buffer> response = send(HttpMethod.valueOf(method), path);

        assertProblem(response, 405, null);
        assertThat(response.getHeader("Allow")).isEqualTo(allowed);
    }

    private HttpResponse<Buffer> put(String path, String body) {
        return request(HttpMethod.PUT, path, "root", Role.ADMIN)
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(body))
                .await();
    }

    private HttpResponse<Buffer> send(HttpMethod method, String path) {
        return request(method, path, "root", Role.ADMIN).send().await();
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path, String caller, Role... roles) {
        return gateway.request(method, path).bearerTokenAuthentication(TestGateway.token(gateway.vertx, caller, roles));
    }

    private static void assertProblem(HttpResponse<Buffer> response, int status, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.bodyAsJsonObject().getString("detail")).isEqualTo(detail);
    }
}
