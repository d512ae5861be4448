package lyceum.gateway.video;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Need;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HLS and DASH of another media server, at the paths where ours are: what comes from there is handed on as it comes. */
public final class HlsOrigin implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(HlsOrigin.class);

    private static final String PATHS = "/(?:hls|dash)/.*";
    private static final List<Operation> OPERATIONS = List.of(
            Operation.get("/hls/{name}/{file}"),
            Operation.head("/hls/{name}/{file}"),
            Operation.get("/dash/{name}/{file}"),
            Operation.head("/dash/{name}/{file}"));

    private static final List<String> ASKED =
            List.of("Range", "If-None-Match", "If-Modified-Since", "If-Range", "Accept");
    private static final List<String> ANSWERED = List.of(
            "Content-Type",
            "Content-Length",
            "Content-Range",
            "Accept-Ranges",
            "ETag",
            "Last-Modified",
            "Cache-Control");

    private static final int CONNECT_MILLIS = 5_000;
    private static final int SILENCE_SECONDS = 30;
    private static final int CONNECTIONS = 256;
    private static final int WAITING = 1_000;

    private final URI origin;
    private final Access access;
    private final Need watching;
    private final HttpClient client;

    /** @param origin its path stands in front of those that are asked for */
    public HlsOrigin(Vertx vertx, URI origin, Access access, Need watching) {
        this.origin = origin;
        this.access = access;
        this.watching = watching;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setIdleTimeout(SILENCE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING));
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).handler(HlsRoutes::allowOrigins).failureHandler(Dialect.PROBLEM);
        OPERATIONS.forEach(operation -> operation
                .on(router)
                .handler(access.guard(operation))
                .handler(access.require(watching))
                .handler(HlsOrigin::requireFile)
                .handler(this::handOn));
    }

    /** A server behind may decode the path before it looks where that leads: out of what is meant for everybody. */
    private static void requireFile(RoutingContext ctx) {
        if (Stream.of("name", "file").map(ctx::pathParam).allMatch(HlsOrigin::isOneSegment)) {
            ctx.next();
        } else {
            ctx.fail(new Refusal(404));
        }
    }

    private static boolean isOneSegment(String decoded) {
        return !decoded.contains("/") && !decoded.contains("\\") && !decoded.equals(".") && !decoded.equals("..");
    }

    private void handOn(RoutingContext ctx) {
        // The path as it was written, so that nothing is decoded here and read in another way there.
        String path = ctx.request().path().replaceFirst("^/api(?=/)", "");
        RequestOptions options = new RequestOptions()
                .setMethod(ctx.request().method())
                .setAbsoluteURI(origin.toString().replaceFirst("/+$", "") + path)
                .setConnectTimeout(CONNECT_MILLIS);
        ASKED.stream()
                .filter(ctx.request().headers()::contains)
                .forEach(name -> options.putHeader(name, ctx.request().getHeader(name)));
        client.request(options)
                .compose(request -> request.send())
                .onFailure(error -> {
                    LOG.warn("the media server does not answer: {}", error.toString());
                    ctx.fail(new Refusal(503, "the media server does not answer", Map.of("Retry-After", "1")));
                })
                .onSuccess(answer -> write(ctx, answer).onFailure(error -> giveUp(ctx, error)));
    }

    /** Half an answer must not look like a whole one. */
    private static void giveUp(RoutingContext ctx, Throwable error) {
        LOG.debug("what the media server sends does not arrive: {}", error.toString());
        ctx.response().reset().onFailure(gone -> LOG.debug("a viewer is gone already: {}", gone.toString()));
    }

    private static Future<Void> write(RoutingContext ctx, HttpClientResponse answer) {
        HttpServerResponse response = ctx.response().setStatusCode(answer.statusCode());
        ANSWERED.stream()
                .filter(answer.headers()::contains)
                .forEach(name -> response.putHeader(name, answer.getHeader(name)));
        if (!answer.headers().contains("Content-Length")) {
            response.setChunked(true);
        }
        return answer.pipeTo(response);
    }
}
