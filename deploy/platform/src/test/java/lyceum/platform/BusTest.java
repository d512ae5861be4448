package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lyceum.platform.Failure.Kind;
import lyceum.platform.GreetingService.Fail;
import lyceum.platform.GreetingService.Greet;
import lyceum.platform.GreetingService.Greeting;
import lyceum.platform.GreetingService.Parcel;
import lyceum.platform.GreetingService.Ponder;
import lyceum.platform.cluster.Cluster;
import lyceum.platform.cluster.ClusterConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bus promises, in one JVM and between two nodes of a cluster. */
@TestInstance(Lifecycle.PER_CLASS)
class BusTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** Longer than a busy machine holds up a sign of life. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final String ANOTHER_VERSION = "it is of another version of the house, please try again";

    /** Who serves and who asks. */
    record Pair(String name, Vertx server, Vertx client) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Whoever hears takes time to answer. */
    interface Listener {
        Future<Greeting> hear(Greet question);
    }

    private Pair local;
    private Pair clustered;
    /** A third node, as it is in the middle of an update. */
    private Vertx newer;

    @BeforeAll
    void start() {
        Vertx vertx = Vertx.vertx();
        local = new Pair("one JVM", vertx, vertx);
        ClusterConfig config = ClusterConfig.from(new Settings(Map.of(
                "LYCEUM_CLUSTER_PORT", "45701",
                "LYCEUM_CLUSTER_MEMBERS", "127.0.0.1:45701",
                "LYCEUM_CLUSTER_SECRET", "the secret of the tests, long enough")));
        Vertx server = Cluster.join(Vertx.builder(), new VertxOptions(), config).await();
        Vertx client = Cluster.join(Vertx.builder(), new VertxOptions(), config).await();
        clustered = new Pair("two nodes", server, client);
        newer = Cluster.join(Vertx.builder(), new VertxOptions(), config).await();
        OtherVersion.join(newer);
        for (Vertx each : List.of(vertx, server)) {
            Bus bus = new Bus(each, LIMIT);
            bus.serve(GreetingService.class, new Greetings()).await();
            bus.serve(GreetingService.class, new Greetings(), "second").await();
        }
    }

    @AfterAll
    void stop() {
        local.server().close().await();
        newer.close().await();
        clustered.client().close().await();
        clustered.server().close().await();
    }

    Stream<Pair> pairs() {
        return Stream.of(local, clustered);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void answersAQuestion(Pair pair) {
        assertThat(greetings(pair).greet(new Greet("Ada")).await().text()).startsWith("Hello Ada");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void reachesOneParticularInstance(Pair pair) {
        GreetingService second = new Bus(pair.client(), LIMIT).proxy(GreetingService.class, LIMIT, "second");
        GreetingService third = new Bus(pair.client(), LIMIT).proxy(GreetingService.class, LIMIT, "third");

        assertThat(second.greet(new Greet("Ada")).await().text()).startsWith("Hello Ada");
        assertFails(third.greet(new Greet("Ada")), Kind.UNAVAILABLE, "nobody serves lyceum.platform.greet@third");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void carriesTimesBytesAndNestedRecords(Pair pair) {
        Buffer raw = Buffer.buffer(new byte[] {0, -1, 127, '"', '\\'});
        Parcel parcel = new Parcel(
                Instant.parse("2026-11-24T10:00:00.123456Z"),
                Duration.ofMillis(1_500),
                List.of(raw, Buffer.buffer(), Buffer.buffer(new byte[300_000])),
                Map.of("a", 1),
                new Greet("안녕 🙂"));

        assertThat(greetings(pair).echo(parcel).await()).isEqualTo(parcel);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void carriesEveryFailureAsItself(Kind kind) {
        for (Pair pair : List.of(local, clustered)) {
            assertFails(greetings(pair).fail(new Fail(kind, "because é")), kind, "because é");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void tellsNothingOfADefect(Pair pair) {
        assertFails(greetings(pair).fail(new Fail(null, "secret")), Kind.INTERNAL, "internal error");
    }

    @Test
    void drainsUntilAllIsAnsweredAndNoLongerThanAnybodyWaits() {
        Duration limit = Duration.ofMillis(300);
        Vertx vertx = Vertx.vertx();
        try {
            Promise<Greeting> answer = Promise.promise();
            AtomicInteger asked = new AtomicInteger();
            Listener slow = question -> {
                asked.incrementAndGet();
                return answer.future();
            };
            Bus patient = new Bus(vertx, LIMIT);
            patient.serve(Listener.class, slow, "patient").await();
            Bus hurried = new Bus(vertx, limit);
            hurried.serve(Listener.class, slow, "hurried").await();
            Bus client = new Bus(vertx, LIMIT);
            List<Future<Greeting>> questions = Stream.of("patient", "hurried")
                    .map(name -> client.proxy(Listener.class, LIMIT, name).hear(new Greet("Ada")))
                    .toList();
            Awaitility.await().until(() -> asked.get() == 2);

            hurried.drain().await();
            Future<Void> drained = patient.drain();
            assertThat(drained.isComplete()).isFalse();
            answer.complete(new Greeting("Hello"));

            assertThat(questions)
                    .allSatisfy(question -> assertThat(question.await().text()).isEqualTo("Hello"));
            drained.await();
        } finally {
            vertx.close().await();
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void failsWhereNobodyAnswersInTime(Pair pair) {
        pair.server()
                .eventBus()
                .consumer("lyceum.platform.greet@deaf", message -> {})
                .completion()
                .await();
        GreetingService deaf =
                new Bus(pair.client(), LIMIT).proxy(GreetingService.class, Duration.ofMillis(50), "deaf");

        assertFails(
                deaf.greet(new Greet("Ada")), Kind.UNAVAILABLE, "lyceum.platform.greet@deaf did not answer in time");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void waitsForALongAnswerWhileSomebodyWorksOnIt(Pair pair) {
        GreetingService patient = new Bus(pair.client(), SILENCE).proxy(GreetingService.class, LIMIT);

        assertThat(patient.ponder(new Ponder(SILENCE.multipliedBy(2))).await().text())
                .isEqualTo("good question");
    }

    @Test
    void givesUpALongAnswerThatNobodyWorksOnAnyMore() {
        clustered
                .server()
                .eventBus()
                .consumer("lyceum.platform.greet@killed", message -> {})
                .completion()
                .await();
        GreetingService patient =
                new Bus(clustered.client(), SILENCE).proxy(GreetingService.class, Duration.ofHours(1), "killed");

        assertFails(
                patient.greet(new Greet("Ada")),
                Kind.UNAVAILABLE,
                "nobody works on lyceum.platform.greet@killed any more");
    }

    /** Who asks is a Vert.x of its own: what one test does to the breaker must not meet another one. */
    @Test
    void refusesAtOnceWhatNobodyAnswersUntilSomebodyDoes() {
        Vertx vertx = Vertx.vertx();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Bus.measure(vertx, meters);
        Bus bus = new Bus(vertx, LIMIT);
        GreetingService absent = bus.proxy(GreetingService.class);
        for (int i = 0; i < Breaker.UNANSWERED; i++) {
            assertFails(absent.greet(new Greet("Ada")), Kind.UNAVAILABLE, "nobody serves lyceum.platform.greet");
        }

        assertFails(
                absent.greet(new Greet("Ada")), Kind.UNAVAILABLE, "GreetingService does not answer, please try again");
        assertThat(gauge(meters)).isEqualTo(1);
        assertThat(meters.get("lyceum.bus.refused").counter().count()).isEqualTo(1);

        bus.serve(GreetingService.class, new Greetings()).await();
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> absent.greet(new Greet("Ada"))
                        .map(true)
                        .otherwise(false)
                        .await());
        assertThat(gauge(meters)).isZero();
        vertx.close().await();
    }

    private static double gauge(SimpleMeterRegistry meters) {
        return meters.get("lyceum.bus.breaker")
                .tag("contract", "GreetingService")
                .gauge()
                .value();
    }

    @Test
    void takesAFailureForAnAnswerAndAnInstanceForItself() {
        Vertx vertx = Vertx.vertx();
        Bus bus = new Bus(vertx, LIMIT);
        bus.serve(GreetingService.class, new Greetings()).await();
        GreetingService greetings = bus.proxy(GreetingService.class);
        GreetingService gone = bus.proxy(GreetingService.class, LIMIT, "gone");
        for (int i = 0; i < 2 * Breaker.UNANSWERED; i++) {
            assertFails(greetings.fail(new Fail(Kind.UNAVAILABLE, "later")), Kind.UNAVAILABLE, "later");
            assertFails(gone.greet(new Greet("Ada")), Kind.UNAVAILABLE, "nobody serves lyceum.platform.greet@gone");
        }

        assertThat(greetings.greet(new Greet("Ada")).await().text()).startsWith("Hello Ada");
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {OtherVersion.NEW_CLASS, OtherVersion.NEW_CONSTANT})
    void answersAQuestionThatOnlyAnotherVersionKnows(String question) {
        assertFails(
                newer.eventBus()
                        .request("lyceum.platform.fail", question, OtherVersion.options())
                        .timeout(LIMIT.toSeconds(), TimeUnit.SECONDS),
                Kind.UNAVAILABLE,
                ANOTHER_VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {OtherVersion.NEW_CLASS, OtherVersion.NEW_CONSTANT})
    void failsWithAnAnswerThatOnlyAnotherVersionKnows(String answer) {
        MessageConsumer<?> later = newer.eventBus().consumer("lyceum.platform.greet@later");
        later.handler(message -> message.reply(answer, OtherVersion.options()))
                .completion()
                .await();
        GreetingService asked = new Bus(clustered.client(), LIMIT).proxy(GreetingService.class, LIMIT, "later");

        // The node has spoken with nobody yet: on a busy machine the first answer is late.
        Awaitility.await()
                .atMost(LIMIT.multipliedBy(4))
                .untilAsserted(() -> assertFails(
                        asked.greet(new Greet("Ada")).timeout(2 * LIMIT.toSeconds(), TimeUnit.SECONDS),
                        Kind.UNAVAILABLE,
                        ANOTHER_VERSION));
        later.unregister().await();
    }

    @Test
    void hearsNothingOfAFactThatOnlyAnotherVersionKnows() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Topic<Greeting> topic = new Topic<>("lyceum.platform.later");
        new Bus(clustered.server(), LIMIT)
                .listen(topic, fact -> heard.add(fact.text()))
                .await();

        try (LogLines log = LogLines.of(Bus.class)) {
            Awaitility.await().atMost(LIMIT).until(() -> {
                newer.eventBus().publish(topic.address(), OtherVersion.NEW_CLASS, OtherVersion.options());
                new Bus(clustered.client(), LIMIT).publish(topic, new Greeting("hi"));
                return !log.lines().isEmpty() && !heard.isEmpty();
            });
            assertThat(log.lines()).allMatch(line -> line.contains("passed over a fact of lyceum.platform.later"));
        }
        assertThat(heard).containsOnly("hi");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void publishesFacts(Pair pair) {
        Promise<Greeting> heard = Promise.promise();
        new Bus(pair.client(), LIMIT)
                .listen(GreetingService.GREETED, heard::tryComplete)
                .await();
        Bus bus = new Bus(pair.server(), LIMIT);

        // Other nodes learn of a new listener a moment after it is registered, so a fact may come too early for it.
        Awaitility.await().atMost(LIMIT).until(() -> {
            bus.publish(GreetingService.GREETED, new Greeting("hi"));
            return heard.future().isComplete();
        });

        assertThat(heard.future().await()).isEqualTo(new Greeting("hi"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void hearsNoFactsThatComeAfterItsEnd(Pair pair) {
        List<String> heard = new CopyOnWriteArrayList<>();
        Topic<Greeting> topic = new Topic<>("lyceum.platform.ended");
        Bus bus = new Bus(pair.client(), LIMIT);
        Bus.Subscription ended = bus.subscribe(topic, fact -> heard.add("ended " + fact.text()));
        bus.listen(topic, fact -> heard.add(fact.text())).await();
        ended.begun().await();
        bus.publish(topic, new Greeting("first"));
        Awaitility.await().atMost(LIMIT).until(() -> heard.contains("ended first"));

        ended.end().await();
        bus.publish(topic, new Greeting("second"));

        Awaitility.await().atMost(LIMIT).until(() -> heard.contains("second"));
        assertThat(heard).doesNotContain("ended second");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void takesTheRequestIdAcross(Pair pair) {
        Promise<Greeting> answer = Promise.promise();
        pair.client().getOrCreateContext().runOnContext(go -> {
            RequestId.enter("r-17");
            greetings(pair).greet(new Greet("Ada")).onComplete(answer);
        });

        assertThat(answer.future().await().text()).isEqualTo("Hello Ada, r-17");
    }

    private static GreetingService greetings(Pair pair) {
        return new Bus(pair.client(), LIMIT).proxy(GreetingService.class);
    }

    private static void assertFails(Future<?> future, Kind kind, String text) {
        assertThatThrownBy(future::await).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.getMessage()).isEqualTo(text);
        });
    }
}
