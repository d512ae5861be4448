package lyceum.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Fetches a JSON Web Key Set (RFC 7517, section 5). No redirect is followed. */
public final class KeySetFetch {

    /** Sets have some KiB. */
    static final int BODY_LIMIT_BYTES = 256 * 1024;

    static final int MOST_KEYS = 100;

    private final HttpClient client;
    private final URI url;
    private final Duration timeout;

    public KeySetFetch(Vertx vertx, URI url, Duration timeout) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) timeout.toMillis())
                .setKeepAlive(false));
        this.url = url;
        this.timeout = timeout;
    }

    /** @return the keys that can be used here, at least one; or a failure that says what was wrong */
    public Future<List<IssuerKey>> keys() {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url.toString())
                .putHeader("Accept", "application/json");
        return client.request(options)
                .compose(this::send)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .map(KeySetFetch::parse);
    }

    private Future<Buffer> send(HttpClientRequest request) {
        return request.send()
                .compose(KeySetFetch::body)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                // Else what is still to come would be waited for.
                .onFailure(error -> request.reset());
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture("status %d".formatted(response.statusCode()));
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail)
                .endHandler(ended -> whole.tryComplete(body))
                .handler(chunk -> {
                    if (body.length() + chunk.length() > BODY_LIMIT_BYTES) {
                        whole.tryFail("more than %d bytes".formatted(BODY_LIMIT_BYTES));
                    } else {
                        body.appendBuffer(chunk);
                    }
                });
        return whole.future();
    }

    private static List<IssuerKey> parse(Buffer body) {
        JsonArray set = new JsonObject(body).getJsonArray("keys");
        if (set == null || set.size() > MOST_KEYS) {
            throw new IllegalArgumentException("no set of at most %d keys".formatted(MOST_KEYS));
        }
        List<IssuerKey> keys = set.stream()
                .map(jwk -> jwk instanceof JsonObject object ? IssuerKey.of(object) : Optional.<IssuerKey>empty())
                .flatMap(Optional::stream)
                .toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key that can be used");
        }
        return keys;
    }
}
