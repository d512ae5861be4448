package lyceum.gateway.video;

import io.netty.handler.codec.http.QueryStringEncoder;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Caller;
import lyceum.gateway.access.Need;
import lyceum.gateway.access.PresentedToken;
import lyceum.gateway.access.TokenVerifier;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.video.BlockingReloads.Directives;
import lyceum.media.ChannelName;
import lyceum.media.LiveChannel;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.Place;
import lyceum.platform.Failure;

/**
 * What is published live, as HLS and DASH, where nginx-rtmp had it (stream contract, 4.7). A name that no channel has is that
 * of a stream of frames, which is filmed then.
 *
 * <p>Media types are those that the original sends: players look at what is in a file and not at how it is called.
 */
public final class HlsRoutes implements Routes {

    private static final String PATHS = "/(?:hls|dash)/.*";
    private static final String HLS = "/hls/{name}/{file}";
    private static final String DASH = "/dash/{name}/{file}";
    private static final List<Operation> OF_HLS = List.of(Operation.get(HLS), Operation.head(HLS));
    private static final List<Operation> OF_DASH = List.of(Operation.get(DASH), Operation.head(DASH));

    /** A file that a tag names. */
    private static final Pattern NAMED = Pattern.compile("(URI=\"[^\"]*)(?=\")");

    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final Map<String, String> TYPES = Map.of(
            "m3u8", "application/vnd.apple.mpegurl", "mpd", "text/plain", "m4s", UNKNOWN_TYPE, "ts", UNKNOWN_TYPE);

    private final Access access;
    private final Need watching;
    private final TokenVerifier tokens;
    private final ChannelPlaces places;
    private final ChannelCache files;
    private final BlockingReloads reloads;
    private final Films films;
    private final Filming filming;

    /** Films streams of frames. */
    public interface Films {

        /** @return done when the stream is filmed under the channel of its name; or NOT_FOUND */
        Future<Void> begin(String stream);
    }

    /** @param watching what a viewer must bring */
    public HlsRoutes(
            Access access,
            Need watching,
            TokenVerifier tokens,
            ChannelPlaces places,
            ChannelCache files,
            BlockingReloads reloads,
            Films films,
            Filming filming) {
        this.access = access;
        this.watching = watching;
        this.tokens = tokens;
        this.places = places;
        this.files = files;
        this.reloads = reloads;
        this.films = films;
        this.filming = filming;
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).handler(HlsRoutes::allowOrigins).failureHandler(Dialect.PROBLEM);
        OF_HLS.forEach(operation -> operation
                .on(router)
                .handler(access.guard(operation))
                .handler(access.require(watching))
                .handler(ctx -> answer(ctx, ctx.pathParam("file"))));
        OF_DASH.forEach(operation -> operation
                .on(router)
                .handler(access.guard(operation))
                .handler(access.require(watching))
                .handler(ctx -> answer(ctx, LiveChannel.DASH + ctx.pathParam("file"))));
    }

    /** Players are on pages of any origin; a token in a header makes a browser ask first. */
    static void allowOrigins(RoutingContext ctx) {
        HttpServerResponse response = ctx.response().putHeader("Access-Control-Allow-Origin", "*");
        if (ctx.request().method().equals(HttpMethod.OPTIONS)) {
            response.putHeader("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                    .putHeader("Access-Control-Allow-Headers", "Authorization, Range")
                    .putHeader("Access-Control-Max-Age", "600")
                    .setStatusCode(204)
                    .end();
            return;
        }
        response.putHeader("Access-Control-Expose-Headers", "Content-Length, Content-Range");
        ctx.next();
    }

    private void answer(RoutingContext ctx, String file) {
        String name = ctx.pathParam("name");
        String channel = ChannelName.ofStream(name);
        places.find(channel)
                .compose(
                        place -> place.kind() == Kind.PICTURES
                                ? watchFrames(ctx, name, file).map(place)
                                : Future.succeededFuture(place),
                        error -> film(ctx, error, name, file).compose(begun -> places.find(channel)))
                .compose(place -> find(ctx, place, channel, file))
                .onSuccess(found -> send(ctx, found, file))
                .onFailure(ctx::fail);
    }

    private Future<ChannelFile> find(RoutingContext ctx, Place place, String channel, String file) {
        return (file.equals(LiveChannel.PLAYLIST) ? directives(ctx) : Optional.<Directives>empty())
                .map(wanted -> reloads.await(place, channel, wanted))
                .orElseGet(() -> files.find(place, channel, file));
    }

    /** @return what a player of Low-Latency HLS waits for; one that is told twice is no number */
    private static Optional<Directives> directives(RoutingContext ctx) {
        List<String> segment = ctx.queryParam("_HLS_msn");
        List<String> part = ctx.queryParam("_HLS_part");
        return segment.isEmpty() && part.isEmpty()
                ? Optional.empty()
                : Optional.of(new Directives(String.join(",", segment), String.join(",", part)));
    }

    /** Frames are what streams hold, and those are for holders of tokens. */
    private Future<Caller> requireToken(RoutingContext ctx) {
        return Caller.of(ctx).map(Future::succeededFuture).orElseGet(() -> tokens.verify(PresentedToken.of(ctx)));
    }

    private Future<Caller> watchFrames(RoutingContext ctx, String name, String file) {
        return requireToken(ctx).onSuccess(caller -> {
            if (isList(file)) {
                filming.keep(name);
            }
        });
    }

    private static boolean isList(String file) {
        return file.equals(LiveChannel.PLAYLIST) || file.equals(LiveChannel.DASH + "index.mpd");
    }

    private Future<Void> film(RoutingContext ctx, Throwable error, String name, String file) {
        boolean isMissing = error instanceof Failure failure && failure.kind() == Failure.Kind.NOT_FOUND;
        if (!isMissing || !isList(file)) {
            return Future.failedFuture(error);
        }
        Optional<String> token = PresentedToken.of(ctx);
        if (token.isEmpty()) {
            // Whoever has no token learns of no stream.
            return Future.failedFuture(error);
        }
        return requireToken(ctx)
                .compose(caller -> films.begin(name))
                .onSuccess(begun -> places.forget(ChannelName.ofStream(name)));
    }

    private static void send(RoutingContext ctx, ChannelFile file, String name) {
        ctx.response()
                .putHeader("Content-Type", TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), UNKNOWN_TYPE))
                .putHeader("Cache-Control", "no-cache");
        String token = PresentedToken.inQuery(ctx);
        if (name.equals(LiveChannel.PLAYLIST) && token != null) {
            file.source()
                    .read(0)
                    .map(playlist -> ChannelFile.of(carryingOn(playlist, token), LiveChannel.PIECE_BYTES))
                    .onSuccess(list -> new ChannelFileAnswer(ctx, list).send())
                    .onFailure(ctx::fail);
        } else {
            new ChannelFileAnswer(ctx, file).send();
        }
    }

    /** A player asks for segments and parts as the playlist names them, so these bring the token again. */
    private static Buffer carryingOn(Buffer playlist, String token) {
        QueryStringEncoder query = new QueryStringEncoder("");
        query.addParam("token", token);
        String named = "$1" + Matcher.quoteReplacement(query.toString());
        StringBuilder text = new StringBuilder();
        playlist.toString()
                .lines()
                .forEach(line -> text.append(
                                line.startsWith("#") ? NAMED.matcher(line).replaceAll(named) : line + query)
                        .append('\n'));
        return Buffer.buffer(text.toString());
    }
}
