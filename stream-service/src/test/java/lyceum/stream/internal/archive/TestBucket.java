package lyceum.stream.internal.archive;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for a store that speaks S3, with one bucket. It does what {@link S3Recordings} asks for, after Amazon's API
 * Reference, and checks each signature against what has arrived.
 */
public final class TestBucket implements AutoCloseable {

    private static final int PAGE = 7;

    private static final Pattern SIGNED = Pattern.compile("SignedHeaders=([^,]+),");
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

    private final NavigableMap<String, Buffer> objects = new ConcurrentSkipListMap<>();
    private final Map<String, NavigableMap<Integer, Buffer>> uploads = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final S3Access access;
    private volatile boolean isOut;
    private volatile boolean deniesCopies;
    private volatile Consumer<String> copied = key -> {};

    public TestBucket(Vertx vertx) {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> take(request, body)))
                .listen(0, "127.0.0.1")
                .await();
        access = new S3Access(
                URI.create("http://127.0.0.1:" + server.actualPort()), "bucket", "eu-central-1", "name", "secret");
    }

    public S3Access access() {
        return access;
    }

    /** Everything fails from now on, or does not any more. */
    public void out(boolean out) {
        isOut = out;
    }

    void denyCopies(boolean deny) {
        deniesCopies = deny;
    }

    /** @param copied told of each key that was copied, before the one who ordered it is */
    void onCopy(Consumer<String> copied) {
        this.copied = copied;
    }

    public NavigableMap<String, Buffer> objects() {
        return objects;
    }

    private void take(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response();
        if (isOut) {
            response.setStatusCode(503).end("<Error><Code>SlowDown</Code></Error>");
        } else if (!isSigned(request, body)) {
            response.setStatusCode(403).end("<Error><Code>SignatureDoesNotMatch</Code></Error>");
        } else if (request.path().equals("/bucket")) {
            takeForBucket(request, body);
        } else {
            takeForObject(
                    request,
                    URLDecoder.decode(
                            request.path().substring("/bucket/".length()).replace("+", "%2B"), StandardCharsets.UTF_8),
                    body);
        }
    }

    private boolean isSigned(HttpServerRequest request, Buffer body) {
        String authorization = request.getHeader("Authorization");
        Matcher signed = SIGNED.matcher(authorization);
        if (!signed.find()) {
            return false;
        }
        TreeMap<String, String> headers = new TreeMap<>();
        for (String name : signed.group(1).split(";")) {
            headers.put(name, request.getHeader(name));
        }
        String sum = S3Signature.sum(body.getBytes());
        String query = request.query() == null ? "" : request.query();
        return headers.get("x-amz-content-sha256").equals(sum)
                && headers.keySet().containsAll(Set.of("host", "x-amz-date"))
                && new S3Signature(access, "s3")
                        .authorization(request.method().name(), request.path(), query, headers, sum)
                        .equals(authorization);
    }

    private void takeForBucket(HttpServerRequest request, Buffer body) {
        if (request.method().equals(HttpMethod.POST) && request.query().equals("delete=")) {
            delete(request, body);
        } else if (request.method().equals(HttpMethod.GET) && "2".equals(request.getParam("list-type"))) {
            list(request);
        } else {
            request.response().setStatusCode(400).end();
        }
    }

    private void delete(HttpServerRequest request, Buffer body) {
        if (!sum(body).equals(request.getHeader("Content-MD5"))) {
            request.response().setStatusCode(400).end("<Error><Code>BadDigest</Code></Error>");
            return;
        }
        Matcher keys = KEY.matcher(body.toString());
        while (keys.find()) {
            objects.remove(
                    keys.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
        }
        request.response().end("<DeleteResult></DeleteResult>");
    }

    private static String sum(Buffer body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(body.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void list(HttpServerRequest request) {
        String prefix = request.getParam("prefix");
        String delimiter = request.getParam("delimiter");
        String token = request.getParam("continuation-token");
        String after = token == null ? null : new String(Base64.getDecoder().decode(token));
        StringBuilder items = new StringBuilder();
        Set<String> told = new TreeSet<>();
        String last = null;
        boolean isCut = false;
        for (String key : objects.tailMap(prefix, true).keySet()) {
            if (!key.startsWith(prefix)) {
                break;
            }
            int end = delimiter == null ? -1 : key.indexOf(delimiter, prefix.length());
            String name = end < 0 ? key : key.substring(0, end + 1);
            if (after != null && name.compareTo(after) <= 0 || told.contains(name)) {
                continue;
            }
            if (told.size() == PAGE) {
                isCut = true;
                break;
            }
            told.add(name);
            last = name;
            items.append(
                    end < 0 ? object(key) : "<CommonPrefixes><Prefix>" + encoded(name) + "</Prefix></CommonPrefixes>");
        }
        request.response()
                .end("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult><Name>bucket</Name><Prefix>"
                        + encoded(prefix) + "</Prefix>" + items + "<IsTruncated>" + isCut + "</IsTruncated>"
                        + (isCut
                                ? "<NextContinuationToken>"
                                        + Base64.getEncoder().encodeToString(last.getBytes())
                                        + "</NextContinuationToken>"
                                : "")
                        + "</ListBucketResult>");
    }

    private String object(String key) {
        Buffer object = objects.get(key);
        return "<Contents><Key>" + encoded(key) + "</Key><ETag>" + tag(object).replace("\"", "&quot;") + "</ETag><Size>"
                + object.length() + "</Size></Contents>";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void takeForObject(HttpServerRequest request, String key, Buffer body) {
        HttpServerResponse response = request.response();
        String source = request.getHeader("x-amz-copy-source");
        if (source != null) {
            copy(response, URLDecoder.decode(source.replace("+", "%2B"), StandardCharsets.UTF_8), key);
        } else if (request.getParam("uploads") != null || request.getParam("uploadId") != null) {
            takeForUpload(request, key, body);
        } else if (request.method().equals(HttpMethod.PUT)) {
            store(request, key, body);
        } else if (!objects.containsKey(key)) {
            response.setStatusCode(404).end();
        } else if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", "" + objects.get(key).length())
                    .putHeader("ETag", tag(objects.get(key)))
                    .putHeader("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT")
                    .end();
        } else if (request.getHeader("If-Match") != null
                && !request.getHeader("If-Match").equals(tag(objects.get(key)))) {
            response.setStatusCode(412).end("<Error><Code>PreconditionFailed</Code></Error>");
        } else {
            List<Integer> range = new ArrayList<>(Arrays.stream(request.getHeader("Range")
                            .substring("bytes=".length())
                            .split("-"))
                    .map(Integer::valueOf)
                    .toList());
            Buffer object = objects.get(key);
            if (range.get(0) >= object.length()) {
                response.setStatusCode(416).end("<Error><Code>InvalidRange</Code></Error>");
                return;
            }
            response.setStatusCode(206).end(object.slice(range.get(0), Math.min(object.length(), range.get(1) + 1)));
        }
    }

    private static String tag(Buffer object) {
        return '"' + S3Signature.sum(object.getBytes()) + '"';
    }

    private void store(HttpServerRequest request, String key, Buffer body) {
        if ("*".equals(request.getHeader("If-None-Match")) && objects.putIfAbsent(key, body) != null) {
            request.response().setStatusCode(412).end("<Error><Code>PreconditionFailed</Code></Error>");
            return;
        }
        objects.put(key, body);
        request.response().end();
    }

    /** @return ids of uploads in parts that are neither done nor given up */
    Set<String> uploads() {
        return uploads.keySet();
    }

    private void takeForUpload(HttpServerRequest request, String key, Buffer body) {
        String id = request.getParam("uploadId");
        if (id == null) {
            String next = "up&load" + uploads.size();
            uploads.put(next, new ConcurrentSkipListMap<>());
            request.response()
                    .end("<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
                            .formatted(next.replace("&", "&amp;")));
        } else if (!uploads.containsKey(id)) {
            request.response().setStatusCode(404).end("<Error><Code>NoSuchUpload</Code></Error>");
        } else if (request.method().equals(HttpMethod.PUT)) {
            uploads.get(id).put(Integer.valueOf(request.getParam("partNumber")), body);
            request.response().putHeader("ETag", tag(body)).end();
        } else if (request.method().equals(HttpMethod.DELETE)) {
            uploads.remove(id);
            request.response().setStatusCode(204).end();
        } else {
            join(request, key, id, body.toString());
        }
    }

    /** As Amazon: all parts but the last one have 5 MiB at least, and their tags are right. */
    private void join(HttpServerRequest request, String key, String id, String order) {
        Buffer whole = Buffer.buffer();
        NavigableMap<Integer, Buffer> parts = uploads.get(id);
        for (Map.Entry<Integer, Buffer> part : parts.entrySet()) {
            String told = "<PartNumber>%d</PartNumber><ETag>%s</ETag>".formatted(part.getKey(), tag(part.getValue()));
            boolean isShort =
                    part.getValue().length() < 5 << 20 && !part.getKey().equals(parts.lastKey());
            if (isShort || !order.contains(told)) {
                request.response().setStatusCode(400).end("<Error><Code>EntityTooSmall</Code></Error>");
                return;
            }
            whole.appendBuffer(part.getValue());
        }
        uploads.remove(id);
        store(request, key, whole);
    }

    private void copy(HttpServerResponse response, String source, String key) {
        String from = source.substring("/bucket/".length());
        Buffer object = objects.get(from);
        if (deniesCopies) {
            response.end("<Error><Code>InternalError</Code></Error>");
        } else if (object == null) {
            response.setStatusCode(404).end();
        } else {
            objects.put(key, object);
            copied.accept(from);
            response.end("<CopyObjectResult></CopyObjectResult>");
        }
    }

    @Override
    public void close() {
        server.close().await();
    }
}
