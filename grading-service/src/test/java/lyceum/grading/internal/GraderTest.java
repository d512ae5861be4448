package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.Scored;
import lyceum.grading.HandInService.Started;
import lyceum.grading.HandInState;
import lyceum.grading.Text;
import lyceum.grading.internal.GradingConfig.Grading;
import lyceum.grading.internal.VerdictStore.ProcessEnd;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The queue: who takes what, who keeps it, and that there is one verdict whatever happens to graders. */
@TestInstance(Lifecycle.PER_CLASS)
class GraderTest {

    private static final Course ACCEPTED = new Course(
            new Verdict(HandInState.ACCEPTED, 80, Text.lazy("Your submission is accepted."), null, List.of()),
            new ProcessEnd(0, "out", "err"));

    private final TestStores stores = new TestStores();
    private final List<Scored> scored = new CopyOnWriteArrayList<>();
    private final List<Started> started = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GradingMetrics metrics = new GradingMetrics(registry);
    private Bus bus;

    @BeforeAll
    void start() {
        bus = new Bus(stores.vertx, Duration.ofSeconds(10));
        bus.listen(HandInService.SCORED, scored::add).await();
        bus.listen(HandInService.STARTED, started::add).await();
    }

    @AfterAll
    void stop() {
        stores.close();
    }

    @BeforeEach
    void clear() {
        stores.clear();
        scored.clear();
        started.clear();
    }

    private Grader grader(int atOnce, Function<Job, Future<Course>> grading) {
        return grader(atOnce(atOnce), (job, recalled) -> grading.apply(job));
    }

    private static Grading atOnce(int atOnce) {
        return new Grading(GradingMode.BUILTIN, atOnce, Duration.ofMinutes(1), List.of(), false);
    }

    private Grader grader(Grading config, Grader.Work work) {
        return new Grader(
                stores.vertx, stores.queue, stores.verdicts, new Announcements(bus, metrics), work, config, metrics);
    }

    private void awaitScored(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> scored.size() >= count);
    }

    @Test
    void gradesAllThatWaitsTheOldestFirst() {
        List<String> ids =
                IntStream.range(0, 8).mapToObj(i -> stores.handIn("s" + i)).toList();

        grader(1, job -> Future.succeededFuture(ACCEPTED)).take().await();

        awaitScored(8);
        assertThat(started).extracting(Started::id).containsExactlyElementsOf(ids);
        assertThat(scored).extracting(Scored::id).containsExactlyElementsOf(ids);
        StoredHandIn handIn = stores.find(ids.get(0));
        assertThat(handIn.state()).isEqualTo(HandInState.ACCEPTED);
        assertThat(handIn.score()).isEqualTo(80);
        assertThat(handIn.exitCode()).isZero();
        assertThat(handIn.stdout()).isEqualTo("out");
        assertThat(scored.get(0).finalScore()).isEqualTo(40);
    }

    @Test
    void gradesAsManyAtOnceAsItMay() {
        IntStream.range(0, 5).forEach(i -> stores.handIn("s" + i));
        List<Promise<Course>> going = new CopyOnWriteArrayList<>();

        grader(3, job -> {
                    Promise<Course> promise = Promise.promise();
                    going.add(promise);
                    return promise.future();
                })
                .take()
                .await();

        Awaitility.await().until(() -> going.size() == 3);
        going.get(1).complete(ACCEPTED);
        Awaitility.await().until(() -> going.size() == 4);
        new ArrayList<>(going).forEach(promise -> promise.tryComplete(ACCEPTED));
        Awaitility.await().until(() -> going.size() == 5);
        going.get(4).complete(ACCEPTED);
        awaitScored(5);
    }

    @Test
    void sharesTheQueueWithOthersSoThatEachIsGradedOnce() {
        Map<String, Integer> graded = new ConcurrentHashMap<>();
        IntStream.range(0, 40).forEach(i -> stores.handIn("s" + i));
        Function<Job, Future<Course>> grading = job -> {
            graded.merge(job.key().id(), 1, Integer::sum);
            return Future.succeededFuture(ACCEPTED);
        };

        List<Grader> graders =
                IntStream.range(0, 4).mapToObj(i -> grader(2, grading)).toList();
        Future.all(graders.stream().map(Grader::take).toList()).await();

        awaitScored(40);
        assertThat(graded).hasSize(40);
        assertThat(graded.values()).containsOnly(1);
    }

    @Test
    void takesOverWhatADeadGraderHeldAndDropsItsVerdict() {
        String id = stores.handIn("ada");
        Job held = stores.take("dead");
        assertThat(stores.queue.take("other", Duration.ofMinutes(1), List.of()).await())
                .isEmpty();

        stores.endLeases();
        stores.queue.reclaim().await();
        grader(1, job -> Future.succeededFuture(ACCEPTED)).take().await();
        awaitScored(1);

        assertThat(stores.verdicts
                        .finish(held, "dead", Verdict.BROKEN, ProcessEnd.NONE)
                        .await())
                .isEmpty();
        assertThat(stores.find(id).state()).isEqualTo(HandInState.ACCEPTED);
    }

    @Test
    void holdsOnToWhatItRenews() {
        stores.handIn("ada");
        Job slow = stores.take("slow");
        stores.endLeases();

        stores.queue.renew("slow", Duration.ofMinutes(1), List.of(slow.key())).await();

        assertThat(stores.queue.reclaim().await()).isZero();
    }

    @Test
    void givesUpWhatHasBroughtDownThreeGraders() {
        String id = stores.handIn("ada");
        for (int i = 0; i < 3; i++) {
            stores.take("doomed");
            stores.endLeases();
            stores.queue.reclaim().await();
        }

        AtomicInteger calls = new AtomicInteger();
        grader(1, job -> {
                    calls.incrementAndGet();
                    return Future.succeededFuture(ACCEPTED);
                })
                .take()
                .await();

        awaitScored(1);
        assertThat(calls).hasValue(0);
        assertThat(stores.find(id).result()).isEqualTo(Text.lazy("Internal server error."));
    }

    @Test
    void countsHandInsByWhatBecameOfThem() {
        stores.handIn("ada");
        stores.handIn("eve");
        double before = accepted();
        QueueStore.Census waiting = stores.queue.census().await();

        grader(1, job -> Future.succeededFuture(ACCEPTED)).take().await();

        awaitScored(2);
        assertThat(waiting.waiting()).isEqualTo(2);
        assertThat(waiting.oldestSeconds()).isPositive();
        assertThat(accepted() - before).isEqualTo(2);
        assertThat(registry.get("lyceum.grading.time").timer().count()).isPositive();
        assertThat(stores.queue.census().await().waiting()).isZero();
    }

    private double accepted() {
        return registry.get("lyceum.grading.graded")
                .tag("verdict", "accepted")
                .counter()
                .count();
    }

    @Test
    void gradesLaterWhatTheSandboxHasNoRoomFor() {
        String id = stores.handIn("ada");

        grader(1, job -> Future.failedFuture(new Failure(Kind.BUSY, "full")))
                .take()
                .await();

        Awaitility.await().until(() -> stores.find(id).state() == HandInState.PENDING && !started.isEmpty());
        assertThat(stores.queue.take("other", Duration.ofMinutes(1), List.of()).await())
                .isEmpty();
        Awaitility.await()
                .until(() -> stores.queue
                        .take("other", Duration.ofMinutes(1), List.of())
                        .await()
                        .isPresent());
    }

    @Test
    void triesThreeTimesWhatADefectHits() {
        String id = stores.handIn("ada");
        AtomicInteger calls = new AtomicInteger();
        Grader grader = grader(1, job -> {
            calls.incrementAndGet();
            return Future.failedFuture(new IllegalStateException("defect"));
        });

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            stores.hurry();
            grader.take().await();
            return !scored.isEmpty();
        });

        assertThat(calls).hasValue(3);
        assertThat(stores.find(id).result()).isEqualTo(Text.lazy("Internal server error."));
    }

    @Test
    void givesBackWhatItHoldsWhenItIsStopped() {
        String id = stores.handIn("ada");
        Promise<Course> never = Promise.promise();
        Grader grader = grader(1, job -> never.future());
        grader.take().await();
        Awaitility.await().until(() -> !started.isEmpty());

        grader.stop().await();

        assertThat(stores.take("next").key().id()).isEqualTo(id);
        never.complete(ACCEPTED);
        assertThat(stores.find(id).state()).isEqualTo(HandInState.RUNNING);
    }

    @Test
    void leavesToOthersWhatIsTheirs() {
        stores.handIn("ada");

        grader(
                        new Grading(GradingMode.BUILTIN, 1, Duration.ofMinutes(1), List.of(TestStores.HOMEWORK), false),
                        (job, recalled) -> Future.succeededFuture(ACCEPTED))
                .take()
                .await();
        grader(
                        new Grading(GradingMode.RUNNER, 1, Duration.ofMinutes(1), List.of(), false),
                        (job, recalled) -> Future.succeededFuture(ACCEPTED))
                .take()
                .await();

        assertThat(started).isEmpty();
    }

    /** As where the answer to taking it was lost, or it could not be given back. */
    @Test
    void leavesToItsLeaseWhatItHoldsByNameOnly() {
        String held = stores.handIn("ada");
        String lost = stores.handIn("bob");
        Grader grader = grader(atOnce(1), GraderTest::untilRecalled);
        grader.take().await();
        Awaitility.await().until(() -> !started.isEmpty());
        stores.holdAlso(lost, held);
        stores.endLeases();

        grader.renew().await();
        stores.queue.reclaim().await();

        assertThat(stores.find(held).state()).isEqualTo(HandInState.RUNNING);
        assertThat(stores.find(lost).state()).isEqualTo(HandInState.PENDING);
        grader.stop().await();
    }

    /** Work that goes on until it is recalled. */
    private static Future<Course> untilRecalled(Job job, Future<Void> recalled) {
        Promise<Course> stopped = Promise.promise();
        recalled.onComplete(any -> stopped.fail("its programs were killed"));
        return stopped.future();
    }

    @Test
    void stopsWhatNobodyWantsAnyMoreAndTakesTheNext() {
        String unwanted = stores.handIn("ada");
        String next = stores.handIn("bob");
        Grader grader = grader(
                atOnce(1),
                (job, recalled) -> job.key().id().equals(unwanted)
                        ? untilRecalled(job, recalled)
                        : Future.succeededFuture(ACCEPTED));
        grader.take().await();
        Awaitility.await().until(() -> !started.isEmpty());

        stores.handIns.cancel(unwanted, "ada").await();
        grader.recall(unwanted, 0);
        assertThat(stores.find(next).state()).isEqualTo(HandInState.PENDING);
        grader.recall(unwanted, 1);

        awaitScored(1);
        assertThat(scored).extracting(Scored::id).containsExactly(next);
        assertThat(stores.find(unwanted).state()).isEqualTo(HandInState.REJECTED);
        assertThat(stores.find(unwanted).result()).isEqualTo(Text.lazy("Submission withdrawn by its author."));
    }

    /** As where the process stood still for longer than a lease. */
    @Test
    void goesOnWithWhatItHasLostAndTakesAgain() {
        stores.handIn("ada");
        List<Promise<Course>> going = new CopyOnWriteArrayList<>();
        Grader grader = grader(2, job -> {
            Promise<Course> promise = Promise.promise();
            going.add(promise);
            return promise.future();
        });
        grader.take().await();

        stores.endLeases();
        stores.queue.reclaim().await();
        grader.take().await();
        stores.endLeases();
        grader.renew().await();

        assertThat(stores.queue.reclaim().await()).isZero();
        assertThat(going).hasSize(1);
        going.get(0).complete(ACCEPTED);
        awaitScored(1);
        assertThat(scored).hasSize(1);
    }

    @Test
    void gradesAnewWhatItTakesAgainWhileItStopsIt() {
        stores.handIn("ada");
        Promise<Course> stopping = Promise.promise();
        List<Future<Void>> recalls = new CopyOnWriteArrayList<>();
        Grader grader = grader(atOnce(2), (job, recalled) -> {
            recalls.add(recalled);
            return recalls.size() == 1 ? stopping.future() : Future.succeededFuture(ACCEPTED);
        });
        grader.take().await();
        stores.endLeases();
        stores.queue.reclaim().await();
        grader.renew().await();
        assertThat(recalls).singleElement().matches(Future::isComplete);

        grader.take().await();
        assertThat(recalls).hasSize(1);
        stopping.fail("its programs were killed");

        awaitScored(1);
        assertThat(recalls).hasSize(2);
    }

    @Test
    void findsOutWhatItHasLostWhenItRenews() {
        String cancelled = stores.handIn("ada");
        String kept = stores.handIn("bob");
        List<String> recalls = new CopyOnWriteArrayList<>();
        Grader grader = grader(atOnce(2), (job, recalled) -> {
            recalled.onComplete(any -> recalls.add(job.key().id()));
            return untilRecalled(job, recalled);
        });
        grader.take().await();
        Awaitility.await().until(() -> started.size() == 2);

        stores.handIns.cancel(cancelled, null).await();
        grader.renew().await();

        assertThat(recalls).containsExactly(cancelled);
        assertThat(stores.find(kept).state()).isEqualTo(HandInState.RUNNING);
        grader.stop().await();
    }

    @Test
    void endsOnceWhenItIsCancelledWhileItsVerdictComes() {
        for (int i = 0; i < 20; i++) {
            String id = stores.handIn("s" + i);
            Job job = stores.take("grader");

            Future<Optional<Ended>> verdict =
                    stores.verdicts.finish(job, "grader", ACCEPTED.verdict(), ACCEPTED.process());
            Future<Optional<Ended>> cancelled = stores.handIns.cancel(id, "s" + i);

            Future.all(verdict, cancelled).await();
            assertThat(verdict.result().isPresent())
                    .isNotEqualTo(cancelled.result().isPresent());
            assertThat(stores.find(id).state())
                    .isEqualTo(verdict.result().isPresent() ? HandInState.ACCEPTED : HandInState.REJECTED);
        }
    }
}
