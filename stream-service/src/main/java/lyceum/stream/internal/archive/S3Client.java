package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a store that speaks S3. */
final class S3Client {

    private static final Logger LOG = LoggerFactory.getLogger(S3Client.class);

    private static final int CONNECTIONS = 16;
    private static final int MOST_WAITING = 10_000;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** For one answer; the longest thing that is sent is a chunk. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final int LOGGED_CHARACTERS = 500;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    /** Nothing is behind the end of an object. */
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private static final Map<String, String> IF_NEW = Map.of("if-none-match", "*");

    private final S3Access access;
    private final S3Signature signature;
    private final HttpClient http;

    /** @param bodySum SHA-256 of the body */
    record Body(Buffer bytes, String bodySum) {
        static final Body NONE = of(Buffer.buffer());

        static Body of(Buffer bytes) {
            return new Body(bytes, S3Signature.sum(bytes.getBytes()));
        }
    }

    private record Answer(HttpClientResponse response, Buffer body) {}

    S3Client(Vertx vertx, S3Access access) {
        this.access = access;
        this.signature = new S3Signature(access, S3Signature.SERVICE);
        this.http = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setSsl(access.isTls())
                        .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                        .setIdleTimeout((int) LIMIT.toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(MOST_WAITING))
                .build();
    }

    /** @return the length of an object; or NOT_FOUND */
    Future<Long> length(String key) {
        return send(HttpMethod.HEAD, key, Map.of(), Map.of(), Body.NONE)
                .map(answer -> Long.parseLong(answer.response().getHeader("Content-Length")));
    }

    /** @return some bytes of an object; or NOT_FOUND */
    Future<Buffer> get(String key, long from, int count) {
        String range = "bytes=%d-%d".formatted(from, from + count - 1);
        return send(HttpMethod.GET, key, Map.of(), Map.of("range", range), Body.NONE)
                .map(Answer::body);
    }

    /** @return what is known of an object; or NOT_FOUND */
    Future<StoredFile> look(String key) {
        return send(HttpMethod.HEAD, key, Map.of(), Map.of(), Body.NONE).map(answer -> {
            HttpClientResponse response = answer.response();
            return new StoredFile(
                    Long.parseLong(response.getHeader("Content-Length")),
                    DateTimeFormatter.RFC_1123_DATE_TIME.parse(response.getHeader("Last-Modified"), Instant::from),
                    response.getHeader("ETag").replace("\"", ""));
        });
    }

    /** @return some bytes of an object, none behind its end; or NOT_FOUND, or CONFLICT where it has another tag by now */
    Future<Buffer> getSame(String key, String tag, long from, int count) {
        Map<String, String> headers =
                Map.of("range", "bytes=%d-%d".formatted(from, from + count - 1), "if-match", '"' + tag + '"');
        return send(HttpMethod.GET, key, Map.of(), headers, Body.NONE).map(Answer::body);
    }

    /** @return done when the object is stored */
    Future<Void> put(String key, Body body) {
        return send(HttpMethod.PUT, key, Map.of(), Map.of(), body).mapEmpty();
    }

    /** @return done when the object is stored; or CONFLICT where there was one. Stores that know no conditions ignore it */
    Future<Void> putNew(String key, Body body) {
        return send(HttpMethod.PUT, key, Map.of(), IF_NEW, body).mapEmpty();
    }

    /** @return id of an upload in parts */
    Future<String> beginParts(String key) {
        return send(HttpMethod.POST, key, Map.of("uploads", ""), Map.of(), Body.NONE)
                .map(answer -> S3Parts.uploadId(answer.body()));
    }

    /** @return the tag of the part, as the store writes it */
    Future<String> putPart(String key, String upload, int number, Body body) {
        Map<String, String> query = Map.of("partNumber", Integer.toString(number), "uploadId", upload);
        return send(HttpMethod.PUT, key, query, Map.of(), body)
                .map(answer -> answer.response().getHeader("ETag"));
    }

    /** @return done when the object is stored; or CONFLICT as {@link #putNew} */
    Future<Void> endParts(String key, String upload, List<String> tags, boolean overwrite) {
        Body order = Body.of(S3Parts.order(tags));
        return send(HttpMethod.POST, key, Map.of("uploadId", upload), overwrite ? Map.of() : IF_NEW, order)
                .compose(this::checkBody);
    }

    /** Gives up an upload in parts. */
    Future<Void> dropParts(String key, String upload) {
        return send(HttpMethod.DELETE, key, Map.of("uploadId", upload), Map.of(), Body.NONE)
                .mapEmpty();
    }

    /** @return done when the copy is stored; or NOT_FOUND */
    Future<Void> copy(String from, String to) {
        String source = '/' + access.bucket() + '/' + S3Signature.path(from);
        return send(HttpMethod.PUT, to, Map.of(), Map.of("x-amz-copy-source", source), Body.NONE)
                .compose(this::checkBody);
    }

    /**
     * @param order XML of {@code DeleteObjects}
     * @param sum its MD5, in base64
     */
    Future<Void> delete(Buffer order, String sum) {
        return send(HttpMethod.POST, "", Map.of("delete", ""), Map.of("content-md5", sum), Body.of(order))
                .compose(this::checkBody);
    }

    /** Lists all objects. */
    Future<Void> listAll(String prefix, String delimiter, Consumer<S3Page> pages) {
        return list(prefix, delimiter, page -> {
            pages.accept(page);
            return Future.succeededFuture(true);
        });
    }

    /** @return whether there is such an object */
    Future<Boolean> contains(String key) {
        return length(key)
                .map(true)
                .recover(error -> error instanceof Failure failure && failure.kind() == Failure.Kind.NOT_FOUND
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(error));
    }

    /** Some errors come behind the status of a success. */
    private Future<Void> checkBody(Answer answer) {
        return answer.body().toString().contains("<Error>")
                ? Future.failedFuture(refused(answer))
                : Future.succeededFuture();
    }

    /**
     * Lists objects, page after page.
     *
     * @param delimiter that ends what is told of keys; empty for whole ones
     * @param pages says of each whether the next one is wanted
     */
    Future<Void> list(String prefix, String delimiter, Function<S3Page, Future<Boolean>> pages) {
        Map<String, String> query = new HashMap<>(Map.of("list-type", "2", "encoding-type", "url", "prefix", prefix));
        if (!delimiter.isEmpty()) {
            query.put("delimiter", delimiter);
        }
        return Loop.whileTrue(() -> send(HttpMethod.GET, "", query, Map.of(), Body.NONE)
                .map(answer -> S3Page.of(answer.body()))
                .compose(page -> pages.apply(page).map(isWanted -> {
                    query.put("continuation-token", page.next());
                    return isWanted && page.next() != null;
                })));
    }

    private Future<Answer> send(
            HttpMethod method, String key, Map<String, String> query, Map<String, String> headers, Body body) {
        String path = '/' + S3Signature.path(access.bucket()) + (key.isEmpty() ? "" : '/' + S3Signature.path(key));
        String parameters = S3Signature.query(query);
        SortedMap<String, String> signed = new TreeMap<>(headers);
        signed.put("host", access.host());
        signed.put("x-amz-content-sha256", body.bodySum());
        signed.put("x-amz-date", S3Signature.time(Instant.now()));
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(access.endpoint().getHost())
                .setPort(access.port())
                .setSsl(access.isTls())
                .setURI(parameters.isEmpty() ? path : path + '?' + parameters)
                .setConnectTimeout(CONNECT_LIMIT.toMillis())
                .setIdleTimeout(LIMIT.toMillis());
        signed.forEach(options::putHeader);
        options.putHeader(
                "authorization", signature.authorization(method.name(), path, parameters, signed, body.bodySum()));
        return http.request(options)
                .compose(request -> answer(request.send(body.bytes())))
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::away)
                .compose(this::check);
    }

    /** Called on the context of the request: on another one the body could have passed before it is asked for. */
    private static Future<Answer> answer(Future<HttpClientResponse> answering) {
        return answering.compose(response -> response.body().map(bytes -> new Answer(response, bytes)));
    }

    private Future<Answer> away(Throwable error) {
        LOG.warn("the store of recordings is out of reach: {}", error.toString());
        return Future.failedFuture(RecordingStore.away());
    }

    private Future<Answer> check(Answer answer) {
        int status = answer.response().statusCode();
        if (status >= 200 && status < 300) {
            return Future.succeededFuture(answer);
        }
        if (status == RANGE_NOT_SATISFIABLE) {
            return Future.succeededFuture(new Answer(answer.response(), Buffer.buffer()));
        }
        return Future.failedFuture(
                switch (status) {
                    case NOT_FOUND -> Failure.notFound("the recording is not there any more");
                    case CONFLICT, PRECONDITION_FAILED -> FileStore.changed();
                    default -> refused(answer);
                });
    }

    private static Failure refused(Answer answer) {
        String text = answer.body().toString();
        LOG.error(
                "the store of recordings answers {}: {}",
                answer.response().statusCode(),
                text.substring(0, Math.min(text.length(), LOGGED_CHARACTERS)));
        return RecordingStore.away();
    }

    Future<Void> close() {
        return http.close();
    }
}
