package lyceum.launcher.grading;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** The network service that students of {@code echoapi} write: {@code GET /echo/<word>}. */
final class EchoServer {

    private final HttpServer server;

    /** @param isLoud whether letters come back in capitals */
    EchoServer(Vertx vertx, boolean isLoud) {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    String word = request.path().substring("/echo/".length());
                    String echo = isLoud ? word.toUpperCase(Locale.ROOT) : word;
                    request.response().end(new JsonObject().put("echo", echo).encode());
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/";
    }
}
