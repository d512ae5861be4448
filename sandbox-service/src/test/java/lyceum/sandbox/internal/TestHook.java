package lyceum.sandbox.internal;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A server that gets webhooks, remembers them, and answers each as it is told. */
final class TestHook {

    /** What came. */
    record Call(String method, String uri, MultiMap headers, Buffer body) {}

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** Answers with the next of these statuses, and with the last one from then on. */
    TestHook(Vertx vertx, int... statuses) {
        this(vertx, new HttpServerOptions(), request -> {});
        server.requestHandler(request -> remember(request, () -> {
            int status = statuses[Math.min(calls.size(), statuses.length) - 1];
            request.response()
                    .setStatusCode(status)
                    .putHeader("location", "http://127.0.0.1:" + port() + "/redirected")
                    .end();
        }));
        listen();
    }

    /** @param answer may be none */
    TestHook(Vertx vertx, HttpServerOptions options, Consumer<HttpServerRequest> answer) {
        server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> remember(request, () -> answer.accept(request)));
    }

    TestHook listen() {
        server.listen().await();
        return this;
    }

    int port() {
        return server.actualPort();
    }

    List<Call> calls() {
        return calls;
    }

    private void remember(HttpServerRequest request, Runnable answer) {
        request.body().onSuccess(body -> {
            calls.add(new Call(request.method().name(), request.uri(), request.headers(), body));
            answer.run();
        });
    }
}
