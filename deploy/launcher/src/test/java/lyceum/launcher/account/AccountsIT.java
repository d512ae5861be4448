package lyceum.launcher.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.launcher.Suite;
import lyceum.platform.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users of an installation for a class, from the first administrator on: over HTTP, through the whole suite. */
class AccountsIT {

    private static final String ADA = "{\"password\": \"correct horse\", \"roles\": [\"student\"]}";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private Map<String, String> settings;
    private Suite suite;

    @BeforeEach
    void start() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "a first password\n");
        settings = new HashMap<>(Map.of(
                "LYCEUM_PROFILE", "prod",
                "LYCEUM_JWT_SECRET", "a secret of the tests, 32 bytes or more",
                "LYCEUM_POSTGRES_URL", TestPostgres.freshDatabase(vertx),
                "LYCEUM_DATA_DIR", directory.resolve("data").toString(),
                "LYCEUM_PROGRAM_DIR", TestPostgres.programs().toString(),
                "LYCEUM_HTTP_PORT", "0",
                "LYCEUM_MANAGEMENT_PORT", "0",
                "LYCEUM_ADMIN_USER", "root",
                "LYCEUM_ADMIN_PASSWORD_FILE", password.toString(),
                "LYCEUM_LOGIN_FAILURES", "3"));
        settings.put("LYCEUM_RTMP_PORT", "0");
        open();
    }

    private void open() {
        suite = Suite.start(settings, Set.of(), line -> {}).await();
    }

    @AfterEach
    void stop() {
        suite.close().eventually(vertx::close).await();
    }

    @Test
    void areThereFromTheFirstAdministratorOn() throws Exception {
        assertThat(logIn("ada", "ada").statusCode()).isEqualTo(401);
        String root = token("root", "a first password");

        assertThat(send("PUT", "/accounts/ada", root, ADA).statusCode()).isEqualTo(201);
        HttpResponse<String> login = logIn("ada", "correct horse");
        String ada = new JsonObject(login.body()).getString("access_token");

        assertThat(login.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; SameSite=lax; Secure");
        assertThat(send("GET", "/sandbox", ada, "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/accounts", ada, "").statusCode()).isEqualTo(403);
        assertThat(names(send("GET", "/accounts", root, ""))).containsExactly("ada", "root");
    }

    @Test
    void areOutOfTheHouseWhenTheyAreDisabled() throws Exception {
        String root = token("root", "a first password");
        send("PUT", "/accounts/ada", root, ADA);
        String ada = token("ada", "correct horse");

        send("PUT", "/accounts/ada", root, "{\"roles\": [\"student\"], \"disabled\": true}");

        awaitVoid(ada);
        assertThat(logIn("ada", "correct horse").statusCode()).isEqualTo(401);
        assertThat(send("GET", "/sandbox", root, "").statusCode()).isEqualTo(200);
    }

    @Test
    void setTheirPasswordsAndOutliveARestart() throws Exception {
        String root = token("root", "a first password");
        send("PUT", "/accounts/ada", root, ADA);
        String ada = token("ada", "correct horse");
        String change = "{\"current\": \"correct horse\", \"password\": \"battery staple\"}";
        assertThat(send("PUT", "/accounts/ada/password", ada, change).statusCode())
                .isEqualTo(204);
        for (int i = 0; i < 3; i++) {
            assertThat(logIn("eve", "guess " + i).statusCode()).isEqualTo(401);
        }

        suite.close().await();
        open();

        assertThat(send("GET", "/sandbox", ada, "").statusCode()).isEqualTo(401);
        assertThat(send("GET", "/sandbox", root, "").statusCode()).isEqualTo(200);
        assertThat(logIn("ada", "correct horse").statusCode()).isEqualTo(401);
        assertThat(logIn("ada", "battery staple").statusCode()).isEqualTo(200);
        HttpResponse<String> limited = logIn("eve", "guess");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(limited.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 900L);
    }

    private void awaitVoid(String token) {
        Awaitility.await().until(() -> send("GET", "/sandbox", token, "").statusCode() == 401);
    }

    private static List<String> names(HttpResponse<String> page) {
        JsonArray accounts = new JsonObject(page.body()).getJsonArray("accounts");
        return accounts.stream()
                .map(account -> ((JsonObject) account).getString("name"))
                .toList();
    }

    private String token(String name, String password) throws Exception {
        return new JsonObject(logIn(name, password).body()).getString("access_token");
    }

    private HttpResponse<String> logIn(String name, String password) throws Exception {
        String form = "username=%s&password=%s".formatted(encode(name), encode(password));
        return send(HttpRequest.newBuilder()
                .POST(BodyPublishers.ofString(form))
                .uri(uri("/token"))
                .header("Content-Type", "application/x-www-form-urlencoded"));
    }

    private HttpResponse<String> send(String method, String path, String token, String body) throws Exception {
        return send(HttpRequest.newBuilder()
                .method(method, BodyPublishers.ofString(body))
                .uri(uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(suite.httpPort(), path));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
