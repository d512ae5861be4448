package lyceum.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.multipart.MultipartForm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens over HTTP; token.json holds what the original answered. */
class TokenRoutesTest {

    private static final String JWT = "[\\w-]+\\.[\\w-]+\\.[\\w-]+";

    private static final Account ADA = new Account("ada", List.of(Role.TEACHER), false, Instant.EPOCH, Instant.EPOCH);

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** One recorded question with its answer. */
    record Recorded(String name, JsonObject request, JsonObject response) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Recorded> recorded() throws IOException {
        try (InputStream file = TokenRoutesTest.class.getResourceAsStream("/token.json")) {
            return new JsonObject(Buffer.buffer(file.readAllBytes()))
                    .getJsonArray("cases").stream()
                            .map(JsonObject.class::cast)
                            .map(each -> recorded(
                                    each.getString("name"),
                                    each.getJsonArray("steps").getJsonObject(0)));
        }
    }

    private static Recorded recorded(String name, JsonObject step) {
        JsonObject http = step.getJsonObject("http");
        return new Recorded(name, http.getJsonObject("request"), http.getJsonObject("response"));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void answersAsTheOriginal(Recorded recorded) {
        HttpResponse<Buffer> response = send(recorded.request());

        assertThat(response.statusCode()).isEqualTo(recorded.response().getInteger("status"));
        for (Map.Entry<String, Object> header : recorded.response().getJsonObject("headers")) {
            assertThat(response.getHeader(header.getKey()))
                    .matches(placeholders(header.getValue().toString()));
        }
        String expected = recorded.response().getJsonObject("body_json").encode();
        assertThat(response.bodyAsJsonObject().encode()).matches(placeholders(expected));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "-5,-5", "+60,60", "0,2591940", "99999999999999999999999,2591940"})
    void limitsTheLifetimeOfTheCookie(String exp, String maxAge) {
        HttpResponse<Buffer> response = post("/token?exp=" + exp.replace("+", "%2B"), "username=a&password=a");

        assertThat(response.getHeader("Set-Cookie")).contains("; Max-Age=" + maxAge + "; ");
    }

    @Test
    void takesTheLastOfWhatIsSaidTwice() {
        HttpResponse<Buffer> response = post("/token?exp=60&exp=70", "username=x&username=a&password=x&password=a");

        assertThat(response.getHeader("Set-Cookie")).contains("; Max-Age=70; ");
        assertThat(claims(response).getString("sub")).isEqualTo("a");
    }

    @Test
    void putsTheRolesThatWereAskedForIntoTheToken() {
        HttpResponse<Buffer> response = post("/token", "username=a&password=a&roles=teacher,%20admin,teacher");

        assertThat(claims(response).getJsonArray("roles")).containsExactly("teacher", "admin");
    }

    @Test
    void putsNothingButSubjectAndExpiryIntoAnOrdinaryToken() {
        assertThat(claims(post("/api/token", "username=a&password=a&roles=")).fieldNames())
                .containsExactly("sub", "exp");
    }

    @Test
    void refusesARoleThatDoesNotExist() {
        HttpResponse<Buffer> response = post("/token", "username=a&password=a&roles=teacher,root");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.bodyAsString()).isEqualTo("""
                {"detail":[{"loc":["body","roles"],\
                "msg":"unexpected value; permitted: 'student', 'teacher', 'admin'",\
                "type":"value_error.const",\
                "ctx":{"given":"root","permitted":["student","teacher","admin"]}}]}""");
    }

    @Test
    void asksForThePasswordOfWhoHasAnAccountInDevelopment() {
        gateway.accounts.on(FindAccount.class, ADA).on(LogIn.class, new Login(Outcome.WRONG, null, 0, 0));

        assertThat(post("/token", "username=ada&password=ada").statusCode()).isEqualTo(401);

        gateway.accounts.on(LogIn.class, new Login(Outcome.ACCEPTED, ADA, 0, 0));
        HttpResponse<Buffer> response = post("/token", "username=ada&password=correct+horse&roles=admin");
        assertThat(claims(response).getString("sub")).isEqualTo("ada");
        assertThat(claims(response).getJsonArray("roles")).containsExactly("teacher");
        assertThat(gateway.accounts.asked(LogIn.class))
                .containsExactly(new LogIn("ada", "ada"), new LogIn("ada", "correct horse"));
    }

    @Test
    void givesNoTokenInDevelopmentWhileNobodyKnowsWhoHasAnAccount() {
        gateway.accounts.on(
                FindAccount.class, any -> Future.failedFuture(new Failure(Kind.UNAVAILABLE, "no database")));

        HttpResponse<Buffer> response = post("/token", "username=ada&password=ada");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"no database\"}");
    }

    @Test
    void isNotToBeKeptByAnybodyOnTheWay() {
        assertThat(post("/token", "username=a&password=a").getHeader("Cache-Control"))
                .isEqualTo("no-store");
    }

    @Test
    void refusesABodyBeyondTheLimit() {
        HttpResponse<Buffer> response = post("/token", "username=a&password=a&scope=" + "x".repeat(8 * 1024));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"Request Entity Too Large\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"username=%zz&password=a", "username=a&password=%"})
    void refusesAFormThatCannotBeRead(String body) {
        assertBadRequest(post("/token", body));
    }

    @Test
    void findsNoFieldInAFormWithoutABoundary() {
        assertThat(post("/token", "multipart/form-data", "--x").statusCode()).isEqualTo(422);
    }

    @Test
    void findsNoPasswordInAFormThatIsCutOff() {
        String part = "--x\r\nContent-Disposition: form-data; ";
        String form = part + "name=\"username\"\r\n\r\nada\r\n" + part + "name=\"password\"\r\n\r\nada";

        assertThat(post("/token", "multipart/form-data; boundary=x", form).statusCode())
                .isEqualTo(422);
    }

    @Test
    void refusesAFormOfTooManyFields() {
        assertBadRequest(post("/token", "a=1&".repeat(1_000)));
    }

    @Test
    void takesAStrayPercentInTheQueryForItself() {
        assertThat(post("/token?exp=%zz", "username=a&password=a").statusCode()).isEqualTo(422);
        assertThat(post("/token?a=%&b;exp=x", "username=a&password=a").statusCode())
                .isEqualTo(200);
    }

    @Test
    void allowsPagesOfAnyOrigin() {
        HttpResponse<Buffer> response = gateway.request(HttpMethod.POST, "/token")
                .putHeader("Origin", "http://dash.example")
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.getHeader("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(response.getHeader("Access-Control-Expose-Headers")).isEqualTo("entry-offset");
        assertThat(response.getHeader("Vary")).isNull();
    }

    @Test
    void namesTheOriginWhereACookieIsSent() {
        HttpResponse<Buffer> response = gateway.get("/token")
                .putHeader("Origin", "http://dash.example")
                .putHeader("Cookie", "authorization=\"Bearer x\"")
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("http://dash.example");
        assertThat(response.getHeader("Vary")).isEqualTo("Origin");
    }

    @ParameterizedTest
    @CsvSource({"POST,200,OK,content-type", "PATCH,400,Disallowed CORS method,"})
    void answersAPreflight(String method, int status, String body, String allowedHeaders) {
        HttpResponse<Buffer> response = gateway.request(HttpMethod.OPTIONS, "/token")
                .putHeader("Origin", "http://dash.example")
                .putHeader("Access-Control-Request-Method", method)
                .putHeader("Access-Control-Request-Headers", "content-type")
                .send()
                .await();

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.bodyAsString()).isEqualTo(body);
        assertThat(response.getHeader("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("http://dash.example");
        assertThat(response.getHeader("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(response.getHeader("Access-Control-Allow-Methods"))
                .isEqualTo("GET, POST, PUT, DELETE, HEAD, OPTIONS");
        assertThat(response.getHeader("Access-Control-Allow-Headers")).isEqualTo(allowedHeaders);
        assertThat(response.getHeader("Access-Control-Max-Age")).isEqualTo("600");
        assertThat(response.getHeader("Vary")).isEqualTo("Origin");
    }

    private HttpResponse<Buffer> post(String path, String form) {
        return post(path, "application/x-www-form-urlencoded", form);
    }

    private HttpResponse<Buffer> post(String path, String contentType, String body) {
        return gateway.request(HttpMethod.POST, path)
                .putHeader("Content-Type", contentType)
                .sendBuffer(Buffer.buffer(body))
                .await();
    }

    private static void assertBadRequest(HttpResponse<Buffer> response) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("{\"detail\":\"Bad Request\"}");
    }

    private static JsonObject claims(HttpResponse<Buffer> response) {
        String token = response.bodyAsJsonObject().getString("access_token");
        return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
    }

    private static Pattern placeholders(String text) {
        return Pattern.compile(Pattern.quote(text).replace("{{jwt}}", "\\E" + JWT + "\\Q"));
    }

    private HttpResponse<Buffer> send(JsonObject question) {
        HttpRequest<Buffer> request =
                gateway.request(HttpMethod.valueOf(question.getString("method")), question.getString("path"));
        if (question.containsKey("multipart")) {
            MultipartForm form = MultipartForm.create();
            for (Object part : question.getJsonArray("multipart")) {
                JsonObject field = (JsonObject) part;
                form.attribute(
                        field.getString("name"), new String(Base64.getDecoder().decode(field.getString("data_b64"))));
            }
            return request.sendMultipartForm(form).await();
        }
        for (Map.Entry<String, Object> header : question.getJsonObject("headers", new JsonObject())) {
            request.putHeader(header.getKey(), header.getValue().toString());
        }
        String body = question.containsKey("body_json")
                ? question.getJsonObject("body_json").encode()
                : question.getString("body_text", "");
        return request.sendBuffer(Buffer.buffer(body)).await();
    }
}
