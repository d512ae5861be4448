package lyceum.gateway.site;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.gateway.file.Validators;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.platform.Profile;

/**
 * The console: a classroom in the browser, below {@code /console/}. Its files come from {@code src/main/web}, unchanged; what
 * it knows of this installation is {@code /console/settings.json}.
 *
 * <p>A browser that opens the root is sent there. Other clients find nothing at the root, as the older contracts have it
 * (elicast, routing; stream, section 2.2): only who names {@code text/html} in {@code Accept} is a browser.
 */
public final class ConsoleSite implements Routes {

    private static final String HOME = "/console/";
    private static final String FIRST = "index.html";
    private static final String SETTINGS = "settings.json";

    /** Names of ours have neither dots nor upper case, so no path leads out of the directory. */
    private static final Pattern FILE = Pattern.compile("(?:[a-z0-9-]+/)*[a-z0-9-]+\\.(html|css|js|json|svg)");

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    /** Sound and pictures that the page has made or fetched are {@code blob:}; the player of live video has a worker. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
                    + "worker-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Vertx vertx;
    private final Profile profile;
    private final boolean isAtRoot;
    /** For {@code If-Modified-Since}: a file of this program is not older than the program's start. */
    private final Instant started;
    /** What has been asked for, and is there: at most as many as there are files. */
    private final Map<String, File> files = new HashMap<>();

    private record File(Buffer bytes, String mediaType, Validators known) {}

    /** @param isAtRoot whether the root leads here, too */
    public ConsoleSite(Vertx vertx, Profile profile, boolean isAtRoot, Instant started) {
        this.vertx = vertx;
        this.profile = profile;
        this.isAtRoot = isAtRoot;
        this.started = started;
    }

    @Override
    public void addTo(Router router) {
        router.route().handler(ctx -> {
            if (isRead(ctx.request().method())) {
                answer(ctx, ctx.normalizedPath());
            } else {
                ctx.next();
            }
        });
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private void answer(RoutingContext ctx, String path) {
        if (path.equals("/") && isAtRoot && isBrowser(ctx)) {
            redirect(ctx, "console/");
        } else if (path.equals("/console")) {
            redirect(ctx, "console/");
        } else if (path.startsWith(HOME)) {
            answerFile(ctx, path.equals(HOME) ? FIRST : path.substring(HOME.length()));
        } else {
            ctx.next();
        }
    }

    private static boolean isBrowser(RoutingContext ctx) {
        String accept = ctx.request().getHeader("Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
    }

    /** @param place relative, so that it works behind a proxy that strips a prefix */
    private static void redirect(RoutingContext ctx, String place) {
        ctx.response()
                .setStatusCode(302)
                .putHeader("Location", place)
                .putHeader("Vary", "Accept")
                .end();
    }

    private void answerFile(RoutingContext ctx, String name) {
        Matcher known = FILE.matcher(name);
        if (!known.matches()) {
            ctx.fail(new Refusal(404));
            return;
        }
        file(name, MEDIA_TYPES.get(known.group(1)))
                .onSuccess(file -> send(ctx, file))
                .onFailure(ctx::fail);
    }

    private Future<File> file(String name, String mediaType) {
        File kept = files.get(name);
        return kept != null
                ? Future.succeededFuture(kept)
                : vertx.executeBlocking(() -> read(name), false)
                        .map(bytes -> new File(Buffer.buffer(bytes), mediaType, new Validators(tag(bytes), started)))
                        .onSuccess(file -> files.put(name, file));
    }

    private byte[] read(String name) throws IOException {
        if (name.equals(SETTINGS)) {
            return settings().toBuffer().getBytes();
        }
        try (InputStream file = ConsoleSite.class.getResourceAsStream(HOME + name)) {
            if (file == null) {
                throw new Refusal(404);
            }
            return file.readAllBytes();
        }
    }

    private JsonObject settings() {
        return new JsonObject().put("profile", profile.name().toLowerCase(Locale.ROOT));
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Files are asked for anew each time, and are mostly not sent: after an update no page mixes two versions. */
    private static void send(RoutingContext ctx, File file) {
        HttpServerResponse response = OwnPage.begin(ctx, file.mediaType(), CONTENT_SECURITY_POLICY)
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", file.known().entityTag());
        switch (file.known().of(ctx.request().headers())) {
            case NOT_MODIFIED -> response.setStatusCode(304).end();
            case FAILED -> response.setStatusCode(412).end();
            case GO_ON -> sendWhole(ctx, response, file.bytes());
        }
    }

    private static void sendWhole(RoutingContext ctx, HttpServerResponse response, Buffer bytes) {
        response.putHeader("Content-Length", Integer.toString(bytes.length()));
        if (ctx.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(bytes);
        }
    }
}
