package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks a service that speaks JSON over HTTP/1.1. Every question ends in time, and no answer is longer than 16 MiB. */
final class Api {

    private static final int LONGEST_ANSWER_BYTES = 16 << 20;
    private static final int LONGEST_EXCUSE = 300;

    private final HttpClient client;
    private final Supplier<RequestOptions> server;
    private final Supplier<Future<String>> authorization;
    private final Duration limit;

    /**
     * @param server where it is, without what is asked
     * @param authorization a header for the next question, empty for none
     * @param limit for a question and its answer
     */
    Api(HttpClient client, Supplier<RequestOptions> server, Supplier<Future<String>> authorization, Duration limit) {
        this.client = client;
        this.server = server;
        this.authorization = authorization;
        this.limit = limit;
    }

    /** What came back, with a status below 400. */
    record Answer(MultiMap headers, Buffer body) {

        /** @return the object that it is; an empty one where nothing came back */
        JsonObject object() {
            return body.length() == 0 ? new JsonObject() : body.toJsonObject();
        }
    }

    /**
     * @param body null for none
     * @return the answer; {@link ApiFailure} where it says no, or another failure where there is none in time
     */
    Future<Answer> ask(HttpMethod method, String uri, JsonObject body) {
        String what = method + " " + (uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri);
        return authorization
                .get()
                .compose(header -> client.request(options(method, uri, header))
                        .compose(request -> send(request, body, what)
                                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                                .onFailure(error -> request.reset())));
    }

    private RequestOptions options(HttpMethod method, String uri, String header) {
        RequestOptions options = server.get().setMethod(method).setURI(uri).setTimeout(limit.toMillis());
        return header.isEmpty() ? options : options.putHeader(HttpHeaders.AUTHORIZATION, header);
    }

    private static Future<Answer> send(HttpClientRequest request, JsonObject body, String what) {
        Future<HttpClientResponse> response = body == null
                ? request.send()
                : request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .send(body.toBuffer());
        return response.compose(head -> read(head).map(bytes -> judge(head, bytes, what)));
    }

    private static Future<Buffer> read(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(piece -> {
            if (body.length() + piece.length() > LONGEST_ANSWER_BYTES) {
                response.request().reset();
            } else {
                body.appendBuffer(piece);
            }
        });
        return response.end().map(body);
    }

    private static Answer judge(HttpClientResponse response, Buffer body, String what) {
        if (response.statusCode() >= 400) {
            throw new ApiFailure(
                    response.statusCode(), "%s: %d, %s".formatted(what, response.statusCode(), excuse(body)));
        }
        return new Answer(response.headers(), body);
    }

    /** Docker and Kubernetes both give their reason as {@code message}. */
    private static String excuse(Buffer body) {
        String text;
        try {
            text = body.toJsonObject().getString("message", "");
        } catch (DecodeException | ClassCastException e) {
            text = body.toString();
        }
        String line = text.replaceAll("\\s+", " ").strip();
        return line.substring(0, Math.min(LONGEST_EXCUSE, line.length()));
    }
}
