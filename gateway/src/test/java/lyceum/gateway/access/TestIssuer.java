package lyceum.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Another issuer of tokens, whose keys are published when it is told, and until then asked for in vain. */
final class TestIssuer implements AutoCloseable {

    static final String NAME = "https://issuer.example/";

    final SigningKey key = SigningKey.ec("k", "ES256");
    private final Vertx vertx = Vertx.vertx();
    private final Promise<Void> published = Promise.promise();
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server = vertx.createHttpServer()
            .requestHandler(request -> {
                asked.incrementAndGet();
                published
                        .future()
                        .onSuccess(done -> request.response().end(set()))
                        .onFailure(
                                error -> request.response().setStatusCode(500).end());
            })
            .listen(0, "127.0.0.1")
            .await();

    private String set() {
        return new JsonObject().put("keys", JsonArray.of(key.jwk())).encode();
    }

    /** @return the settings of a gateway that accepts its tokens */
    Map<String, String> settings() {
        return Map.of(
                "LYCEUM_JWT_ISSUER",
                NAME,
                "LYCEUM_JWT_AUDIENCE",
                "lyceum",
                "LYCEUM_JWKS_URL",
                "http://127.0.0.1:%d/keys".formatted(server.actualPort()));
    }

    void publish() {
        published.complete();
    }

    void breakDown() {
        published.fail("broken");
    }

    /** @return how often it was asked for its keys */
    int asked() {
        return asked.get();
    }

    String token(String subject, String... roles) {
        return sign(key, subject, roles);
    }

    /** @return a token that says that the issuer has signed it */
    String sign(SigningKey with, String subject, String... roles) {
        return with.sign(
                vertx,
                new JsonObject()
                        .put("iss", NAME)
                        .put("aud", "lyceum")
                        .put("sub", subject)
                        .put("exp", Instant.now().getEpochSecond() + 600)
                        .put("roles", JsonArray.of((Object[]) roles)));
    }

    /** Stops listening. */
    Future<Void> leave() {
        return server.close();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
