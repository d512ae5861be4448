package lyceum.gateway.route;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Answers that a browser keeps as files, and never shows as pages of ours. */
public final class Download {

    private Download() {}

    /** @return the answer, named as RFC 6266 has it: old clients get the ASCII part of the name */
    public static HttpServerResponse named(RoutingContext ctx, String fileName) {
        String ascii = fileName.replaceAll("[^ -~]", "_").replaceAll("[\"\\\\]", "_");
        String full = URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20");
        return ctx.response()
                .putHeader("Content-Disposition", "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + full)
                .putHeader("X-Content-Type-Options", "nosniff");
    }
}
