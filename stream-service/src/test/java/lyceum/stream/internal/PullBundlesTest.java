package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.Delivery;
import lyceum.stream.Delivery.Item;
import lyceum.stream.PullBundle;
import lyceum.stream.PullBundle.CloseBundle;
import lyceum.stream.PullBundle.News;
import lyceum.stream.PullBundle.OpenBundle;
import lyceum.stream.PullBundle.ReadBundle;
import lyceum.stream.PullBundle.Refused;
import lyceum.stream.PullBundle.Told;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.internal.StreamConfig.Limits;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that are read together. */
class PullBundlesTest {

    private static final Limits FEW = new Limits(30, 16 << 20, 64 << 20, 256 << 20, 1000, 8 << 20, 64 << 20);

    private static final News NOTHING = new News(List.of(), List.of(), List.of());

    private TestStream stream;
    private OpenedSession of;
    private PullBundle bundles;
    private String bundle;

    @BeforeEach
    void start() {
        stream = new TestStream(FEW);
        of = open("s");
        bundles = stream.bundles(of);
        bundle = bundles.openBundle(new OpenBundle()).await().id();
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    private OpenedSession open(String name) {
        return open(name, "$");
    }

    private OpenedSession open(String name, String position) {
        return stream.openPull(new OpenPull(List.of(name), List.of(position), false, 1, null, null, 0, null, null));
    }

    private List<String> open(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> open(name).id()).toList();
    }

    private Future<News> ask(String... sessions) {
        return ask(Arrays.asList(sessions));
    }

    private Future<News> ask(List<String> sessions) {
        return bundles.readBundle(new ReadBundle(bundle, sessions));
    }

    /** Payloads of what is told, as text. */
    private static Map<String, String> payloads(News news) {
        Map<String, String> payloads = new TreeMap<>();
        for (Told told : news.told()) {
            Buffer bytes = Buffer.buffer();
            news.events().get(told.event()).delivery().bytes().forEach(bytes::appendBuffer);
            payloads.put(told.session(), bytes.toString());
        }
        return payloads;
    }

    @Test
    void tellsManyTheSameEntryWithItsBytesOnce() {
        List<String> sessions = open("s", 10);
        Future<News> news = ask(sessions);

        stream.append("s", "picture");

        assertThat(payloads(news.await()).keySet()).containsExactlyInAnyOrderElementsOf(sessions);
        assertThat(payloads(news.result()).values()).containsOnly("picture");
        assertThat(news.result().events()).hasSize(1);
    }

    @Test
    void tellsPartsOfALongEntryOnce() {
        String payload = "x".repeat(StreamService.PIECE_BYTES + 1000);
        List<String> sessions = open("s", 5);
        Future<News> first = ask(sessions);
        stream.redis(Command.XADD, "s", "*", "d", payload);

        assertThat(first.await().events()).hasSize(1);
        assertThat(first.result().told()).hasSize(5);
        News rest = ask(sessions).await();

        assertThat(rest.events()).hasSize(1);
        assertThat(rest.told()).hasSize(5);
        assertThat(payloads(first.result()).get(sessions.get(3))
                        + payloads(rest).get(sessions.get(3)))
                .isEqualTo(payload);
    }

    @Test
    void tellsEachSessionItsOwnOfWhatHappensInOneTurn() {
        Map<String, Promise<PullEvent>> happening =
                Map.of("1", Promise.promise(), "2", Promise.promise(), "3", Promise.promise());
        Bundle together = new Bundle(
                stream.vertx, PullSession.LEASE, id -> happening.get(id).future());
        Promise<News> news = Promise.promise();

        stream.vertx.runOnContext(turn -> {
            together.read(List.of("1", "2", "3")).onComplete(news);
            happening.get("1").complete(delivered("a"));
            happening.get("2").complete(delivered("b"));
            happening.get("3").fail(new Failure(Kind.BUSY, "too much"));
        });

        assertThat(payloads(news.future().await())).isEqualTo(Map.of("1", "a", "2", "b"));
        assertThat(news.future().result().refused()).containsExactly(new Refused("3", Kind.BUSY, "too much"));
    }

    @Test
    void tellsTheFirstBeforeTheLastHaveBeenLookedAt() {
        List<String> ids = IntStream.range(0, 20).mapToObj(Integer::toString).toList();
        Bundle together =
                new Bundle(stream.vertx, PullSession.LEASE, id -> Future.succeededFuture(delivered("picture")));
        Promise<News> first = Promise.promise();
        Promise<News> second = Promise.promise();

        stream.vertx.runOnContext(turn -> {
            together.read(ids).onComplete(first);
            together.read(List.of()).onComplete(second);
        });

        assertThat(payloads(first.future().await())).hasSize(16);
        assertThat(payloads(second.future().await())).hasSize(4);
    }

    @Test
    void describesNoMoreEntriesAtOnceThanOneMessageMayHave() {
        List<String> ids = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        Map<String, Promise<PullEvent>> happening = new TreeMap<>();
        ids.forEach(id -> happening.put(id, Promise.promise()));
        Bundle together = new Bundle(
                stream.vertx, PullSession.LEASE, id -> happening.get(id).future());
        Promise<News> first = Promise.promise();
        Promise<News> second = Promise.promise();

        stream.vertx.runOnContext(turn -> {
            together.read(ids).onComplete(first);
            ids.forEach(id -> happening.get(id).complete(empty(id)));
        });
        assertThat(first.future().await().told()).hasSize(3);
        stream.vertx.runOnContext(turn -> together.read(List.of()).onComplete(second));

        assertThat(second.future().await().told()).hasSize(3);
    }

    /** Entries without bytes, as many as a delivery may have. */
    private static PullEvent empty(String name) {
        List<Item> items = IntStream.range(0, StreamService.MOST_ENTRIES)
                .mapToObj(i -> new Item(name, "1-" + i, 0))
                .toList();
        return new PullEvent(PullSession.Kind.DELIVERED, new Delivery(items, List.of(), false));
    }

    private static PullEvent delivered(String payload) {
        Delivery delivery =
                new Delivery(List.of(new Item("s", "1-0", payload.length())), List.of(Buffer.buffer(payload)), false);
        return new PullEvent(PullSession.Kind.DELIVERED, delivery);
    }

    @Test
    void answersAQuestionThatWaitsWhenTheNextOneComes() {
        String one = open("s").id();
        String other = open("t").id();
        Future<News> first = ask(one);

        Future<News> second = ask(other);

        assertThat(first.await()).isEqualTo(NOTHING);
        stream.append("s", "x");
        assertThat(payloads(second.await())).isEqualTo(Map.of(one, "x"));
    }

    @Test
    void doesNotAskASessionTwiceThatWaits() {
        String session = open("s").id();
        ask(session);

        Future<News> again = ask(session);

        stream.append("s", "x");
        assertThat(payloads(again.await())).isEqualTo(Map.of(session, "x"));
        assertThat(again.result().refused()).isEmpty();
    }

    @Test
    void keepsWhatHappensBetweenQuestions() {
        String one = open("s").id();
        String other = open("t").id();
        Future<News> news = ask(one, other);
        stream.append("s", "x");
        assertThat(payloads(news.await())).isEqualTo(Map.of(one, "x"));

        stream.append("t", "y");

        assertThat(payloads(ask().await())).isEqualTo(Map.of(other, "y"));
    }

    @Test
    void tellsNoMoreBytesAtOnceThanOneMessageMayHave() {
        String large = "x".repeat(StreamService.PIECE_BYTES * 2 / 3);
        List<String> names = List.of("a", "b", "c");
        names.forEach(name -> stream.append(name, large));
        List<String> sessions = names.stream().map(name -> open(name, "0").id()).toList();

        assertThat(ask(sessions).await().told()).hasSize(1);
        assertThat(ask().await().told()).hasSize(1);
        assertThat(ask().await().told()).hasSize(1);
    }

    @Test
    void tellsNothingAfterHalfTheLeaseAndGoesOn() {
        PullBundles patient = new PullBundles(stream.vertx, this::nextOf, Duration.ofSeconds(1), 1);
        String id = patient.openBundle(new OpenBundle()).await().id();
        String session = open("s").id();
        assertThat(patient.readBundle(new ReadBundle(id, List.of(session))).await())
                .isEqualTo(NOTHING);

        Future<News> news = patient.readBundle(new ReadBundle(id, List.of()));
        stream.append("s", "x");

        assertThat(payloads(news.await())).isEqualTo(Map.of(session, "x"));
    }

    private Future<PullEvent> nextOf(String session) {
        return stream.pull(of).readPull(new ReadPull(session));
    }

    @Test
    void saysWhichSessionsCannotGoOn() {
        OpenedSession closed = open("s");
        OpenedSession other = open("s");
        stream.pull(closed).closePull(new ClosePull(closed.id())).await();

        News news = ask(closed.id(), other.id()).await();

        assertThat(news.told()).isEmpty();
        assertThat(news.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.session()).isEqualTo(closed.id());
            assertThat(refused.kind()).isEqualTo(Kind.NOT_FOUND);
        });
    }

    @Test
    void tellsAllThatTheInstanceStops() {
        List<String> sessions = open("s", 3);
        Future<News> news = ask(sessions);

        stream.undeploy();

        assertThat(news.await().told()).hasSize(3);
        assertThat(news.result().events()).containsExactly(new PullEvent(PullSession.Kind.STOPPED, null));
    }

    @Test
    void knowsNoBundleThatIsClosed() {
        Future<News> waiting = ask(open("s").id());

        bundles.closeBundle(new CloseBundle(bundle)).await();

        assertThat(waiting.await().told()).isEmpty();
        assertFails(Kind.NOT_FOUND, ask());
        assertThat(bundles.closeBundle(new CloseBundle("unknown")).await()).isNotNull();
    }

    @Test
    void forgetsABundleThatNobodyAsks() {
        PullBundles forgetful = new PullBundles(stream.vertx, this::nextOf, Duration.ofMillis(200), 1);
        String id = forgetful.openBundle(new OpenBundle()).await().id();

        Awaitility.await().until(() -> forgetful.sessions().count() == 0);

        assertFails(Kind.NOT_FOUND, forgetful.readBundle(new ReadBundle(id, List.of())));
    }

    @Test
    void refusesMoreBundlesThanItMayHave() {
        for (int i = 1; i < 30; i++) {
            bundles.openBundle(new OpenBundle()).await();
        }

        assertFails(Kind.BUSY, bundles.openBundle(new OpenBundle()));
    }

    private static void assertFails(Kind kind, Future<?> future) {
        assertThatThrownBy(future::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
