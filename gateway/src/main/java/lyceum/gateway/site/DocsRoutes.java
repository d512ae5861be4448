package lyceum.gateway.site;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.AnyOriginCors;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;

/**
 * The OpenAPI document and the AsyncAPI document, each with a browser that loads nothing from anywhere else. Clients of the
 * older stream server look for them at {@code /openapi.json} and {@code /redoc}, too.
 *
 * <p>Why the page for AsyncAPI is our own: it also talks over the sockets, which the renderers that there are (asyncapi-react)
 * leave to others.
 */
public final class DocsRoutes implements Routes {

    private static final Operation DOCUMENT = Operation.get("/openapi.yaml");
    private static final Operation JSON = Operation.get("/openapi.json");
    private static final Operation WEB_SOCKETS = Operation.get("/asyncapi.yaml");
    private static final Operation WEB_SOCKETS_JSON = Operation.get("/asyncapi.json");
    private static final Operation PAGE = Operation.get("/docs");
    private static final Operation OLDER_PAGE = Operation.get("/redoc");
    private static final Operation ASSET = Operation.get("/docs/{asset}");

    /** What the stream server has, and what is beside it: for pages of any origin (stream contract, section 2.3). */
    private static final String DOCUMENTS =
            "/(?:openapi\\.json|openapi\\.yaml|asyncapi\\.json|asyncapi\\.yaml|docs|redoc)/?";

    /** Swagger UI sets styles in its elements; all else is ours and lies in files. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Vertx vertx;
    private final Access access;
    private final Map<String, ClassPathFile> assets;
    private final JsonForm requests;
    private final JsonForm sockets;

    public DocsRoutes(Vertx vertx, Access access) {
        this.vertx = vertx;
        this.access = access;
        String swagger = WebJar.directory("org.webjars", "swagger-ui");
        this.requests = new JsonForm(vertx, "/openapi.yaml");
        this.sockets = new JsonForm(vertx, "/asyncapi.yaml");
        this.assets = Map.of(
                "initializer.js", new ClassPathFile("docs/initializer.js", "text/javascript; charset=utf-8"),
                "asyncapi.html", new ClassPathFile("docs/asyncapi.html", "text/html; charset=utf-8"),
                "asyncapi.css", new ClassPathFile("docs/asyncapi.css", "text/css; charset=utf-8"),
                "asyncapi.js", new ClassPathFile("docs/asyncapi.js", "text/javascript; charset=utf-8"),
                "asyncapi-talk.js", new ClassPathFile("docs/asyncapi-talk.js", "text/javascript; charset=utf-8"),
                "swagger-ui-bundle.js",
                        new ClassPathFile(swagger + "swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
                "swagger-ui.css", new ClassPathFile(swagger + "swagger-ui.css", "text/css; charset=utf-8"),
                "favicon-32x32.png", new ClassPathFile(swagger + "favicon-32x32.png", "image/png"));
    }

    @Override
    public void addTo(Router router) {
        ClassPathFile document = new ClassPathFile("openapi.yaml", "application/yaml");
        ClassPathFile webSockets = new ClassPathFile("asyncapi.yaml", "application/yaml");
        ClassPathFile page = new ClassPathFile("docs/index.html", "text/html; charset=utf-8");
        router.routeWithRegex(DOCUMENTS).handler(new AnyOriginCors());
        DOCUMENT.on(router).handler(access.guard(DOCUMENT)).handler(ctx -> send(ctx, document));
        JSON.onEither(router)
                .handler(access.guard(JSON))
                .handler(ctx -> send(ctx, "application/json", requests.content()));
        WEB_SOCKETS.on(router).handler(access.guard(WEB_SOCKETS)).handler(ctx -> send(ctx, webSockets));
        WEB_SOCKETS_JSON
                .on(router)
                .handler(access.guard(WEB_SOCKETS_JSON))
                .handler(ctx -> send(ctx, "application/json", sockets.content()));
        PAGE.onEither(router).handler(access.guard(PAGE)).handler(ctx -> sendPage(ctx, page));
        OLDER_PAGE.onEither(router).handler(access.guard(OLDER_PAGE)).handler(ctx -> sendPage(ctx, page));
        ASSET.on(router).handler(access.guard(ASSET)).handler(this::sendAsset);
    }

    /** Its addresses are relative, so that it works below any prefix, and a slash behind its own puts them a step lower. */
    private void sendPage(RoutingContext ctx, ClassPathFile page) {
        Future<Buffer> content = page.read(vertx);
        boolean isLower = ctx.request().path().endsWith("/");
        send(ctx, page.mediaType(), isLower ? content.map(DocsRoutes::lower) : content);
    }

    private static Buffer lower(Buffer page) {
        return Buffer.buffer(page.toString().replace("\"docs/", "\"../docs/"));
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
        send(ctx, file.mediaType(), file.read(vertx));
    }

    private static void send(RoutingContext ctx, String mediaType, Future<Buffer> content) {
        content.compose(bytes ->
                        OwnPage.begin(ctx, mediaType, CONTENT_SECURITY_POLICY).end(bytes))
                .onFailure(ctx::fail);
    }
}
