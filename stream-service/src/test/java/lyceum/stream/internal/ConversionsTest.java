package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Settings;
import lyceum.stream.internal.StreamConfig.Converting;
import lyceum.stream.internal.convert.ConversionLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conversions of single entries, and of what is on its way to one reader; all questions of a test in one turn. */
class ConversionsTest {

    private static final ConversionLimits LIMITS = ConversionLimits.from(new Settings(Map.of()));
    private static final Format JSON = Format.of("JSON", "Json");
    private static final Format NUMBERS = Format.of("json", "ndarray");

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final StreamMetrics metrics = new StreamMetrics(meters);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void doesOnceWhatManyWantAtTheSameTime() {
        Conversions conversions = conversions(256, 0, 1 << 20);
        Entry entry = entry(1, "[1, 2]");

        List<Future<Buffer>> all = inOneTurn(() -> List.of(
                conversions.convert("s", entry, JSON),
                conversions.convert("s", entry, JSON),
                conversions.convert("s", entry(1, "[1, 2]"), JSON),
                conversions.convert("s", entry, NUMBERS),
                conversions.convert("t", entry, JSON)));

        assertThat(all.get(0).await()).isEqualTo(Buffer.buffer("[1,2]"));
        assertThat(all.get(1).await()).isSameAs(all.get(0).await());
        assertThat(all.get(2).await()).isSameAs(all.get(0).await());
        assertThat(all.get(3).await().length()).isEqualTo(8);
        assertThat(all.get(4).await()).isEqualTo(all.get(0).await());
        assertThat(count("converted")).isEqualTo(3);
        assertThat(count("shared")).isEqualTo(2);
    }

    @Test
    void keepsWhatWasMadeForThoseWhoComeLater() {
        Conversions conversions = conversions(256, 10_000, 1 << 20);

        Buffer first = convert(conversions, entry(1, "[1, 2]")).await();
        Buffer second = convert(conversions, entry(1, "[1, 2]")).await();
        Buffer other = convert(conversions, entry(1, "[3]")).await();

        assertThat(second).isSameAs(first);
        assertThat(other).isEqualTo(Buffer.buffer("[3]"));
        assertThat(count("converted")).isEqualTo(2);
        assertThat(count("shared")).isEqualTo(1);
    }

    @Test
    void remembersWhatCannotBeConverted() {
        Conversions conversions = conversions(256, 10_000, 1 << 20);

        assertFails(Kind.INVALID, convert(conversions, entry(1, "no JSON")));
        assertFails(Kind.INVALID, convert(conversions, entry(1, "no JSON")));

        assertThat(count("refused")).isEqualTo(1);
        assertThat(count("shared")).isEqualTo(1);
    }

    @Test
    void doesNotMistakeOneEntryForAnotherThatIsUnderWayUnderTheSameId() {
        Conversions conversions = conversions(256, 0, 1 << 20);

        List<Future<Buffer>> all = inOneTurn(() -> List.of(
                conversions.convert("s", entry(1, "[1]"), JSON), conversions.convert("s", entry(1, "[2]"), JSON)));

        assertThat(all.get(0).await()).isEqualTo(Buffer.buffer("[1]"));
        assertThat(all.get(1).await()).isEqualTo(Buffer.buffer("[2]"));
    }

    @Test
    void refusesMoreThanMayWait() {
        Conversions conversions = conversions(2, 0, 1 << 20);

        List<Future<Buffer>> all = inOneTurn(() -> List.of(
                conversions.convert("s", entry(1, "[1]"), JSON),
                conversions.convert("s", entry(2, "[2]"), JSON),
                conversions.convert("s", entry(3, "[3]"), JSON),
                conversions.convert("s", entry(2, "[2]"), JSON)));

        assertFails(Kind.BUSY, all.get(2));
        assertThat(all.get(3).await()).isEqualTo(Buffer.buffer("[2]"));
        all.get(0).await();
        assertThat(convert(conversions, entry(3, "[3]")).await()).isEqualTo(Buffer.buffer("[3]"));
        assertThat(count("busy")).isEqualTo(1);
    }

    @Test
    void refusesLongerEntriesThanItMayHold() {
        Conversions conversions = conversions(256, 0, 10);

        List<Future<Buffer>> all = inOneTurn(() -> List.of(
                conversions.convert("s", entry(1, "[1, 2, 3]"), JSON),
                Future.succeededFuture().compose(begun -> conversions.convert("s", entry(2, "[4]"), JSON))));

        assertFails(Kind.BUSY, all.get(1));
        all.get(0).await();
        assertThat(convert(conversions, entry(2, "[4]")).await()).isEqualTo(Buffer.buffer("[4]"));
    }

    @Test
    void refusesAnAnswerThatTakesTooLong() {
        Conversions conversions = conversions(256, 0, 1 << 20);
        AnswerConversions answers = on(() -> new AnswerConversions(conversions, Duration.ofMillis(-1)));

        assertFails(Kind.BUSY, onContext(() -> answers.convert(answer(new Budget(100), "[1]"), JSON, 100)));
    }

    @Test
    void givesBackWhatAnAnswerHeld() {
        Conversions conversions = conversions(256, 0, 1 << 20);
        AnswerConversions answers = on(() -> new AnswerConversions(conversions, Duration.ofSeconds(5)));
        Budget budget = new Budget(23);

        assertFails(Kind.INVALID, converted(answers, answer(budget, "[1]", "[", "[2]"), 100));
        assertFails(Kind.INVALID, converted(answers, answer(budget, "[1, 2]", "[3]"), 7));
        // Two are converted at once, and what is made of the first one does not fit beside both.
        assertFails(Kind.INVALID, converted(answers, answer(budget, "[1,2,3,4,5,6]", "[]"), 100));
        Answer made = converted(answers, answer(budget, "[1, 2]", "[3]"), 100).await();
        assertThat(made.parts().bytes()).isEqualTo(8);
        assertThat(budget.taken()).isEqualTo(8);
        Budget others = new Budget(23);
        Answer other = answer(others, "[1]");
        others.take(20);
        assertFails(Kind.BUSY, converted(answers, other, 100));
    }

    /** @return what is made of an answer, which is ended where nothing can be */
    private Future<Answer> converted(AnswerConversions answers, Answer raw, long mostBytes) {
        return onContext(() -> answers.convert(raw, JSON, mostBytes)).onFailure(error -> raw.end());
    }

    /** @return entries of a stream as they have been read */
    private static Answer answer(Budget budget, String... payloads) {
        Parts parts = parts("s", payloads);
        Holding holding = new Holding(budget, new ReadTurns());
        holding.take(parts.bytes());
        return new Answer(parts, holding);
    }

    @Test
    void looksAtOneEntryOfEachStreamWhenTheTimeIsOver() {
        Conversions conversions = conversions(256, 0, 1 << 20);
        PullConversions pulls = pulls(conversions, 100, Duration.ofMillis(-1));
        List<String> streams = List.of("s", "t", "u");
        Catch raw = new Catch(cursors(0, 0, 0), 1000);
        raw.add(0, "s", List.of(entry(1, "[1]"), entry(2, "[2]")));
        raw.add(1, "t", List.of(entry(3, "broken"), entry(4, "[4]")));
        raw.add(2, "u", List.of(entry(5, "[5]"), entry(6, "[6]")));

        Catch converted = convert(pulls, raw, streams);

        assertThat(converted.parts().take().bytes()).containsExactly(Buffer.buffer("[1]"), Buffer.buffer("[5]"));
        assertThat(converted.cursors()).containsExactly(cursors(1, 3, 5));
    }

    @Test
    void givesWhatItHasRoomFor() {
        Conversions conversions = conversions(256, 0, 1 << 20);
        PullConversions pulls = pulls(conversions, 10, Duration.ofSeconds(5));
        Catch raw = new Catch(cursors(0), 1000);
        raw.add(0, "s", List.of(entry(1, "[1]"), entry(2, "[2]"), entry(3, "[3]"), entry(4, "[4]")));

        for (int i = 0; i < 3; i++) {
            Catch converted = convert(pulls, raw, List.of("s"));

            assertThat(converted.parts().size()).isEqualTo(3);
            assertThat(converted.cursors()).containsExactly(cursors(3));
        }
    }

    @Test
    void failsWhereItHasRoomForNothing() {
        Conversions conversions = conversions(256, 0, 1 << 20);
        PullConversions pulls = pulls(conversions, 2, Duration.ofSeconds(5));
        Catch raw = new Catch(cursors(0), 1000);
        raw.add(0, "s", List.of(entry(1, "broken"), entry(2, "[2]")));

        assertFails(
                Kind.BUSY,
                onContext(() -> pulls.convert(raw, List.of("s"), raw.emptied(cursors(0), List.of("s")), JSON)));
    }

    @Test
    void endsADeliveryAtItsLimit() {
        Conversions conversions = conversions(256, 0, 1 << 20);
        PullConversions pulls = pulls(conversions, 1000, Duration.ofSeconds(5));
        Catch raw = new Catch(cursors(0, 0), 6);
        raw.add(0, "s", List.of(entry(1, "1e1"), entry(2, "1e2")));
        raw.skipTo(1, new EntryId(9, 0));

        Catch converted = convert(pulls, raw, List.of("s", "t"));

        assertThat(converted.parts().take().bytes()).containsExactly(Buffer.buffer("10.0"));
        assertThat(converted.cursors()).containsExactly(cursors(1, 9));
    }

    private Conversions conversions(int mostWaiting, long keptBytes, long heldBytes) {
        Converting config = new Converting(1, mostWaiting, keptBytes, LIMITS);
        return on(() -> new Conversions(vertx, config, new Budget(heldBytes), metrics));
    }

    private PullConversions pulls(Conversions conversions, long heldBytes, Duration limit) {
        LeftOut leftOut = new LeftOut(metrics, System::nanoTime);
        return new PullConversions(conversions, leftOut, new Budget(heldBytes), limit);
    }

    private Catch convert(PullConversions pulls, Catch raw, List<String> streams) {
        EntryId[] before = raw.cursors().clone();
        Arrays.fill(before, EntryId.NONE);
        return onContext(() -> pulls.convert(raw, streams, raw.emptied(before, streams), JSON))
                .await();
    }

    private Future<Buffer> convert(Conversions conversions, Entry entry) {
        return onContext(() -> conversions.convert("s", entry, JSON));
    }

    private static Parts parts(String stream, String... payloads) {
        Parts parts = new Parts();
        for (int i = 0; i < payloads.length; i++) {
            parts.add(stream, entry(i + 1, payloads[i]));
        }
        return parts;
    }

    private static EntryId[] cursors(long... millis) {
        return Arrays.stream(millis).mapToObj(each -> new EntryId(each, 0)).toArray(EntryId[]::new);
    }

    private static Entry entry(long millis, String payload) {
        return new Entry(new EntryId(millis, 0), Buffer.buffer(payload));
    }

    private double count(String result) {
        return meters.counter("lyceum.stream.conversions", "result", result).count();
    }

    private <T> T on(Callable<T> work) {
        return onContext(() -> Future.succeededFuture(work.call())).await();
    }

    /** @return the answers to questions of which none is answered before the last one is asked */
    private <T> List<Future<T>> inOneTurn(Callable<List<Future<T>>> questions) {
        CountDownLatch asked = new CountDownLatch(1);
        vertx.createSharedWorkerExecutor(Conversions.THREADS, 1).executeBlocking(() -> {
            asked.await();
            return null;
        });
        List<Future<T>> answers = on(questions);
        asked.countDown();
        return answers;
    }

    private <T> Future<T> onContext(Callable<Future<T>> question) {
        Promise<T> answer = Promise.promise();
        context.runOnContext(turn -> Future.succeededFuture()
                .compose(begun -> {
                    try {
                        return question.call();
                    } catch (Exception e) {
                        return Future.failedFuture(e);
                    }
                })
                .onComplete(answer));
        return answer.future();
    }

    private static void assertFails(Kind kind, Future<?> answer) {
        assertThatThrownBy(answer::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
