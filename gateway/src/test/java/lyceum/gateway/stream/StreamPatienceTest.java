package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import lyceum.gateway.GatewayRouter;
import lyceum.gateway.TestGateway;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Admission;
import lyceum.gateway.access.JwtSecret;
import lyceum.gateway.access.Tenures;
import lyceum.gateway.access.Tokens;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.StreamSocketsConfig.Pace;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.KeepPull;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.ClosePush;
import lyceum.stream.PushSession.PushFrame;
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

/** How long clients of streams may take, and how much they may hold, with a gateway that has little patience and room. */
class StreamPatienceTest {

    private static final Stored STORED = new Stored(List.of("1-0"), List.of());
    private static final int MESSAGE_BYTES = 1 << 20;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private Scripted<PushSession> push;
    private Scripted<PullSession> pull;
    private ScriptedPull session;
    private HeldBytes held;

    @BeforeEach
    void start() {
        new Scripted<>(vertx, StreamService.class)
                .on(OpenPush.class, new OpenedSession("7", StreamSocketsFixture.INSTANCE))
                .on(OpenPull.class, new OpenedSession("8", StreamSocketsFixture.INSTANCE));
        push = new Scripted<>(vertx, PushSession.class, StreamSocketsFixture.INSTANCE)
                .on(PushFrame.class, STORED)
                .on(ClosePush.class, new Done());
        pull = new Scripted<>(vertx, PullSession.class, StreamSocketsFixture.INSTANCE)
                .on(KeepPull.class, new Done())
                .on(ClosePull.class, new Done());
        new ScriptedBundle(vertx, StreamSocketsFixture.INSTANCE);
        session = new ScriptedPull(pull);
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private int listen(long heldBytes, Duration ping, Duration keep, Duration message) {
        held = new HeldBytes(heldBytes);
        StreamSocketsConfig config =
                new StreamSocketsConfig(10, MESSAGE_BYTES, heldBytes, LONG, new Pace(ping, keep, message));
        StreamSockets sockets =
                new StreamSockets(vertx, config, held, new StreamSocketMeters(new SimpleMeterRegistry(), held));
        StreamAccess streams = StreamAccess.over(new Bus(vertx, Duration.ofSeconds(5)));
        Tokens tokens = new Tokens(vertx, JwtSecret.of(TestGateway.SECRET, "test"), Clock.systemUTC());
        Access access =
                new Access(tokens, Admission.OPEN, Admission.OPEN, Admission.OPEN, TestGateway.TRAIL, new Tenures());
        Routes routes = new StreamRoutes(
                Set.of(StreamPushRoutes.PUSH, StreamPullRoutes.PULL),
                List.of(
                        new StreamPushRoutes(streams, access, sockets),
                        new StreamPullRoutes(streams, access, sockets)));
        return vertx.createHttpServer()
                .requestHandler(GatewayRouter.of(vertx, List.of(routes)))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private int listen(Duration ping, Duration keep) {
        return listen(64 << 20, ping, keep, LONG);
    }

    private StreamVisitor visit(int port, String path) {
        return new StreamVisitor(vertx, port, path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "pull"})
    void closesASocketWhoseClientDoesNotAnswer(String kind) {
        int port = listen(Duration.ofMillis(100), LONG);
        try (Conversation client = new Conversation(vertx, port)) {
            client.say("GET /data/p/%s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            .formatted(kind)
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Authorization: Bearer " + TestGateway.token(vertx, "ada") + "\r\n\r\n");

            client.hear("HTTP/1.1 101 Switching Protocols");
            client.hear("a ping was not answered");
        }
        Awaitility.await()
                .until(() -> push.asked(ClosePush.class).size()
                                + pull.asked(ClosePull.class).size()
                        == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "pull"})
    void keepsASocketWhoseClientIsThere(String kind) {
        try (StreamVisitor visitor = visit(listen(Duration.ofMillis(300), LONG), "/data/p/" + kind)) {
            Awaitility.await().during(Duration.ofSeconds(1)).until(() -> !visitor.socket.isClosed());
        }
    }

    @Test
    void doesNotAskForASignOfLifeOfAClientThatIsStopped() {
        Promise<Stored> stored = Promise.promise();
        push.on(PushFrame.class, frame -> stored.future());
        try (StreamVisitor visitor = visit(listen(Duration.ofMillis(10), LONG), "/data/p/push?ack=1")) {
            for (int i = 0; i < 100; i++) {
                visitor.say(Buffer.buffer(new byte[60_000]));
            }
            Awaitility.await().during(Duration.ofMillis(500)).until(() -> !visitor.socket.isClosed());
            push.on(PushFrame.class, STORED);
            stored.complete(STORED);

            assertThat(visitor.heard(100)).hasSize(100);
        }
    }

    @Test
    void closesAPullWhoseClientDoesNotRead() {
        Buffer large = Buffer.buffer(new byte[256 * 1024]);
        try (StreamVisitor visitor = visit(listen(Duration.ofMillis(300), LONG), "/data/p/pull")) {
            visitor.socket.pause();
            for (int i = 0; i < 200; i++) {
                session.delivers(
                        List.of(new lyceum.stream.Delivery.Item("p", "1-" + i, large.length())), List.of(large), false);
            }

            Awaitility.await().until(() -> pull.asked(ClosePull.class).size() == 1);
            assertThat(session.reads()).isLessThan(200);
        }
    }

    @Test
    void closesAPullWhoseClientTakesTooLongForADelivery() {
        Buffer large = Buffer.buffer(new byte[256 * 1024]);
        int port = listen(64 << 20, LONG, Duration.ofMillis(50), Duration.ofMillis(500));
        try (StreamVisitor visitor = visit(port, "/data/p/pull")) {
            visitor.socket.pause();
            session.delivers(
                    List.of(new lyceum.stream.Delivery.Item("p", "1-0", 200 * large.length())), List.of(large), true);
            for (int i = 1; i < 200; i++) {
                session.delivers(List.of(), List.of(large), i < 199);
            }

            Awaitility.await().until(() -> pull.asked(ClosePull.class).size() == 1);
            assertThat(session.reads()).isLessThan(200);
        }
    }

    @Test
    void keepsTheSessionOfAClientThatDoesNotPush() {
        try (StreamVisitor visitor = visit(listen(LONG, Duration.ofMillis(50)), "/data/p/push")) {
            Awaitility.await().until(() -> push.asked(PushFrame.class).size() > 2);
            assertThat(push.asked(PushFrame.class).get(1))
                    .isEqualTo(new PushFrame("7", 1, List.of(), Buffer.buffer(), true));
            assertThat(visitor.socket.isClosed()).isFalse();
        }
    }

    @Test
    void keepsTheSessionInTheMiddleOfAMessage() {
        try (StreamVisitor visitor = visit(listen(LONG, Duration.ofMillis(50)), "/data/p/push?ack=1")) {
            visitor.socket.writeFrame(WebSocketFrame.binaryFrame(Buffer.buffer(new byte[70_000]), false));
            Awaitility.await().until(() -> push.asked(PushFrame.class).size() > 2);
            visitor.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("end"), true));

            assertThat(visitor.heard(1)).containsExactly("1-0");
            List<PushFrame> frames = push.asked(PushFrame.class);
            assertThat(frames).extracting(PushFrame::number).isSorted().doesNotHaveDuplicates();
            assertThat(frames.stream().filter(frame -> frame.bytes().length() > 0))
                    .extracting(frame -> frame.entries().size())
                    .startsWith(1, 0);
        }
    }

    @Test
    void noticesThatASessionIsLostThoughNothingIsPushed() {
        push.on(PushFrame.class, frame -> Future.failedFuture(new Failure(Kind.NOT_FOUND, "no such session")));
        try (StreamVisitor visitor = visit(listen(LONG, Duration.ofMillis(50)), "/data/p/push")) {
            assertThat(visitor.closing()).isEqualTo("1012 no such session");
        }
    }

    @Test
    void keepsTheSessionOfAClientThatDoesNotAcknowledge() {
        session.delivers("p", "one");
        try (StreamVisitor visitor = visit(listen(LONG, Duration.ofMillis(50)), "/data/p/pull?ack=1")) {
            Awaitility.await().until(() -> pull.asked(KeepPull.class).size() > 2);
            assertThat(visitor.heard(2)).hasSize(2);
            assertThat(session.reads()).isEqualTo(1);

            pull.on(KeepPull.class, order -> Future.failedFuture(new Failure(Kind.NOT_FOUND, "no such session")));
            assertThat(visitor.closing()).isEqualTo("1012 the session is lost, please go on behind the last id");
        }
    }

    @Test
    void doesNotKeepASessionThatIsAsked() {
        try (StreamVisitor visitor = visit(listen(LONG, Duration.ofMillis(20)), "/data/p/pull")) {
            Awaitility.await().until(() -> session.reads() == 1);
            Awaitility.await().during(Duration.ofMillis(200)).until(() -> !visitor.socket.isClosed());
            assertThat(pull.asked(KeepPull.class)).isEmpty();
        }
    }

    @Test
    void doesNotWaitForeverForTheRestOfAMessage() {
        int port = listen(64 << 20, LONG, Duration.ofMillis(50), Duration.ofMillis(200));
        try (StreamVisitor visitor = visit(port, "/data/p/push")) {
            visitor.socket.writeFrame(WebSocketFrame.binaryFrame(Buffer.buffer(new byte[100_000]), false));

            assertThat(visitor.closing()).isEqualTo("1008 the message took too long");
            Awaitility.await().until(() -> held.taken() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000})
    void doesNotWaitForeverForAMessageOfWhichLittleComes(int bytes) {
        int port = listen(64 << 20, LONG, Duration.ofMillis(50), Duration.ofMillis(300));
        try (StreamVisitor visitor = visit(port, "/data/p/push")) {
            visitor.socket.writeFrame(WebSocketFrame.binaryFrame(Buffer.buffer(new byte[bytes]), false));

            assertThat(visitor.closingSoon()).isEqualTo("1008 the message took too long");
            Awaitility.await().until(() -> held.taken() == 0);
        }
    }

    @Test
    void doesNotWaitForeverForTheBytesOfABatch() {
        int port = listen(64 << 20, LONG, Duration.ofMillis(50), Duration.ofMillis(300));
        try (StreamVisitor visitor = visit(port, "/data/p/push?batch=1")) {
            visitor.say("[3,6]");

            assertThat(visitor.closingSoon()).isEqualTo("1008 the message took too long");
        }
    }

    @Test
    void waitsForTheNextMessageForAsLongAsItTakes() {
        int port = listen(64 << 20, LONG, Duration.ofMillis(20), Duration.ofMillis(200));
        try (StreamVisitor single = visit(port, "/data/p/push?ack=1");
                StreamVisitor batch = visit(port, "/data/p/push?batch=1&ack=1")) {
            single.say(Buffer.buffer("one"));
            batch.say("[3]");
            batch.say(Buffer.buffer("one"));
            single.heard(1);
            batch.heard(1);

            Awaitility.await().during(Duration.ofSeconds(1)).until(() -> !single.socket.isClosed());
            assertThat(batch.socket.isClosed()).isFalse();
        }
    }

    @Test
    void holdsHeadersUntilTheBytesOfTheirBatchesAreThere() {
        String header = "[" + "1, ".repeat(4000) + "1]";
        int port = listen(1 << 20, LONG, LONG, LONG);
        List<StreamVisitor> visitors = new ArrayList<>();
        try {
            for (int i = 0; i < 9; i++) {
                visitors.add(visit(port, "/data/p/push?batch=1&ack=1"));
                visitors.get(i).say(header).await();
            }

            Awaitility.await().until(() -> visitors.stream().anyMatch(visitor -> visitor.socket.isClosed()));
            assertThat(visitors.stream().filter(visitor -> visitor.socket.isClosed()))
                    .allSatisfy(visitor -> assertThat(visitor.closing())
                            .isEqualTo("1013 too many batches are begun, please try again"));
            Awaitility.await().until(() -> held.taken() == 0);
            // What is due to those that were sent away is there for others, and whole messages find room.
            StreamVisitor open = visitors.stream()
                    .filter(visitor -> !visitor.socket.isClosed())
                    .findFirst()
                    .orElseThrow();
            open.say(Buffer.buffer("x"));
            assertThat(open.heard(1)).containsExactly("1-0");
            open.say(header);
            open.say(Buffer.buffer("x"));
            assertThat(open.heard(2)).hasSize(2);
        } finally {
            visitors.forEach(StreamVisitor::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/p/push", "/data/p/push?batch=1", "/data/p/pull?ack=1"})
    void closesAtOnceWhereAMessageIsTooLong(String path) {
        try (StreamVisitor visitor = visit(listen(LONG, LONG), path)) {
            visitor.say(Buffer.buffer(new byte[MESSAGE_BYTES + 1]));

            assertThat(visitor.closing()).isEqualTo("1009 the message has more than 1048576 bytes");
            assertThat(held.taken()).isZero();
        }
    }

    @Test
    void takesTheLongestMessage() {
        push.on(
                PushFrame.class,
                frame -> Future.succeededFuture(frame.more() ? new Stored(List.of(), List.of()) : STORED));
        try (StreamVisitor visitor = visit(listen(LONG, LONG), "/data/p/push?ack=1")) {
            visitor.say(Buffer.buffer(new byte[MESSAGE_BYTES]));

            assertThat(visitor.heard(1)).containsExactly("1-0");
            assertThat(pushedBytes()).isEqualTo(MESSAGE_BYTES);
        }
    }

    private int pushedBytes() {
        return push.asked(PushFrame.class).stream()
                .mapToInt(frame -> frame.bytes().length())
                .sum();
    }

    @Test
    void holdsOnlySoManyBytesOfAllClients() {
        Queue<Promise<Stored>> storing = new ConcurrentLinkedQueue<>();
        push.on(PushFrame.class, frame -> {
            Promise<Stored> stored = Promise.promise();
            storing.add(stored);
            return stored.future();
        });
        int port = listen(200_000, LONG, LONG, LONG);
        try (StreamVisitor first = visit(port, "/data/p/push");
                StreamVisitor second = visit(port, "/data/p/push?ack=1")) {
            for (int i = 0; i < 10; i++) {
                first.say(Buffer.buffer(new byte[60_000]));
            }
            Awaitility.await().until(() -> held.taken() >= 200_000);
            second.say(Buffer.buffer("x"));
            Awaitility.await()
                    .during(Duration.ofMillis(200))
                    .until(() -> storing.size() <= 4 && held.taken() <= 200_000 + 64 * 1024);

            push.on(PushFrame.class, STORED);
            storing.forEach(stored -> stored.complete(STORED));

            assertThat(second.heard(1)).containsExactly("1-0");
            Awaitility.await().until(() -> pushedBytes() == 600_001);
            Awaitility.await().until(() -> held.taken() == 0);
        }
    }

    @Test
    void doesNotKeepOthersWaitingForAClientThatLeavesInTheMiddleOfAMessage() {
        int port = listen(60_000, LONG, LONG, LONG);
        try (StreamVisitor second = visit(port, "/data/p/push?ack=1")) {
            try (StreamVisitor first = visit(port, "/data/p/push")) {
                first.socket.writeFrame(WebSocketFrame.binaryFrame(Buffer.buffer(new byte[60_000]), false));
                Awaitility.await().until(() -> held.taken() >= 60_000);
                second.say(Buffer.buffer("x"));
                Awaitility.await()
                        .during(Duration.ofMillis(200))
                        .until(() -> second.heard().isEmpty());
            }

            assertThat(second.heard(1)).containsExactly("1-0");
        }
    }
}
