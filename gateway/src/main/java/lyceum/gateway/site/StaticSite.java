package lyceum.gateway.site;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.StreamSupport;
import lyceum.gateway.route.JsonDocument;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.Unmatched;

/**
 * A web site out of a directory, at the root and behind everything else that is found there (contract, section 5). The web
 * client of the social contract uses absolute paths, so site and API must share an origin.
 */
public final class StaticSite implements Routes {

    private static final long DAY_SECONDS = 86_400;

    private final Path root;
    private final boolean isDevelopment;
    private final InstantSource clock;
    private final StaticHandler files;

    /** What there is at a path. */
    private enum Place {
        FILE,
        DIRECTORY,
        NOTHING
    }

    /**
     * @param root an absolute path
     * @param isDevelopment whether the version is made up; otherwise it is a file like any other
     */
    public StaticSite(Path root, boolean isDevelopment, InstantSource clock) {
        this.root = root;
        this.isDevelopment = isDevelopment;
        this.clock = clock;
        this.files = StaticHandler.create(FileSystemAccess.ROOT, root.toString())
                .setCachingEnabled(false)
                .setAlwaysAsyncFS(true);
    }

    @Override
    public void addTo(Router router) {
        router.route().handler(ctx -> {
            boolean isOurs = isRead(ctx.request().method())
                    && Operation.at(ctx.normalizedPath(), router).isEmpty();
            if (isOurs) {
                answer(ctx);
            } else {
                ctx.next();
            }
        });
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private void answer(RoutingContext ctx) {
        String path = ctx.normalizedPath();
        if (path.equals("/")) {
            ctx.response()
                    .setStatusCode(302)
                    .putHeader("Location", "/index.html")
                    .end();
        } else if (isDevelopment && path.equals("/version")) {
            send(ctx, version());
        } else if (isDevelopment && path.equals("/version.json")) {
            send(ctx, versionFile());
        } else {
            // Not StaticHandler's own look: that follows links out of the directory.
            ctx.vertx()
                    .executeBlocking(() -> look(path), false)
                    .onSuccess(place -> answer(ctx, place))
                    .onFailure(ctx::fail);
        }
    }

    private void answer(RoutingContext ctx, Place place) {
        switch (place) {
            case FILE -> files.handle(ctx);
            case DIRECTORY -> ctx.fail(new Refusal(403));
            case NOTHING -> ctx.fail(Unmatched.NOWHERE);
        }
    }

    private static void send(RoutingContext ctx, JsonObject json) {
        JsonDocument.begin(ctx).end(json.toBuffer());
    }

    private JsonObject version() {
        long now = clock.instant().getEpochSecond();
        return new JsonObject().put("commit_sha", "dev").put("timestamp", now - now % DAY_SECONDS);
    }

    private JsonObject versionFile() {
        String now = Long.toString(clock.instant().getEpochSecond());
        return new JsonObject().put("commit_sha", now).put("timestamp", now);
    }

    /** @param path normalized, in percent code */
    private Place look(String path) throws IOException {
        Path file;
        try {
            file = root.resolve(decode(path).substring(1)).normalize();
        } catch (InvalidPathException e) {
            return Place.NOTHING;
        }
        if (!file.startsWith(root) || isHidden(root.relativize(file)) || !Files.exists(file)) {
            return Place.NOTHING;
        }
        if (!file.toRealPath().startsWith(root.toRealPath())) {
            return Place.NOTHING;
        }
        if (Files.isDirectory(file)) {
            return Place.DIRECTORY;
        }
        return Files.isRegularFile(file) && !path.endsWith("/") ? Place.FILE : Place.NOTHING;
    }

    /** A plus is a plus in a path. */
    private static String decode(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static boolean isHidden(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }
}
