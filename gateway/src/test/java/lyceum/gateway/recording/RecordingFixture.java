package lyceum.gateway.recording;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingService;
import lyceum.stream.ReplaySession;
import lyceum.stream.StreamService.OpenedSession;

/** A gateway, recordings that answer as they are told, and Ada, who asks. */
final class RecordingFixture implements AutoCloseable {

    static final String INSTANCE = "here";
    static final OpenedSession SESSION = new OpenedSession("session", INSTANCE);

    final TestGateway gateway = new TestGateway(Map.of());
    final Scripted<RecordingService> recordings = new Scripted<>(gateway.vertx, RecordingService.class);
    final Scripted<ReplaySession> replaying = new Scripted<>(gateway.vertx, ReplaySession.class, INSTANCE);
    final String token = TestGateway.token(gateway.vertx, "ada");

    static <T> Future<T> failing(Kind kind, String text) {
        return Future.failedFuture(new Failure(kind, text));
    }

    HttpResponse<Buffer> request(HttpMethod method, String path) {
        return gateway.request(method, path)
                .bearerTokenAuthentication(token)
                .send()
                .await();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
