package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.KeepPull;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.DeleteStreams;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.internal.StreamConfig.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers of live streams; many cases are those of fixtures/stream/ws_pull.json. */
class PullSessionsTest {

    private static final Limits SMALL = new Limits(5, 300_000, 64 << 20, 900_000, 8, 2_000, 3_000);

    private TestStream stream;

    @BeforeEach
    void start() {
        stream = new TestStream(SMALL);
        stream.appendWithIds("s", "1000-0", "e0", "s", "1001-0", "e1", "s", "1002-0", "e2", "s", "1003-0", "e3");
        stream.appendWithIds("t", "1000-5", "f0", "t", "1001-5", "f1", "t", "1002-5", "f2");
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "derived",
            value = {
                // streams, positions, latest, count, deliveries before the reader has to wait
                "s, 0, derived, 1, e0|e1|e2|e3",
                "s, 0, derived, 10, e0 e1 e2 e3",
                "s, 0, derived, 3, e0 e1 e2|e3",
                "s, 0, true, 1, e3",
                "s, 0, true, 2, e2 e3",
                "s, 0, true, 100, e0 e1 e2 e3",
                "s, 1001-0, derived, 1, e3",
                "s, 1001-0, false, 1, e2|e3",
                "s, 1001, derived, 1, e2|e3",
                "s, -, derived, 1, e3",
                "s, -, false, 1, e0|e1|e2|e3",
                "s, *, derived, 1, e3",
                "s, *, true, 1, e3",
                "s+t, 0, derived, 1, e0 f0|e1 f1|e2 f2|e3",
                "s+t, 0, derived, 2, e0 e1 f0 f1|e2 e3 f2",
                "s+t, 1002-0 1000-5, false, 1, e3 f1|f2",
                "s+t, -, derived, 1, e3 f2",
                "s+s, 0, derived, 1, e0|e1|e2|e3",
                "none+s, 0, derived, 1, e0|e1|e2|e3"
            })
    void givesWhatTheOriginalGives(String streams, String positions, Boolean latest, int count, String deliveries) {
        OpenedSession session = open(streams, positions, latest, count);

        for (String payloads : deliveries.split("\\|")) {
            assertThat(payloads(session)).containsExactly(payloads.split(" "));
        }
        assertWaits(session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$", "-", "*", "0"})
    void waitsForTheFirstEntryOfAStreamThatDoesNotExist(String position) {
        OpenedSession session = open("l1", position, null, 1);
        Future<PullEvent> waiting = ask(session);

        String id = stream.append("l1", "n0").ids().get(0);

        assertThat(entries(waiting, session)).containsExactly("l1 " + id + " n0");
        Future<PullEvent> waitingAgain = ask(session);
        stream.append("l1", "n1");
        assertThat(entries(waitingAgain, session)).hasSize(1);
    }

    @Test
    void losesNothingWhereNothingIsToBeSkipped() {
        OpenedSession session = open("l2", "$", false, 1);
        Future<PullEvent> waiting = ask(session);

        stream.append("l2", "n0", "n1", "n2");

        assertThat(payloads(waiting, session)).containsExactly("n0");
        assertThat(payloads(session)).containsExactly("n1");
        assertThat(payloads(session)).containsExactly("n2");
        assertWaits(session);
    }

    @Test
    void givesTheFirstNewEntryToAReaderThatWaitsAndThenTheNewest() {
        OpenedSession session = open("l3", "$", null, 1);
        Future<PullEvent> waiting = ask(session);

        stream.append("l3", "n0", "n1", "n2");

        assertThat(payloads(waiting, session)).containsExactly("n0");
        assertThat(payloads(session)).containsExactly("n2");
        assertWaits(session);
    }

    @Test
    void givesTheNewestToAReaderThatComesLate() {
        OpenedSession session = open("l3", "$", null, 2);

        OpenedSession witness = open("l3", "$", false, 1);
        stream.append("l3", "n0", "n1");
        stream.append("l3", "n2", "n3");

        for (String payload : List.of("n0", "n1", "n2", "n3")) {
            assertThat(payloads(witness)).containsExactly(payload);
        }
        assertThat(payloads(session)).containsExactly("n2", "n3");
        assertWaits(session);
    }

    @Test
    void givesNoEntryThatIsOlderThanNow() {
        OpenedSession session = open("l4", "$", null, 1);

        stream.appendWithIds("l4", "1000-0", "old");

        assertWaits(session);
    }

    @Test
    void movesAllStreamsForwardWithTheTimeKeeper() {
        OpenedSession byIndex = stream.openPull(order("s+t", "0", false, 1, "0", null, 0));
        OpenedSession byName = stream.openPull(order("s+t", "0", false, 1, "t", null, 0));

        for (String payloads : List.of("e0 f0", "e1 f1", "e2 f2", "e3")) {
            assertThat(payloads(byName)).containsExactly(payloads.split(" "));
        }
        assertWaits(byName);
        for (String payloads : List.of("e0 f0", "e1 f1", "e2 f2", "e3")) {
            assertThat(payloads(byIndex)).containsExactly(payloads.split(" "));
        }
        assertWaits(byIndex);
    }

    @Test
    void skipsWhatTheTimeKeeperHasPassed() {
        stream.appendWithIds("k", "2000-0", "k0");
        OpenedSession session = stream.openPull(order("k+s", "0 1000-0", false, 1, "k", null, 0));

        assertThat(payloads(session)).containsExactly("k0", "e1");
        assertWaits(session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "q"})
    void givesPairsOfOneBatchTogetherToAReaderThatWaits(String timeKeeper) {
        OpenedSession session = stream.openPull(order("p+q", "0", null, 1, timeKeeper, null, 0));

        for (int i = 1; i <= 10; i++) {
            Future<PullEvent> waiting = ask(session);
            stream.appendWithIds("p", i + "-0", "a" + i, "q", i + "-0", "b" + i);

            assertThat(payloads(waiting, session)).containsExactly("a" + i, "b" + i);
        }
        assertWaits(session);
    }

    @Test
    void endsWhenNothingCameForTooLong() {
        OpenedSession session = stream.openPull(order("s", "1002", null, 1, null, 100L, 0));

        assertThat(payloads(session)).containsExactly("e3");
        assertThat(stream.next(session).kind()).isEqualTo(PullSession.Kind.IDLE);
        assertFails(Kind.NOT_FOUND, ask(session));
    }

    @Test
    void keepsAnIntervalBetweenDeliveries() {
        OpenedSession session = stream.openPull(order("s", "0", null, 1, null, null, 150));
        long startNanos = System.nanoTime();

        for (String payload : List.of("e0", "e1", "e2")) {
            assertThat(payloads(session)).containsExactly(payload);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(9));
    }

    @Test
    void givesTheNewestAtTheEndOfAnInterval() {
        OpenedSession session = stream.openPull(order("s", "0", true, 1, null, null, 300));
        assertThat(payloads(session)).containsExactly("e3");
        Future<PullEvent> waiting = ask(session);

        stream.append("s", "early");
        stream.append("s", "late");

        assertThat(payloads(waiting, session)).containsExactly("late");
    }

    @Test
    void tellsNothingAfterHalfTheLease() {
        OpenedSession session = open("s", "$", null, 1);
        long startNanos = System.nanoTime();

        assertThat(stream.next(session).kind()).isEqualTo(PullSession.Kind.NOTHING);

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(PullSession.LEASE);
        stream.append("s", "x");
        assertThat(payloads(session)).containsExactly("x");
    }

    @Test
    void readsFromRedisWhatIsNotInTheRingAnyMore() {
        OpenedSession slow = open("r", "$", false, 7);
        OpenedSession skipping = open("r", "$", true, 20);
        List<String> numbers =
                IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        for (int i = 0; i < numbers.size(); i += 50) {
            stream.append("r", numbers.subList(i, i + 50).toArray(String[]::new));
        }

        List<String> read = new ArrayList<>();
        while (read.size() < 500) {
            read.addAll(payloads(slow));
        }

        assertThat(read).containsExactlyElementsOf(numbers);
        assertThat(payloads(skipping)).containsExactlyElementsOf(numbers.subList(480, 500));
        assertWaits(slow);
        assertWaits(skipping);
    }

    @Test
    void goesOnWhereEntriesAreGone() {
        OpenedSession slow = open("r", "$", false, 100);
        for (int i = 0; i < 100; i++) {
            stream.append("r", "x".repeat(100));
        }
        stream.redis(Command.XTRIM, "r", "MAXLEN", "3");

        assertThat(payloads(slow)).hasSizeBetween(3, 10);
        assertWaits(slow);
    }

    @Test
    void bringsALongEntryInParts() {
        String entry = "x".repeat(299_000);
        OpenedSession session = open("long", "0", null, 1);
        stream.redis(Command.XADD, "long", "*", "d", entry);

        assertThat(payloads(session)).containsExactly(entry);
    }

    @Test
    void bringsOneEntryThatIsLongerThanAllDeliveries() {
        String entry = "x".repeat(600_000);
        OpenedSession session = open("long", "0", null, 10);
        stream.redis(Command.XADD, "long", "*", "d", entry);
        stream.redis(Command.XADD, "long", "*", "d", "short");

        assertThat(payloads(session)).containsExactly(entry);
        assertThat(payloads(session)).containsExactly("short");
    }

    @Test
    void endsADeliveryAtItsLimits() {
        OpenedSession byBytes = open("long", "0", false, 10);
        OpenedSession byEntries = open("many", "0", false, 5000);
        for (int i = 0; i < 4; i++) {
            stream.append("long", "x".repeat(100_000));
        }
        for (int i = 0; i < 11; i++) {
            stream.append("many", IntStream.range(0, 98).mapToObj(n -> "").toArray(String[]::new));
        }

        assertThat(payloads(byBytes)).hasSize(3);
        assertThat(payloads(byBytes)).hasSize(1);
        assertThat(payloads(byEntries)).hasSize(StreamService.MOST_ENTRIES);
        assertThat(payloads(byEntries)).hasSize(11 * 98 - StreamService.MOST_ENTRIES);
    }

    @Test
    void refusesLongDeliveriesWhenItHoldsTooMuchAndSkipsNothing() {
        stream.redis(Command.XADD, "long", "*", "d", "x".repeat(500_000));
        OpenedSession first = open("long", "0", null, 1);
        OpenedSession second = open("long", "0", null, 1);

        PullEvent begun = stream.next(first);
        assertFails(Kind.BUSY, ask(second));

        stream.entries(begun.delivery(), first);
        assertThat(payloads(second)).hasSize(1);
    }

    @Test
    void givesBackWhatItHeldWhenASessionEnds() {
        stream.redis(Command.XADD, "long", "*", "d", "x".repeat(500_000));
        for (int i = 0; i < 4; i++) {
            OpenedSession session = open("long", "0", null, 1);
            assertThat(stream.next(session).delivery().more()).isTrue();
            close(session);
        }
    }

    @Test
    void readsAStreamThatWasDeletedAndBeginsAnew() {
        OpenedSession live = open("s", "*", false, 1);
        assertThat(payloads(live)).containsExactly("e3");
        stream.service.deleteStreams(new DeleteStreams(List.of("s"))).await();

        stream.appendWithIds("s", "500-0", "anew", "s", "1500-0", "behind");

        assertThat(payloads(open("s", "0", false, 10))).containsExactly("anew", "behind");
        assertThat(payloads(live)).containsExactly("behind");
    }

    @Test
    void givesUpANameThatIsOfSomethingElse() {
        OpenedSession doomed = open("doomed", "0", null, 1);
        OpenedSession other = open("other", "0", null, 1);
        Future<PullEvent> waiting = ask(doomed);
        stream.redis(Command.SET, "doomed", "text");
        Future<PullEvent> waitingToo = ask(other);

        // Redis says so only to the next question.
        open("third", "$", null, 1);

        assertFails(Kind.INVALID, waiting);
        stream.append("other", "x");
        assertThat(payloads(waitingToo, other)).containsExactly("x");
        assertThatThrownBy(() -> open("doomed", "0", null, 1))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
    }

    @ParameterizedTest
    @CsvSource({"bogus", "1-x", "''", "99999999999999999999"})
    void refusesAPositionThatIsNone(String position) {
        assertRefuses(order("s", position, null, 1, null, null, 0));
    }

    @Test
    void refusesWhatCannotBe() {
        assertRefuses(new OpenPull(List.of("s"), List.of(), null, 1, null, null, 0, null, null));
        assertRefuses(order("s", "0", null, 0, null, null, 0));
        assertRefuses(order("s+t", "0", null, 1, "zz", null, 0));
        assertRefuses(order("s+t", "0", null, 1, "9", null, 0));
        assertRefuses(order("s+t", "0", null, 1, "-1", null, 0));
        assertRefuses(order("s", "0", null, 1, null, -1L, 0));
        assertRefuses(order("s", "0", null, 1, null, null, -1));
    }

    @Test
    void refusesMoreSessionsThanItMayHave() {
        for (int i = 0; i < 4; i++) {
            open("s", "$", null, 1);
            assertRefuses(order("s", "bogus", null, 1, null, null, 0));
        }
        OpenedSession last = open("s", "$", null, 1);

        assertThatThrownBy(() -> open("s", "$", null, 1))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.BUSY));
        close(last);
        assertThat(open("s", "$", null, 1)).isNotNull();
    }

    @Test
    void refusesMoreStreamsThanMayHaveReaders() {
        OpenedSession seven = open("s1+s2+s3+s4+s5+s6+s7", "$", null, 1);

        assertFails(Kind.BUSY, stream.service.openPull(order("s7+s8+s9", "$", null, 1, null, null, 0)));

        assertThat(open("s7+s8", "$", null, 1)).isNotNull();
        close(seven);
        assertThat(open("s9", "$", null, 1)).isNotNull();
    }

    @Test
    void keepsASessionWhoseReaderWantsNothingYet() {
        OpenedSession session = open("s", "0", null, 1);
        PullSession pull = stream.pull(session);

        assertThat(pull.keepPull(new KeepPull(session.id())).await()).isNotNull();

        close(session);
        assertFails(Kind.NOT_FOUND, pull.keepPull(new KeepPull(session.id())));
    }

    @Test
    void answersOneQuestionAtATime() {
        OpenedSession session = open("s", "$", null, 1);
        Future<PullEvent> waiting = ask(session);

        assertFails(Kind.CONFLICT, ask(session));

        stream.append("s", "x");
        assertThat(payloads(waiting, session)).containsExactly("x");
    }

    @Test
    void tellsItsReadersThatItStops() {
        OpenedSession session = open("s", "$", null, 1);
        Future<PullEvent> waiting = ask(session);

        stream.undeploy();

        assertThat(waiting.await().kind()).isEqualTo(PullSession.Kind.STOPPED);
        assertFails(Kind.UNAVAILABLE, ask(session));
    }

    private OpenedSession open(String streams, String positions, Boolean latest, int count) {
        return stream.openPull(order(streams, positions, latest, count, null, null, 0));
    }

    private static OpenPull order(
            String streams,
            String positions,
            Boolean latest,
            int count,
            String timeKeeper,
            Long idleMillis,
            long intervalMillis) {
        return new OpenPull(
                List.of(streams.split("\\+")),
                List.of(positions.split(" ")),
                latest,
                count,
                timeKeeper,
                idleMillis,
                intervalMillis,
                null,
                null);
    }

    private Future<PullEvent> ask(OpenedSession session) {
        return stream.pull(session).readPull(new ReadPull(session.id()));
    }

    private void close(OpenedSession session) {
        stream.pull(session).closePull(new ClosePull(session.id())).await();
    }

    private List<String> payloads(OpenedSession session) {
        return payloads(ask(session), session);
    }

    private List<String> payloads(Future<PullEvent> answer, OpenedSession session) {
        return entries(answer, session).stream()
                .map(entry -> entry.split(" ", 3)[2])
                .toList();
    }

    private List<String> entries(Future<PullEvent> answer, OpenedSession session) {
        PullEvent event = answer.await();
        assertThat(event.kind()).isEqualTo(PullSession.Kind.DELIVERED);
        return stream.entries(event.delivery(), session);
    }

    /** The answer to a question from elsewhere would come behind that of one that finds something. */
    private void assertWaits(OpenedSession session) {
        Future<PullEvent> waiting = ask(session);
        stream.append("elsewhere", "x");
        assertThat(waiting.isComplete()).isFalse();
        close(session);
        assertThat(waiting.await().kind()).isEqualTo(PullSession.Kind.STOPPED);
    }

    private void assertRefuses(OpenPull order) {
        assertFails(Kind.INVALID, stream.service.openPull(order));
    }

    private static void assertFails(Kind kind, Future<?> answer) {
        assertThatThrownBy(answer::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
