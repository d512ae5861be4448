package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.stream.Delivery;
import lyceum.stream.Delivery.Item;
import lyceum.stream.PullBundle.News;
import lyceum.stream.PullBundle.Told;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.KeepPull;
import lyceum.stream.PullSession.Kind;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenedSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pulls over a WebSocket from a session that does as it is told. */
class StreamPullRoutesTest {

    private static final int KIB = 1024;
    private static final int WATCHERS = 40;

    private StreamSocketsFixture fixture;
    private ScriptedPull session;

    @BeforeEach
    void start() {
        fixture = new StreamSocketsFixture("LYCEUM_STREAM_OUTAGE_LIMIT", "500ms");
        session = new ScriptedPull(fixture.pull);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static OpenPull order(
            List<String> streams,
            List<String> positions,
            Boolean latest,
            int count,
            String timeKeeper,
            Long idleMillis,
            long intervalMillis) {
        return new OpenPull(streams, positions, latest, count, timeKeeper, idleMillis, intervalMillis, null, null);
    }

    static Stream<Arguments> queries() {
        List<String> s = List.of("s");
        List<String> now = List.of("$");
        return Stream.of(
                Arguments.of("/data/s/pull", order(s, now, null, 1, null, null, 0)),
                Arguments.of("/api/data/s/pull?batch=True&x=y", order(s, now, null, 1, null, null, 0)),
                Arguments.of("/data/s+t/pull", order(List.of("s", "t"), now, null, 1, null, null, 0)),
                Arguments.of("/data/s%2Bt/pull", order(List.of("s", "t"), now, null, 1, null, null, 0)),
                Arguments.of("/data/*/pull", order(List.of("*"), now, null, 1, null, null, 0)),
                Arguments.of("/data/s/pull?last_entry_id=", order(s, now, null, 1, null, null, 0)),
                Arguments.of("/data/s/pull?last_entry_id=0", order(s, List.of("0"), null, 1, null, null, 0)),
                Arguments.of("/data/s/pull?last_entry_id=%24", order(s, now, null, 1, null, null, 0)),
                Arguments.of(
                        "/data/s+t/pull?last_entry_id=1-0+-",
                        order(List.of("s", "t"), List.of("1-0", "-"), null, 1, null, null, 0)),
                Arguments.of(
                        "/data/s+t/pull?last_entry_id=1-0%2B-",
                        order(List.of("s", "t"), List.of("1-0", "-"), null, 1, null, null, 0)),
                Arguments.of("/data/s/pull?latest=True", order(s, now, true, 1, null, null, 0)),
                Arguments.of("/data/s/pull?latest=off", order(s, now, false, 1, null, null, 0)),
                Arguments.of("/data/s/pull?count=25", order(s, now, null, 25, null, null, 0)),
                Arguments.of("/data/s/pull?time_sync_id=0", order(s, now, null, 1, "0", null, 0)),
                Arguments.of("/data/s/pull?time_sync_id=s", order(s, now, null, 1, "s", null, 0)),
                Arguments.of("/data/s/pull?timeout=300", order(s, now, null, 1, null, 300L, 0)),
                Arguments.of("/data/s/pull?timeout=0", order(s, now, null, 1, null, 0L, 0)),
                Arguments.of("/data/s/pull?rate_limit=0.25", order(s, now, null, 1, null, null, 250)),
                Arguments.of(
                        "/data/s/pull?input=json&output=JPG",
                        new OpenPull(s, now, null, 1, null, null, 0, "json", "JPG")));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void opensTheSessionThatTheQueryAsksFor(String path, OpenPull order) {
        try (StreamVisitor visitor = fixture.visit(path)) {
            assertThat(fixture.service.asked()).containsExactly(order);
            assertThat(visitor.heard()).isEmpty();
        }
    }

    @Test
    void tellsEachDeliveryInTwoMessages() {
        session.delivers("s", "one", "", "two");
        session.happens(Kind.NOTHING);
        session.delivers(
                List.of(new Item("s", "2-0", 2), new Item("t", "2-5", 2)),
                List.of(Buffer.buffer("e0"), Buffer.buffer("f0")),
                false);
        try (StreamVisitor visitor = fixture.visit("/data/s+t/pull")) {
            assertThat(visitor.heard(4))
                    .containsExactly(
                            "[[\"s\",\"1-0\",0],[\"s\",\"1-1\",3],[\"s\",\"1-2\",3]]",
                            Buffer.buffer("onetwo"),
                            "[[\"s\",\"2-0\",0],[\"t\",\"2-5\",2]]",
                            Buffer.buffer("e0f0"));
        }
        assertThat(fixture.pull.asked(ReadPull.class)).containsOnly(new ReadPull("8"));
    }

    @Test
    void tellsEntriesWithoutBytes() {
        session.delivers("s", "", "");
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            assertThat(visitor.heard(2)).containsExactly("[[\"s\",\"1-0\",0],[\"s\",\"1-1\",0]]", Buffer.buffer());
        }
    }

    @Test
    void tellsEachStreamByItself() {
        session.delivers(
                List.of(
                        new Item("s", "2-0", 2),
                        new Item("s", "2-1", 1),
                        new Item("t", "2-5", 0),
                        new Item("u", "3-0", 2)),
                List.of(Buffer.buffer("e0"), Buffer.buffer("e"), Buffer.buffer("g0")),
                false);
        try (StreamVisitor visitor = fixture.visit("/data/s+t+u/pull?onebyone=true")) {
            assertThat(visitor.heard(6))
                    .containsExactly(
                            "[[\"s\",\"2-0\",0],[\"s\",\"2-1\",2]]",
                            Buffer.buffer("e0e"),
                            "[[\"t\",\"2-5\",0]]",
                            Buffer.buffer(),
                            "[[\"u\",\"3-0\",0]]",
                            Buffer.buffer("g0"));
        }
    }

    @Test
    void makesOneMessageOfManyParts() {
        Buffer whole = Buffer.buffer(new byte[600 * KIB]).setByte(0, (byte) 1).setByte(600 * KIB - 1, (byte) 2);
        List<Item> items = List.of(new Item("s", "1-0", 100 * KIB), new Item("s", "1-1", 500 * KIB));
        session.delivers(items, List.of(whole.slice(0, 100 * KIB), whole.slice(100 * KIB, 256 * KIB)), true);
        session.delivers(List.of(), List.of(whole.slice(256 * KIB, 512 * KIB)), true);
        session.delivers(List.of(), List.of(whole.slice(512 * KIB, 600 * KIB)), false);
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            assertThat(visitor.heard(2)).hasSize(2);
            assertThat(visitor.heard(2).get(1)).isEqualTo(whole);
        }
        assertThat(counted("bytes")).isEqualTo(600 * KIB);
        assertThat(counted("messages")).isEqualTo(1);
        assertThat(counted("entries")).isEqualTo(2);
    }

    @Test
    void cutsPartsWhereStreamsAreToldByThemselves() {
        Buffer whole = Buffer.buffer(new byte[512 * KIB]);
        List<Item> items = List.of(new Item("s", "1-0", 300 * KIB), new Item("t", "1-0", 212 * KIB));
        session.delivers(items, List.of(whole.slice(0, 256 * KIB)), true);
        session.delivers(
                List.of(), List.of(whole.slice(256 * KIB, 300 * KIB), whole.slice(300 * KIB, 512 * KIB)), false);
        try (StreamVisitor visitor = fixture.visit("/data/s+t/pull?onebyone=1")) {
            List<Object> heard = visitor.heard(4);
            assertThat(heard.get(0)).isEqualTo("[[\"s\",\"1-0\",0]]");
            assertThat(((Buffer) heard.get(1)).length()).isEqualTo(300 * KIB);
            assertThat(heard.get(2)).isEqualTo("[[\"t\",\"1-0\",0]]");
            assertThat(((Buffer) heard.get(3)).length()).isEqualTo(212 * KIB);
        }
    }

    @Test
    void doesNotSendAFrameForEachShortEntry() {
        List<WebSocketFrame> frames = new CopyOnWriteArrayList<>();
        String[] payloads = new String[1000];
        java.util.Arrays.fill(payloads, "x".repeat(100));
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            visitor.socket.frameHandler(frames::add);
            session.delivers("s", payloads);

            assertThat(((Buffer) visitor.heard(2).get(1)).length()).isEqualTo(100_000);
            assertThat(frames).hasSizeLessThan(10);
        }
    }

    private double counted(String what) {
        return fixture.gateway
                .meters
                .counter("lyceum.gateway.stream." + what, "kind", "pull")
                .count();
    }

    @Test
    void waitsForAnAcknowledgementOfEachPair() {
        session.delivers("s", "one");
        session.delivers("s", "two");
        session.delivers("s", "six");
        try (StreamVisitor visitor = fixture.visit("/data/s/pull?ack=true")) {
            visitor.heard(2);
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .until(() -> visitor.heard().size() == 2 && session.reads() == 1);

            visitor.say(Buffer.buffer());
            visitor.heard(4);
            visitor.say("ok");
            assertThat(visitor.heard(6)).hasSize(6);
        }
    }

    @Test
    void waitsForAnAcknowledgementBetweenStreams() {
        session.delivers(
                List.of(new Item("s", "2-0", 2), new Item("t", "2-5", 2)),
                List.of(Buffer.buffer("e0"), Buffer.buffer("f0")),
                false);
        try (StreamVisitor visitor = fixture.visit("/data/s+t/pull?ack=1&onebyone=1")) {
            visitor.heard(2);
            Awaitility.await()
                    .during(Duration.ofMillis(200))
                    .until(() -> visitor.heard().size() == 2);

            visitor.say(Buffer.buffer("any"));

            assertThat(visitor.heard(4)).hasSize(4);
            assertThat(session.reads()).isEqualTo(1);
        }
    }

    @Test
    void takesAcknowledgementsAheadOfTime() {
        try (StreamVisitor visitor = fixture.visit("/data/s/pull?ack=true")) {
            visitor.say(Buffer.buffer());
            visitor.say(Buffer.buffer());
            Awaitility.await().until(() -> session.reads() == 1);
            session.delivers("s", "one");
            session.delivers("s", "two");
            session.delivers("s", "six");
            session.delivers("s", "ten");

            visitor.heard(6);
            Awaitility.await()
                    .during(Duration.ofMillis(200))
                    .until(() -> visitor.heard().size() == 6);
        }
    }

    @Test
    void hearsNothingOfAClientThatNeedNotSayAnything() {
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            visitor.say("zzz");
            visitor.say(Buffer.buffer(new byte[1 << 20]));
            session.delivers("s", "one");

            assertThat(visitor.heard(2)).hasSize(2);
        }
    }

    @Test
    void stopsWhereAClientDoesNotRead() {
        int deliveries = 400;
        Buffer large = Buffer.buffer(new byte[65_536]);
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            visitor.socket.pause();
            for (int i = 0; i < deliveries; i++) {
                session.delivers(List.of(new Item("s", "1-" + i, large.length())), List.of(large), false);
            }

            Awaitility.await().until(() -> session.reads() > 1);
            Awaitility.await().during(Duration.ofMillis(300)).until(() -> session.reads() < deliveries);
            visitor.socket.resume();
            assertThat(visitor.heard(2 * deliveries)).hasSize(2 * deliveries);
        }
    }

    @ParameterizedTest
    @CsvSource({"IDLE,1000 nothing has come for so long", "STOPPED,1012 please go on behind the last id"})
    void saysWhyNothingMoreComes(Kind kind, String closing) {
        session.delivers("s", "one");
        session.happens(kind);
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            assertThat(visitor.closing()).isEqualTo(closing);
            assertThat(visitor.heard()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"BUSY", "UNAVAILABLE"})
    void asksAgainWhereTheStoreDoesNotAnswerForAWhile(Failure.Kind kind) {
        session.happens(Future.failedFuture(new Failure(kind, "because")));
        session.happens(Future.failedFuture(new Failure(kind, "because")));
        session.delivers("s", "one");
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            assertThat(visitor.heard(2)).hasSize(2);
            assertThat(fixture.pull.asked(KeepPull.class)).hasSize(2);
        }
    }

    @Test
    void givesUpWhereTheStoreDoesNotAnswerForLong() {
        fixture.pull.on(
                ReadPull.class, question -> Future.failedFuture(new Failure(Failure.Kind.UNAVAILABLE, "because")));
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            assertThat(visitor.closing()).isEqualTo("1013 because");
            assertThat(fixture.pull.asked(ReadPull.class).size()).isBetween(3, 5);
        }
    }

    @Test
    void saysThatTheInstanceOfASessionIsGone() {
        Failure gone = new Failure(Failure.Kind.UNAVAILABLE, "nobody serves it");
        fixture.pull
                .on(ReadPull.class, question -> Future.failedFuture(gone))
                .on(KeepPull.class, order -> Future.failedFuture(gone));
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            assertThat(visitor.closing()).isEqualTo("1012 the session is lost, please go on behind the last id");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND,'1012 the session is lost, please go on behind the last id'",
        "INVALID,1008 because",
        "CONFLICT,1011 internal error",
        "INTERNAL,1011 internal error"
    })
    void saysWhyASessionCannotGoOn(Failure.Kind kind, String closing) {
        session.happens(Future.failedFuture(new Failure(kind, "because")));
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            assertThat(visitor.closing()).isEqualTo(closing);
        }
    }

    @Test
    void closesTheSessionOfAClientThatLeaves() {
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            Awaitility.await().until(() -> session.reads() == 1);
            assertThat(sockets()).isEqualTo(1);
            assertThat(visitor.heard()).isEmpty();
        }

        Awaitility.await().until(() -> fixture.pull.asked(ClosePull.class).equals(List.of(new ClosePull("8"))));
        assertThat(sockets()).isZero();
    }

    @Test
    void closesTheSessionOfAClientThatLeavesInsteadOfAcknowledging() {
        session.delivers("s", "one");
        try (StreamVisitor visitor = fixture.visit("/data/s/pull?ack=1")) {
            visitor.heard(2);
        }

        Awaitility.await().until(() -> fixture.pull.asked(ClosePull.class).size() == 1);
        assertThat(session.reads()).isEqualTo(1);
    }

    @Test
    void asksForAllWhoWantMoreInOneTurn() {
        List<String> asked = new CopyOnWriteArrayList<>();
        fixture.service.on(
                OpenPull.class,
                order -> Future.succeededFuture(
                        new OpenedSession(order.streams().get(0), StreamSocketsFixture.INSTANCE)));
        fixture.pull.on(ReadPull.class, question -> {
            asked.add(question.id());
            return Promise.<PullEvent>promise().future();
        });
        List<StreamVisitor> visitors = new ArrayList<>();
        for (int i = 0; i < WATCHERS; i++) {
            visitors.add(fixture.visit("/data/%d/pull".formatted(i)));
        }
        // Who is not answered for long asks again, on a slow machine before the last has asked.
        Awaitility.await().until(() -> Set.copyOf(asked).size() == WATCHERS);
        int questions = fixture.bundle.questions();
        Delivery picture = new Delivery(List.of(new Item("s", "1-0", 7)), List.of(Buffer.buffer("picture")), false);

        fixture.bundle.tells(new News(
                List.of(new PullEvent(Kind.DELIVERED, picture)),
                Set.copyOf(asked).stream().map(id -> new Told(id, 0)).toList(),
                List.of()));

        for (StreamVisitor visitor : visitors) {
            assertThat(visitor.heard(2)).containsExactly("[[\"s\",\"1-0\",0]]", Buffer.buffer("picture"));
        }
        Awaitility.await().until(() -> asked.size() >= 2 * WATCHERS);
        assertThat(fixture.bundle.questions() - questions).isLessThan(WATCHERS / 2);
        visitors.forEach(StreamVisitor::close);
        Awaitility.await().until(() -> fixture.bundle.closed() == 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND", "UNAVAILABLE"})
    void saysThatABundleIsLostThatDoesNotAnswer(Failure.Kind kind) {
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            Awaitility.await().until(() -> session.reads() == 1);

            fixture.bundle.fails(kind);

            assertThat(visitor.closing()).isEqualTo("1012 the session is lost, please go on behind the last id");
        }
    }

    @Test
    void losesNoClientThatIsBusyWhileItsBundleIsLost() {
        session.delivers("s", "one");
        try (StreamVisitor visitor = fixture.visit("/data/s/pull?ack=1")) {
            assertThat(visitor.heard(2)).contains(Buffer.buffer("one"));
            Awaitility.await().until(() -> fixture.bundle.questions() == 2);

            fixture.bundle.fails(Failure.Kind.UNAVAILABLE);
            // Answered behind the failure: a client that wants more before the gateway knows of it is closed for good
            // reason.
            fixture.gateway.get("/").send().await();

            session.delivers("s", "two");
            visitor.say("taken");
            assertThat(visitor.heard(4)).contains(Buffer.buffer("two"));
        }
    }

    private double sockets() {
        return fixture.gateway
                .meters
                .get("lyceum.gateway.stream.sockets")
                .tag("kind", "pull")
                .gauge()
                .value();
    }

    @Test
    void saysGoodByeWhenTheGatewayStops() {
        try (StreamVisitor visitor = fixture.visit("/data/s/pull")) {
            fixture.gateway.undeploy().await();

            assertThat(visitor.closing()).startsWith("1001 ");
            Awaitility.await().until(() -> fixture.pull.asked(ClosePull.class).size() == 1);
        }
    }

    @Test
    void saysOverTheSocketThatNothingCanBeConverted() {
        fixture.service.on(OpenPull.class, order -> Future.failedFuture(Failure.invalid("nothing becomes a jpg")));
        try (StreamVisitor visitor = fixture.visit("/data/s/pull?output=jpg")) {
            assertThat(visitor.closing()).isEqualTo("1008 nothing becomes a jpg");
        }
    }
}
