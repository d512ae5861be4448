package lyceum.gateway.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Bus;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Compilation;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.Outcome.Usage;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Cancellation;
import lyceum.sandbox.SandboxService.OpenSession;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import org.awaitility.Awaitility;

/** A gateway, a sandbox that answers as it is told, and Ada, who asks. */
final class SandboxFixture implements AutoCloseable {

    static final Outcome ACCEPTED = new Outcome(
            Verdict.ACCEPTED,
            0,
            0,
            new Output(Buffer.buffer("é\0\n"), 4, false),
            new Output(Buffer.buffer(new byte[] {(byte) 0xFF}), 9, true),
            new Usage(7, 5, 4096),
            null,
            List.of(
                    new SourceFile("a.txt", Buffer.buffer("text")),
                    new SourceFile("a.bin", Buffer.buffer(new byte[] {(byte) 0xC3}))),
            2);

    static final Outcome NOT_COMPILED = new Outcome(
            Verdict.COMPILE_ERROR,
            1,
            0,
            Output.NONE,
            Output.NONE,
            Usage.NONE,
            new Compilation(
                    Verdict.RUNTIME_ERROR, 1, 0, new Output(Buffer.buffer("no ;"), 4, false), new Usage(30, 20, 8192)),
            List.of(),
            0);

    final TestGateway gateway;
    final Scripted<SandboxService> sandbox;
    final List<Cancellation> cancelled = new CopyOnWriteArrayList<>();
    final String token;

    /** @param environment what is set in the gateway */
    SandboxFixture(Map<String, String> environment) {
        gateway = new TestGateway(environment);
        sandbox = new Scripted<>(gateway.vertx, SandboxService.class);
        token = TestGateway.token(gateway.vertx, "ada");
        new Bus(gateway.vertx, Duration.ofSeconds(5))
                .listen(SandboxService.CANCEL, cancelled::add)
                .await();
    }

    HttpResponse<Buffer> get(String path) {
        return request(HttpMethod.GET, path).send().await();
    }

    HttpResponse<Buffer> post(String path, JsonObject body) {
        return post(path, body.toBuffer());
    }

    HttpResponse<Buffer> post(String path, Buffer body) {
        return request(HttpMethod.POST, path)
                .putHeader("Content-Type", "application/json")
                .sendBuffer(body)
                .await();
    }

    HttpRequest<Buffer> request(HttpMethod method, String path) {
        return gateway.request(method, path).bearerTokenAuthentication(token);
    }

    /** @return the first session that was opened, as soon as it is */
    OpenSession opened() {
        Awaitility.await().until(() -> !sandbox.asked(OpenSession.class).isEmpty());
        return sandbox.asked(OpenSession.class).get(0);
    }

    /** Waits until the run of the first session has been cancelled, it and nothing else. */
    void awaitCancelledSession() {
        Awaitility.await()
                .until(() ->
                        cancelled.equals(List.of(new Cancellation(opened().run().id()))));
    }

    /** @return the whole answer to a refused request */
    static JsonObject problem(int status, String title, String detail) {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
