package lyceum.gateway.site;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;

/**
 * A page that plays a channel, or the pictures of a stream where it cannot be played; it loads nothing from anywhere else.
 * The page is the same for all names: its script reads the name in the address, and nothing is ever put into HTML.
 */
public final class WatchRoutes implements Routes {

    private static final Operation PAGE = Operation.get("/watch/{name}");
    private static final Operation ASSET = Operation.get("/watch/assets/{asset}");

    /** The player feeds the browser from memory, in a worker that it makes itself: both are {@code blob:}. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; "
                    + "worker-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private final Vertx vertx;
    private final Access access;
    private final Map<String, ClassPathFile> assets;

    public WatchRoutes(Vertx vertx, Access access) {
        this.vertx = vertx;
        this.access = access;
        String player = WebJar.directory("org.webjars.npm", "hls.js") + "dist/hls.light.min.js";
        this.assets = Map.of(
                "hls.js", new ClassPathFile(player, SCRIPT),
                "watch.js", new ClassPathFile("watch/watch.js", SCRIPT),
                "watch.css", new ClassPathFile("watch/watch.css", "text/css; charset=utf-8"));
    }

    @Override
    public void addTo(Router router) {
        ClassPathFile page = new ClassPathFile("watch/index.html", "text/html; charset=utf-8");
        PAGE.on(router).handler(access.guard(PAGE)).handler(ctx -> send(ctx, page));
        ASSET.on(router).handler(access.guard(ASSET)).handler(this::sendAsset);
    }

    private void sendAsset(RoutingContext ctx) {
        ClassPathFile asset = assets.get(ctx.pathParam("asset"));
        if (asset == null) {
            ctx.fail(new Refusal(404));
        } else {
            send(ctx, asset);
        }
    }

    private void send(RoutingContext ctx, ClassPathFile file) {
        file.read(vertx)
                .compose(bytes -> OwnPage.begin(ctx, file.mediaType(), CONTENT_SECURITY_POLICY)
                        .end(bytes))
                .onFailure(ctx::fail);
    }
}
