package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * The OpenAPI document, a browser for it that loads nothing from anywhere else, and the AsyncAPI document. Clients of the
 * older stream server look for them at {@code /openapi.json} and {@code /redoc}, too.
 */
final class DocsRoutes implements Routes {

    private static final Operation DOCUMENT = Operation.get("/openapi.yaml");
    private static final Operation JSON = Operation.get("/openapi.json");
    private static final Operation WEB_SOCKETS = Operation.get("/asyncapi.yaml");
    private static final Operation PAGE = Operation.get("/docs");
    private static final Operation OLDER_PAGE = Operation.get("/redoc");
    private static final Operation ASSET = Operation.get("/docs/{asset}");

    /** Swagger UI sets styles in its elements; all else is ours and lies in files. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Vertx vertx;
    private final Access access;
    private final Map<String, File> assets;
    private Future<Buffer> json;

    /** @param path in the class path */
    private record File(String path, String mediaType) {}

    DocsRoutes(Vertx vertx, Access access) {
        this.vertx = vertx;
        this.access = access;
        String swagger = WebJar.directory("org.webjars", "swagger-ui");
        this.assets = Map.of(
                "initializer.js", new File("docs/initializer.js", "text/javascript; charset=utf-8"),
                "swagger-ui-bundle.js", new File(swagger + "swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
                "swagger-ui.css", new File(swagger + "swagger-ui.css", "text/css; charset=utf-8"),
                "favicon-32x32.png", new File(swagger + "favicon-32x32.png", "image/png"));
    }

    @Override
    public void addTo(Router router) {
        File document = new File("openapi.yaml", "application/yaml");
        File webSockets = new File("asyncapi.yaml", "application/yaml");
        File page = new File("docs/index.html", "text/html; charset=utf-8");
        DOCUMENT.on(router).handler(access.guard(DOCUMENT)).handler(ctx -> send(ctx, document));
        JSON.on(router).handler(access.guard(JSON)).handler(this::sendJson);
        WEB_SOCKETS.on(router).handler(access.guard(WEB_SOCKETS)).handler(ctx -> send(ctx, webSockets));
        PAGE.on(router).handler(access.guard(PAGE)).handler(ctx -> send(ctx, page));
        OLDER_PAGE.on(router).handler(access.guard(OLDER_PAGE)).handler(ctx -> send(ctx, page));
        ASSET.on(router).handler(access.guard(ASSET)).handler(this::sendAsset);
    }

    private void sendAsset(RoutingContext ctx) {
        File asset = assets.get(ctx.pathParam("asset"));
        if (asset == null) {
            ctx.fail(new Refusal(404));
        } else {
            send(ctx, asset);
        }
    }

    private void send(RoutingContext ctx, File file) {
        send(ctx, file.mediaType(), vertx.fileSystem().readFile(file.path()));
    }

    /** The document is turned into JSON once, by whoever asks first. */
    private void sendJson(RoutingContext ctx) {
        if (json == null || json.failed()) {
            json = vertx.executeBlocking(DocsRoutes::documentAsJson, false);
        }
        send(ctx, "application/json", json);
    }

    private static Buffer documentAsJson() throws IOException {
        try (InputStream document = DocsRoutes.class.getResourceAsStream("/openapi.yaml")) {
            Map<String, Object> members = new Yaml().load(document);
            return new JsonObject(members).toBuffer();
        }
    }

    private static void send(RoutingContext ctx, String mediaType, Future<Buffer> content) {
        content.compose(bytes ->
                        OwnPage.begin(ctx, mediaType, CONTENT_SECURITY_POLICY).end(bytes))
                .onFailure(ctx::fail);
    }
}
