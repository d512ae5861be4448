package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.Collections;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Append;
import lyceum.stream.StreamService.AppendedFact;
import lyceum.stream.StreamService.CreatedFact;
import lyceum.stream.StreamService.DeleteStreams;
import lyceum.stream.StreamService.NewEntry;
import lyceum.stream.StreamService.Refusal;
import lyceum.stream.StreamService.Stored;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that are appended in one order, and what other programs find in Redis. */
class AppendTest {

    private TestStream stream;

    @BeforeEach
    void start() {
        stream = new TestStream();
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void keepsEntriesUnderTheNameOfTheStreamInFieldD() {
        Stored stored = stream.append("h2", "hello", "", "\u0000\u00ff");

        Response entries = stream.redis(Command.XRANGE, "h2", "-", "+");
        assertThat(stored.refused()).isEmpty();
        assertThat(entries).extracting(entry -> entry.get(0).toString()).containsExactlyElementsOf(stored.ids());
        assertThat(entries).allSatisfy(entry -> assertThat(entry.get(1).get(0)).hasToString("d"));
        assertThat(entries)
                .extracting(entry -> entry.get(1).get(1).toString())
                .containsExactly("hello", "", "\u0000\u00ff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"18446744073709551615-18446744073709551615", "18446744073709551615-*", "9999999999999"})
    void takesNoIdOfAFarFutureInAStreamOfEvents(String id) {
        assertThatThrownBy(() -> stream.appendWithIds("event:recording:id", id, "x"))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.INVALID);
                    assertThat(failure).hasMessageContaining(id).hasMessageContaining("event:recording:id");
                });

        assertThat(stream.appendWithIds("other", id, "x").ids()).hasSize(1);
        assertThat(stream.append("event:recording:id", "x").refused()).isEmpty();
    }

    @Test
    void takesNoTimeOfAFarFutureFromAFrameOfAStreamOfEvents() {
        Buffer frame =
                Buffer.buffer(new byte[] {3, 0}).appendLongLE(Long.MAX_VALUE).appendString("rest");

        assertThatThrownBy(() -> stream.service
                        .append(new Append(List.of(new NewEntry("event:recipe:id", null, frame)), true))
                        .await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    void takesIdsOfToday() {
        long soonMillis = System.currentTimeMillis() + 3_600_000;

        assertThat(stream.appendWithIds("event:x", soonMillis + "-5", "x").ids())
                .containsExactly(soonMillis + "-5");
        assertThat(stream.append("event:x", "y").refused()).isEmpty();
    }

    @Test
    void appendsToManyStreamsAtOnce() {
        Stored stored = stream.appendWithIds("p8", "1700000000000-0", "one", "p9", "1700000000001-5", "two");

        assertThat(stored.ids()).containsExactly("1700000000000-0", "1700000000001-5");
        assertThat(stream.redis(Command.XLEN, "p8").toInteger()).isOne();
    }

    @Test
    void takesEveryFormOfAnId() {
        Stored chosen = stream.appendWithIds(
                "p", "1700000000002", "a", "p", "1700000000003-*", "b", "p", "1700000000003-*", "c");
        Stored ofServer = stream.appendWithIds("p", null, "a", "p", "0", "b", "p", "", "c", "p", "*", "d");

        assertThat(chosen.ids()).containsExactly("1700000000002-0", "1700000000003-0", "1700000000003-1");
        assertThat(ofServer.ids()).doesNotHaveDuplicates().allMatch(id -> id.compareTo("1700000000003-1") > 0);
    }

    /** There is no 0-0. */
    @Test
    void beginsWithSequenceNumber1AtTime0() {
        assertThat(stream.appendWithIds("p", "0-*", "a", "p", "0-*", "b").ids()).containsExactly("0-1", "0-2");
    }

    @Test
    void findsTheNextSequenceNumberBehindADeletedEntry() {
        stream.appendWithIds("p", "5-7", "a");
        stream.redis(Command.XDEL, "p", "5-7");

        assertThat(stream.appendWithIds("p", "5-*", "b").ids()).containsExactly("5-8");
    }

    @Test
    void tellsWhichEntriesAreRefusedAndStoresTheOthers() {
        stream.appendWithIds("p", "1700000000000-0", "a");
        stream.redis(Command.SET, "text", "x");

        Stored stored = stream.appendWithIds(
                "other",
                "1700000000000-0",
                "one",
                "p",
                "1600000000000-0",
                "two",
                "p",
                "1600000000000-*",
                "three",
                "text",
                null,
                "four",
                "p",
                "0-0",
                "five",
                "other",
                "1700000000000-1",
                "six");

        assertThat(stored.ids()).containsExactly("1700000000000-0", "", "", "", "", "1700000000000-1");
        assertThat(stored.refused())
                .containsExactly(
                        new Refusal(1, "id 1600000000000-0 is not behind the last one of p"),
                        new Refusal(2, "id 1600000000000 is not behind the last one of p"),
                        new Refusal(3, "text is no stream"),
                        new Refusal(4, "id 0-0 is not behind the last one of p"));
    }

    /** One entry of a stream that is known goes to Redis without a transaction. */
    @ParameterizedTest
    @ValueSource(strings = {"1600000000000-0", "1600000000000-*", "0-0"})
    void tellsThatTheOnlyEntryIsRefused(String id) {
        stream.appendWithIds("p", "1700000000000-0", "a");

        Stored stored = stream.appendWithIds("p", id, "b");

        assertThat(stored.ids()).containsExactly("");
        assertThat(stored.refused())
                .containsExactly(
                        new Refusal(0, "id %s is not behind the last one of p".formatted(id.replace("-*", ""))));
        assertThat(stream.appendWithIds("p", "1700000000000-1", "c").ids()).containsExactly("1700000000000-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "1700000000000-*"})
    void tellsThatAStreamHasBecomeSomethingElse(String id) {
        stream.append("p", "a");
        stream.redis(Command.SET, "p", "x");

        assertThat(stream.appendWithIds("p", id, "b").refused()).containsExactly(new Refusal(0, "p is no stream"));
    }

    @Test
    void failsWhereRedisTakesNothing() {
        stream.append("p", "a");
        stream.redis(Command.CONFIG, "SET", "maxmemory", "1");
        try {
            assertFails(Kind.UNAVAILABLE, () -> stream.append("p", "alone"));
            assertFails(Kind.UNAVAILABLE, () -> stream.append("p", "one", "two"));
        } finally {
            stream.redis(Command.CONFIG, "SET", "maxmemory", "0");
        }
        assertThat(stream.append("p", "b").refused()).isEmpty();
        assertThat(stream.redis(Command.XLEN, "p").toInteger()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bogus", "-", "1-", "-1", "1-2-3", "1.5", "99999999999999999999", "1-99999999999999999999", "$"})
    void refusesAnIdThatIsNone(String id) {
        assertFails(Kind.INVALID, () -> stream.appendWithIds("p", "1-1", "a", "p", id, "b"));
        assertThat(stream.redis(Command.EXISTS, "p").toInteger()).isZero();
    }

    @Test
    void takesIdsFromTheTimeOfHoloLensFrames() {
        Buffer frame = Buffer.buffer(new byte[] {2, 0}).appendLongLE(1_700_000_000_123L);

        Stored stored = stream.service
                .append(new Append(List.of(new NewEntry("main", null, frame)), true))
                .await();

        assertThat(stored.ids()).containsExactly("1700000000123-0");
        assertFails(Kind.INVALID, () -> appendFrame(Buffer.buffer("abc")));
        assertFails(Kind.INVALID, () -> appendFrame(Buffer.buffer("no frame at all")));
        assertFails(Kind.INVALID, () -> appendFrame(Buffer.buffer("{\"a\":1}")));
    }

    @Test
    void givesAnIdToFramesThatTellNoTime() {
        Buffer sound = Buffer.buffer().appendIntLE(44_100).appendIntLE(1).appendLongLE(5);
        Buffer hand = Buffer.buffer("{\"left\":{},\"right\":{}}");
        Buffer noTime = Buffer.buffer(new byte[] {3, 0}).appendLongLE(0);

        for (Buffer frame : List.of(sound, hand, noTime)) {
            assertThat(appendFrame(frame).refused()).isEmpty();
        }

        assertThat(stream.redis(Command.XLEN, "main").toInteger()).isEqualTo(3);
    }

    @Test
    void keepsAboutAThousandEntries() {
        for (int i = 0; i < 13; i++) {
            stream.append("ml", Collections.nCopies(100, "abcd").toArray(String[]::new));
        }

        assertThat(stream.redis(Command.XLEN, "ml").toInteger()).isBetween(1000, 1099);
    }

    @Test
    void takesNothingThatIsEmpty() {
        assertThat(stream.append("p")).isEqualTo(new Stored(List.of(), List.of()));
    }

    @Test
    void refusesMoreThanOneOrderMayHave() {
        String[] most = Collections.nCopies(StreamService.MOST_ENTRIES, "").toArray(String[]::new);
        String[] tooMany =
                Collections.nCopies(StreamService.MOST_ENTRIES + 1, "").toArray(String[]::new);

        assertThat(stream.append("p", most).ids()).hasSize(StreamService.MOST_ENTRIES);
        assertFails(Kind.INVALID, () -> stream.append("p", tooMany));
        assertThat(stream.append("p", "x".repeat(StreamService.PIECE_BYTES)).ids())
                .hasSize(1);
        assertFails(Kind.INVALID, () -> stream.append("p", "x".repeat(StreamService.PIECE_BYTES), "y"));
    }

    @Test
    void tellsOfANewStreamOnceAlsoAfterItWasDeleted() {
        Facts<CreatedFact> created = new Facts<>(stream.bus, StreamService.CREATED);
        stream.redis(Command.XADD, "old", "*", "d", "x");

        stream.append("old", "1");
        stream.append("new", "1", "2");
        stream.append("new", "3");
        stream.service.deleteStreams(new DeleteStreams(List.of("new"))).await();
        stream.append("new", "4");

        assertThat(created.await(2)).containsExactly(new CreatedFact("new"), new CreatedFact("new"));
    }

    @Test
    void tellsInSumsWhatWasAppended() {
        Facts<AppendedFact> appended = new Facts<>(stream.bus, StreamService.APPENDED);

        stream.append("a", "12", "345");
        stream.append("b", "1");
        String last = stream.append("a", "6").ids().get(0);

        assertThat(appended.await(2)).hasSize(2).contains(new AppendedFact("a", 3, 6, last));
    }

    private Stored appendFrame(Buffer frame) {
        return stream.service
                .append(new Append(List.of(new NewEntry("main", null, frame)), true))
                .await();
    }

    private static void assertFails(Kind kind, Runnable order) {
        assertThatThrownBy(order::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
