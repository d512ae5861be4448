package lyceum.launcher.crash;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** A client of a gateway on this machine; many requests at once, a connection for each. */
final class Visitor {

    private static final int CONNECTIONS = 64;
    private static final int IDLE_LIMIT_SECONDS = 60;

    private final HttpClient client;

    Visitor(Vertx vertx) {
        client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setIdleTimeout(IDLE_LIMIT_SECONDS))
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS))
                // That a gateway was killed is told by the requests; otherwise each connection logs it too.
                .withConnectHandler(connection -> connection.exceptionHandler(error -> {}))
                .build();
    }

    /** What came back. */
    record Answer(int status, MultiMap headers, Buffer body) {

        JsonObject json() {
            return body.toJsonObject();
        }

        String text() {
            return body.toString();
        }
    }

    /** @return the answer to a form that is sent, or the failure of the connection */
    Future<Answer> send(HttpMethod method, int port, String path, Map<String, String> form) {
        RequestOptions options =
                options(method, port, path).putHeader("Content-Type", "application/x-www-form-urlencoded");
        return client.request(options).compose(request -> answer(request.send(Buffer.buffer(encoded(form)))));
    }

    Future<Answer> post(int port, String path, Map<String, String> form) {
        return send(HttpMethod.POST, port, path, form);
    }

    Future<Answer> get(int port, String path) {
        return client.request(options(HttpMethod.GET, port, path)).compose(request -> answer(request.send()));
    }

    /** @return the answer to a request without a body, made by the bearer of a token */
    Future<Answer> asBearer(String token, HttpMethod method, int port, String path) {
        return client.request(options(method, port, path).putHeader("Authorization", "Bearer " + token))
                .compose(request -> answer(request.send()));
    }

    /** @return the answer to JSON that is posted by the bearer of a token */
    Future<Answer> postAsBearer(String token, int port, String path, JsonObject body) {
        RequestOptions options = options(HttpMethod.POST, port, path)
                .putHeader("Authorization", "Bearer " + token)
                .putHeader("Content-Type", "application/json");
        return client.request(options).compose(request -> answer(request.send(body.toBuffer())));
    }

    /** @return the answer to a form that is posted by the bearer of a token */
    Future<Answer> postAsBearer(String token, int port, String path, Map<String, String> form) {
        RequestOptions options = options(HttpMethod.POST, port, path)
                .putHeader("Authorization", "Bearer " + token)
                .putHeader("Content-Type", "application/x-www-form-urlencoded");
        return client.request(options).compose(request -> answer(request.send(Buffer.buffer(encoded(form)))));
    }

    private static RequestOptions options(HttpMethod method, int port, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path);
    }

    /** Called on the context of the request: on another thread the body could have passed before it is asked for. */
    private static Future<Answer> answer(Future<HttpClientResponse> answering) {
        return answering.compose(
                response -> response.body().map(body -> new Answer(response.statusCode(), response.headers(), body)));
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
