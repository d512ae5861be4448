package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import lyceum.gateway.TestGateway;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.PullSession;
import lyceum.stream.PushSession;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.OpenedSession;

/** A gateway, streams that answer as they are told, and Ada, who asks. */
public final class StreamFixture implements AutoCloseable {

    static final String INSTANCE = "here";
    public static final OpenedSession SESSION = new OpenedSession("session", INSTANCE);

    public final TestGateway gateway;
    public final Scripted<StreamService> streams;
    final Scripted<PushSession> pushing;
    public final Scripted<PullSession> pulling;
    public final String token;

    /** @param environment what is set in the gateway */
    public StreamFixture(Map<String, String> environment) {
        gateway = new TestGateway(environment);
        streams = new Scripted<>(gateway.vertx, StreamService.class);
        pushing = new Scripted<>(gateway.vertx, PushSession.class, INSTANCE);
        pulling = new Scripted<>(gateway.vertx, PullSession.class, INSTANCE);
        token = TestGateway.token(gateway.vertx, "ada");
    }

    public static <T> Future<T> failing(Kind kind, String text) {
        return Future.failedFuture(new Failure(kind, text));
    }

    public HttpResponse<Buffer> get(String path) {
        return request(HttpMethod.GET, path).send().await();
    }

    HttpResponse<Buffer> put(String path, String body) {
        return request(HttpMethod.PUT, path)
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(body))
                .await();
    }

    public HttpRequest<Buffer> request(HttpMethod method, String path) {
        return gateway.request(method, path).bearerTokenAuthentication(token);
    }

    /** @return the body of a refusal with one finding; {@code '} stands for {@code "} */
    public static String finding(String finding) {
        return "{\"detail\":[" + finding.replace('\'', '"') + "]}";
    }

    @Override
    public void close() {
        gateway.close();
    }
}
