package lyceum.launcher.sandbox;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** A program that runs programs at a gateway of this machine. */
final class SandboxClient {

    /** Longer than it takes to try all languages out. */
    private static final int PATIENCE_SECONDS = 60;

    private final HttpClient http;
    private final String token;

    private SandboxClient(HttpClient http, String token) {
        this.http = http;
        this.token = token;
    }

    /** What came back. */
    record Answer(int status, MultiMap headers, Buffer body) {

        JsonObject json() {
            return body.toJsonObject();
        }
    }

    /** @return a client with the token of a user, which anyone gets in development */
    static Future<SandboxClient> of(Vertx vertx, int port, String user) {
        HttpClient http = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port));
        Buffer form = Buffer.buffer("username=%s&password=%s".formatted(user, user));
        return http.request(HttpMethod.POST, "/token")
                .compose(
                        request -> answer(request.putHeader("Content-Type", "application/x-www-form-urlencoded"), form))
                .map(answer -> new SandboxClient(http, answer.json().getString("access_token")));
    }

    /** @return the same, without its token */
    SandboxClient anonymous() {
        return new SandboxClient(http, "");
    }

    Answer get(String path) {
        return send(HttpMethod.GET, path, Buffer.buffer());
    }

    Answer delete(String path) {
        return send(HttpMethod.DELETE, path, Buffer.buffer());
    }

    Answer post(String path, JsonObject body) {
        return send(HttpMethod.POST, path, body.toBuffer());
    }

    private Answer send(HttpMethod method, String path, Buffer body) {
        return http.request(method, path)
                .compose(request -> answer(signed(request), body))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .await();
    }

    private HttpClientRequest signed(HttpClientRequest request) {
        request.putHeader("Content-Type", "application/json");
        return token.isEmpty() ? request : request.putHeader("Authorization", "Bearer " + token);
    }

    private static Future<Answer> answer(HttpClientRequest request, Buffer body) {
        return request.send(body)
                .compose(response ->
                        response.body().map(bytes -> new Answer(response.statusCode(), response.headers(), bytes)));
    }
}
