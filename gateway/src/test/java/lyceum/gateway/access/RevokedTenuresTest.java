package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import lyceum.account.AccountService;
import lyceum.account.AccountService.Revocation;
import lyceum.account.Role;
import lyceum.gateway.TestGateway;
import lyceum.gateway.sandbox.SandboxExamples;
import lyceum.gateway.stream.Scripted;
import lyceum.gateway.stream.ScriptedBundle;
import lyceum.gateway.stream.StreamVisitor;
import lyceum.media.MediaWorkService;
import lyceum.media.MediaWorkService.AwaitWork;
import lyceum.media.MediaWorkService.Phase;
import lyceum.media.MediaWorkService.WorkState;
import lyceum.platform.Bus;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.ListLanguages;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.KeepPull;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.ClosePush;
import lyceum.stream.PushSession.PushFrame;
import lyceum.stream.RecordingService;
import lyceum.stream.RecordingService.OpenReplay;
import lyceum.stream.ReplaySession;
import lyceum.stream.ReplaySession.CloseReplay;
import lyceum.stream.ReplaySession.ReadReplay;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.StreamService.Stored;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes on after its request ends with the token that it came with, and nothing else does. */
class RevokedTenuresTest {

    private static final String INSTANCE = UUID.randomUUID().toString();
    private static final OpenedSession SESSION = new OpenedSession("session", INSTANCE);

    private TestGateway gateway;
    private HttpClient client;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of());
        client = gateway.vertx.createHttpClient();
        new Scripted<>(gateway.vertx, StreamService.class)
                .on(OpenPush.class, SESSION)
                .on(OpenPull.class, SESSION);
        new Scripted<>(gateway.vertx, PushSession.class, INSTANCE)
                .on(PushFrame.class, new Stored(List.of(), List.of()))
                .on(ClosePush.class, new Done());
        new Scripted<>(gateway.vertx, PullSession.class, INSTANCE)
                .on(ReadPull.class, never(PullEvent.class))
                .on(KeepPull.class, new Done())
                .on(ClosePull.class, new Done());
        new ScriptedBundle(gateway.vertx, INSTANCE);
        new Scripted<>(gateway.vertx, RecordingService.class).on(OpenReplay.class, SESSION);
        new Scripted<>(gateway.vertx, ReplaySession.class, INSTANCE)
                .on(ReadReplay.class, never(ReplaySession.ReplayEvent.class))
                .on(CloseReplay.class, new Done());
        new Scripted<>(gateway.vertx, SandboxService.class).on(ListLanguages.class, SandboxExamples.LANGUAGES);
        new Scripted<>(gateway.vertx, MediaWorkService.class, INSTANCE).on(AwaitWork.class, this::work);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static <Q, A extends Record> Function<Q, Future<? extends Record>> never(Class<A> answer) {
        return question -> Promise.<A>promise().future();
    }

    /** A job that never goes on. */
    private Future<WorkState> work(AwaitWork question) {
        return question.seenVersion() > 0
                ? Promise.<WorkState>promise().future()
                : Future.succeededFuture(new WorkState("ada", 1, Phase.RUNNING, 0, 0.5, List.of(), "", ""));
    }

    private WebSocket socket(String path, String user) {
        return new StreamVisitor(gateway, path, user).socket;
    }

    private void revoke(String user) {
        new Bus(gateway.vertx, Duration.ofSeconds(5))
                .publish(
                        AccountService.REVOKED,
                        new Revocation(user, Instant.now().getEpochSecond() + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/main/push",
                "/data/main/pull",
                "/recordings/replay?rec_id=one",
                "/sandbox/sessions",
                "/piston/api/v2/connect"
            })
    void socketsEndWithTheirTokens(String path) {
        WebSocket ada = socket(path, "ada");
        WebSocket bob = socket(path, "bob");
        WebSocket left = socket(path, "ada");
        left.close().await();

        revoke("ada");

        Awaitility.await().until(ada::isClosed);
        assertThat(ada.closeStatusCode()).isEqualTo((short) 1008);
        assertThat(ada.closeReason()).isEqualTo("the token has become void");
        assertThat(bob.isClosed()).isFalse();
    }

    @Test
    void eventsOfAMediaJobEndWithTheirTokens() {
        answersEndWithTheirTokens("/media/jobs/" + INSTANCE + '.' + UUID.randomUUID() + "/events");
    }

    @Test
    void movingPicturesEndWithTheirTokens() {
        answersEndWithTheirTokens("/mjpeg/main");
    }

    private void answersEndWithTheirTokens(String path) {
        Answer ada = new Answer(path, "ada");
        Answer administrator = new Answer(path, "eve", Role.ADMIN);

        revoke("ada");

        Awaitility.await().until(ada.isOver::get);
        assertThat(administrator.isOver).isFalse();
    }

    /** An answer that goes on. */
    private final class Answer {

        final AtomicBoolean isOver = new AtomicBoolean();

        Answer(String path, String user, Role... roles) {
            HttpClientResponse response = client.request(HttpMethod.GET, gateway.port(), "127.0.0.1", path)
                    .compose(request -> request.putHeader(
                                    "Authorization", "Bearer " + TestGateway.token(gateway.vertx, user, roles))
                            .send()
                            .onSuccess(answer -> answer.exceptionHandler(cut -> isOver.set(true))))
                    .await();
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }
}
