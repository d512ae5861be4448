package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.PushSession.EntryHead;
import lyceum.stream.PushSession.PushFrame;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Append;
import lyceum.stream.StreamService.ListStreams;
import lyceum.stream.StreamService.NewEntry;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.StreamService.Ping;
import lyceum.stream.StreamService.Read;
import lyceum.stream.StreamService.ReadEntries;
import lyceum.stream.StreamService.Stored;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis that is away, or that does not answer. */
class OutageTest {

    private static final Duration REDIS_LIMIT = Duration.ofMillis(500);

    private final RedisProxy proxy = new RedisProxy();
    private TestStream stream;

    @BeforeEach
    void start() {
        stream = TestStream.behind(proxy, REDIS_LIMIT);
        stream.append("s", "before");
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void failsClearlyWhileRedisIsAwayAndRecovers() {
        proxy.down();

        assertEverythingFails();

        proxy.up();
        awaitRecovery();
        assertThat(read()).contains("before");
    }

    @Test
    void failsClearlyWhileRedisIsSilentAndRecovers() {
        proxy.silent(true);

        assertEverythingFails();

        proxy.silent(false);
        awaitRecovery();
        assertThat(read()).contains("before");
    }

    @Test
    void tellsTheReadinessCheck() {
        proxy.down();
        assertFails(stream.readiness.ask().get("redis"));

        proxy.up();
        await().until(() ->
                stream.readiness.ask().get("redis").map(true).otherwise(false).await());
    }

    @Test
    void goesOnWithAReaderBehindItsLastEntry() {
        OpenedSession session =
                stream.openPull(new OpenPull(List.of("s"), List.of("0"), false, 1, null, null, 0, null, null));
        assertThat(stream.nextEntries(session)).singleElement().asString().endsWith("before");
        Future<PullEvent> waiting = stream.pull(session).readPull(new ReadPull(session.id()));

        proxy.down();
        proxy.up();
        awaitRecovery();

        PullEvent event = waiting.await();
        assertThat(event.kind()).isEqualTo(PullSession.Kind.DELIVERED);
        assertThat(stream.entries(event.delivery(), session))
                .singleElement()
                .asString()
                .endsWith("recovered");
    }

    @Test
    void breaksASessionWhoseEntriesMayBeLost() {
        OpenedSession session = stream.service.openPush(new OpenPush(false)).await();
        proxy.down();
        assertFails(push(session, 0));

        proxy.up();
        awaitRecovery();

        assertFails(push(session, 1));
        OpenedSession next = stream.service.openPush(new OpenPush(false)).await();
        assertThat(push(next, 0).await().ids()).hasSize(1);
    }

    @Test
    void refusesMoreThanItMayHoldForARedisThatIsSlow() {
        Buffer payload = Buffer.buffer(new byte[StreamService.PIECE_BYTES]);
        Append order = new Append(List.of(new NewEntry("s", null, payload)), false);
        int most = (int) (TestStream.LIMITS.heldBytes() / StreamService.PIECE_BYTES);
        proxy.silent(true);

        List<Future<Stored>> answers = IntStream.rangeClosed(0, most)
                .mapToObj(i -> stream.service.append(order))
                .toList();

        assertFails(Kind.BUSY, answers.get(most));
        proxy.silent(false);
        Future.join(answers).otherwiseEmpty().await();
        awaitRecovery();
        assertThat(stream.append("s", "x").ids()).hasSize(1);
    }

    @Test
    void startsWithoutRedisAndServesOnceItIsThere() {
        proxy.down();
        stream.undeploy();
        stream.deployBehind(proxy, REDIS_LIMIT);
        assertEverythingFails();

        proxy.up();
        awaitRecovery();
        assertThat(read()).contains("before");
    }

    @Test
    void stopsWithoutRedis() {
        OpenedSession session =
                stream.openPull(new OpenPull(List.of("s"), List.of("$"), null, 1, null, null, 0, null, null));
        Future<PullEvent> waiting = stream.pull(session).readPull(new ReadPull(session.id()));
        proxy.silent(true);
        Future<Stored> lost = append("lost");

        stream.undeploy();

        assertThat(waiting.await().kind()).isEqualTo(PullSession.Kind.STOPPED);
        assertFails(lost);
    }

    @Test
    void holdsNoConnectionsBesideItsOwn() {
        for (int i = 0; i < 50; i++) {
            stream.openPull(new OpenPull(List.of("s" + i, "s"), List.of("$"), null, 1, null, null, 0, null, null));
            stream.append("s" + i, "x");
        }

        // Two for questions, one to append, one to tail.
        assertThat(proxy.connections()).isEqualTo(4);
    }

    private void assertEverythingFails() {
        assertFails(append("lost"));
        assertFails(stream.service.listStreams(new ListStreams("")));
        assertFails(stream.service.readEntries(new ReadEntries(List.of("s"), List.of("*"), 1, null, null)));
        assertFails(
                stream.service.openPull(new OpenPull(List.of("t"), List.of("0"), null, 1, null, null, 0, null, null)));
        assertFails(stream.service.ping(new Ping()));
    }

    private void awaitRecovery() {
        await().until(() -> append("recovered").map(true).otherwise(false).await());
        await().until(() ->
                stream.service.ping(new Ping()).map(true).otherwise(false).await());
    }

    private Future<Stored> append(String payload) {
        return stream.service.append(new Append(List.of(new NewEntry("s", null, Buffer.buffer(payload))), false));
    }

    private Future<Stored> push(OpenedSession session, long number) {
        return stream.push(session)
                .pushFrame(new PushFrame(
                        session.id(), number, List.of(new EntryHead("p", null, 1)), Buffer.buffer("x"), false));
    }

    private String read() {
        Read read = stream.service
                .readEntries(new ReadEntries(List.of("s"), List.of("0"), 10, null, null))
                .await();
        return String.join(" ", stream.entries(read.first(), read.rest()));
    }

    private static void assertFails(Future<?> answer) {
        assertFails(Kind.UNAVAILABLE, answer);
    }

    private static void assertFails(Kind kind, Future<?> answer) {
        assertThatThrownBy(answer::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
