package lyceum.launcher.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.platform.Loop;

/** Sends exactly what it is given, and takes an answer that comes before all was sent. */
public final class Client {

    /** Longer than any answer takes that the fixtures ask for. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http;
    private final List<Integer> ports;
    private final AtomicInteger turn = new AtomicInteger();

    /** @param ports of this machine, which are asked by turns */
    Client(Vertx vertx, List<Integer> ports) {
        http = vertx.createHttpClient(new HttpClientOptions().setDefaultHost("127.0.0.1"));
        this.ports = ports;
    }

    /** @return the answer, with a body of {@code Content-Length} */
    public Future<Answer> send(Request request) {
        return open(request).compose(open -> {
            if (request.body().length() > 0 || request.headers().containsKey("Content-Type")) {
                open.putHeader("Content-Length", Long.toString(request.body().length()));
            }
            return exchange(open, request.body().pieces());
        });
    }

    /** @return the answer, where each piece of the body arrived as a chunk of its own */
    public Future<Answer> sendChunked(Request request, int chunkBytes) {
        return open(request)
                .compose(open -> exchange(open.setChunked(true), request.body().pieces(chunkBytes)));
    }

    /** @return the request on its way, all sent, to be given up by the caller */
    public Future<HttpClientRequest> begin(Request request) {
        return open(request).compose(open -> {
            open.putHeader("Content-Length", Long.toString(request.body().length()));
            Future<Answer> none = Promise.<Answer>promise().future();
            return write(open, request.body().pieces().iterator(), none).map(open);
        });
    }

    private Future<HttpClientRequest> open(Request request) {
        int port = ports.get(Math.floorMod(turn.getAndIncrement(), ports.size()));
        return http.request(HttpMethod.valueOf(request.method()), port, "127.0.0.1", request.target())
                .map(open -> {
                    request.headers().forEach(open::putHeader);
                    return open;
                });
    }

    private static Future<Answer> exchange(HttpClientRequest request, List<Buffer> pieces) {
        Future<Answer> answer = request.response().compose(Client::answer);
        // Not waited for: a server that refuses early need not read the rest, and without an answer that one fails too.
        write(request, pieces.iterator(), answer);
        return answer.timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Future<Void> write(HttpClientRequest request, Iterator<Buffer> pieces, Future<Answer> answer) {
        return Loop.whileTrue(() -> pieces.hasNext() && !answer.isComplete()
                        ? request.write(pieces.next()).map(true)
                        : Future.succeededFuture(false))
                .compose(written -> pieces.hasNext() ? request.reset() : request.end());
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        return response.body().map(body -> new Answer(response.statusCode(), response.headers(), body));
    }
}
