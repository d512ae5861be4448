package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.ClosePush;
import lyceum.stream.PushSession.EntryHead;
import lyceum.stream.PushSession.PushFrame;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.StreamService.Refusal;
import lyceum.stream.StreamService.Stored;
import lyceum.stream.internal.StreamConfig.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that push, at the instance that holds them. */
class PushSessionsTest {

    private static final int MESSAGE_BYTES = 8 << 20;
    private static final int HELD_BYTES = 12 << 20;
    private static final Limits SMALL = new Limits(3, MESSAGE_BYTES, 64 << 20, HELD_BYTES, 100, 8 << 20, 64 << 20);

    private TestStream stream;
    private OpenedSession session;
    private PushSession push;

    @BeforeEach
    void start() {
        stream = new TestStream(SMALL);
        session = open();
        push = stream.push(session);
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void storesEachFrameAndTellsItsIds() {
        assertThat(push(0, "p", "one").await().ids()).hasSize(1);
        assertThat(push(1, "p", "two", "", "six").await().ids()).hasSize(3);
        assertThat(push(2, "p").await()).isEqualTo(new Stored(List.of(), List.of()));

        assertThat(payloads("p")).containsExactly("one", "two", "", "six");
    }

    @Test
    void storesEntriesOfManyStreamsWithTheirOwnIds() {
        List<EntryHead> heads = List.of(new EntryHead("a", "1700000000000-0", 3), new EntryHead("b", "1-*", 3));

        Stored stored = push(0, heads, Buffer.buffer("onetwo"), false).await();

        assertThat(stored.ids()).containsExactly("1700000000000-0", "1-0");
        assertThat(payloads("b")).containsExactly("two");
    }

    @Test
    void keepsTheOrderOfFramesThatAreSentWithoutWaiting() {
        List<Future<Stored>> answers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            if (answers.size() >= PushSession.WINDOW_FRAMES) {
                answers.get(i - PushSession.WINDOW_FRAMES).await();
            }
            answers.add(push(i, "p", Integer.toString(i)));
        }
        Future.all(answers).await();

        assertThat(payloads("p"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(Integer::toString).toList());
    }

    @Test
    void joinsTheFramesOfALongMessage() {
        String longest = "x".repeat(MESSAGE_BYTES - 10);
        List<EntryHead> heads = List.of(head("p", 3), head("p", longest.length()), head("p", 0), head("p", 7));
        Buffer bytes = Buffer.buffer("one" + longest + "seventh");
        int number = 0;
        Stored stored = null;
        for (int at = 0; at < bytes.length(); at += StreamService.PIECE_BYTES) {
            int end = Math.min(bytes.length(), at + StreamService.PIECE_BYTES);
            List<EntryHead> some = at == 0 ? heads : List.of();
            stored = push(number++, some, bytes.getBuffer(at, end), end < bytes.length())
                    .await();
        }

        assertThat(stored.ids()).hasSize(4);
        assertThat(payloads("p")).containsExactly("one", longest, "", "seventh");
    }

    @Test
    void showsNothingOfAMessageBeforeItIsWhole() {
        Stored begun =
                push(0, List.of(head("p", 3)), Buffer.buffer("one"), true).await();

        assertThat(begun.ids()).isEmpty();
        assertThat(payloads("p")).isEmpty();

        push(1, List.of(head("p", 3)), Buffer.buffer("two"), false).await();
        assertThat(payloads("p")).containsExactly("one", "two");
    }

    @Test
    void goesOnBehindAnEntryThatRedisRefuses() {
        push(0, List.of(new EntryHead("p", "5-0", 1)), Buffer.buffer("a"), false)
                .await();

        Stored refused = push(1, List.of(new EntryHead("p", "4-0", 1)), Buffer.buffer("b"), false)
                .await();

        assertThat(refused.refused()).containsExactly(new Refusal(0, "id 4-0 is not behind the last one of p"));
        assertThat(push(2, "p", "c").await().ids()).hasSize(1);
    }

    @Test
    void takesIdsFromFrames() {
        OpenedSession holo = stream.service.openPush(new OpenPush(true)).await();
        Buffer frame = Buffer.buffer(new byte[] {3, 0})
                .appendLongLE(1_700_000_000_123L)
                .appendString("rest");

        Stored stored = stream.push(holo)
                .pushFrame(new PushFrame(holo.id(), 0, List.of(head("main", frame.length())), frame, false))
                .await();

        assertThat(stored.ids()).containsExactly("1700000000123-0");
    }

    @Test
    void breaksWhereAFrameIsNotTheNextOne() {
        assertFails(Kind.CONFLICT, push(1, "p", "x"));
        assertFails(Kind.CONFLICT, push(0, "p", "x"));
        assertThat(payloads("p")).isEmpty();
    }

    @Test
    void breaksWhereAnIdIsNone() {
        assertFails(Kind.INVALID, push(0, List.of(new EntryHead("p", "bogus", 1)), Buffer.buffer("a"), false));
        assertFails(Kind.INVALID, push(1, "p", "x"));
    }

    @Test
    void breaksWhereAFrameIsTooLong() {
        int tooLong = StreamService.PIECE_BYTES + 1;

        assertFails(Kind.INVALID, push(0, List.of(head("p", tooLong)), bytes(tooLong), false));
    }

    @Test
    void breaksWhereBytesAndEntriesDoNotFit() {
        assertFails(Kind.INVALID, push(0, List.of(head("p", 2)), bytes(3), false));
        assertFails(Kind.INVALID, onNew(List.of(head("p", 3)), bytes(2), false));
        assertFails(Kind.INVALID, onNew(List.of(head("p", 2)), bytes(3), true));
        assertFails(Kind.INVALID, onNew(List.of(head("p", -2)), bytes(0), false));
    }

    @Test
    void givesTheLastEntryWhatTheMessageStillHas() {
        Stored whole = push(0, List.of(head("p", 3), head("p", PushSession.OPEN)), Buffer.buffer("onetwo"), false)
                .await();
        push(1, List.of(head("p", PushSession.OPEN)), Buffer.buffer("thr"), true)
                .await();
        push(2, List.of(), Buffer.buffer("ee"), false).await();
        push(3, List.of(head("p", PushSession.OPEN)), Buffer.buffer(), false).await();

        assertThat(whole.ids()).hasSize(2);
        assertThat(payloads("p")).containsExactly("one", "two", "three", "");
    }

    @Test
    void breaksWhereAnotherEntryThanTheLastIsOpen() {
        assertFails(
                Kind.INVALID,
                onNew(List.of(head("p", PushSession.OPEN), head("p", 1)), Buffer.buffer("onetwo"), false));
    }

    @Test
    void givesAnOpenEntryWhatComesBeforeTheNextOne() {
        push(0, List.of(head("p", 3), head("p", PushSession.OPEN)), Buffer.buffer("onet"), true)
                .await();
        push(1, List.of(), Buffer.buffer("w"), true).await();
        push(2, List.of(), Buffer.buffer("o"), true).await();
        push(3, List.of(head("p", 0), head("p", PushSession.OPEN)), Buffer.buffer("three"), true)
                .await();
        Stored whole =
                push(4, List.of(head("p", 4)), Buffer.buffer("four"), false).await();

        assertThat(whole.ids()).hasSize(5);
        assertThat(payloads("p")).containsExactly("one", "two", "", "three", "four");
    }

    @Test
    void breaksWhereAnEntryBeginsBeforeTheOnesBeforeItAreWhole() {
        push(0, List.of(head("p", 3), head("p", PushSession.OPEN)), Buffer.buffer("on"), true)
                .await();

        assertFails(Kind.INVALID, push(1, List.of(head("p", 1)), Buffer.buffer("e"), true));
    }

    @Test
    void breaksWhereAnOpenMessageIsTooShortOrTooLong() {
        List<EntryHead> heads = List.of(head("p", 3), head("p", PushSession.OPEN));
        assertFails(Kind.INVALID, onNew(heads, bytes(2), false));

        push(0, heads, bytes(StreamService.PIECE_BYTES), true).await();
        int last = MESSAGE_BYTES / StreamService.PIECE_BYTES;
        for (int i = 1; i < last; i++) {
            push(i, List.of(), bytes(StreamService.PIECE_BYTES), true).await();
        }
        assertFails(Kind.INVALID, push(last, List.of(), bytes(1), false));
    }

    @Test
    void breaksWhereAMessageIsTooLong() {
        assertFails(Kind.INVALID, push(0, List.of(head("p", MESSAGE_BYTES + 1)), bytes(1), true));
        assertFails(
                Kind.INVALID,
                onNew(List.of(head("p", Integer.MAX_VALUE), head("p", Integer.MAX_VALUE)), bytes(1), true));
    }

    @Test
    void breaksWhereAMessageHasTooManyEntries() {
        List<EntryHead> most = Collections.nCopies(PushSession.MESSAGE_ENTRIES, head("p", 0));

        push(0, most, bytes(0), true).await();

        assertFails(Kind.INVALID, push(1, List.of(head("p", 0)), bytes(0), false));
    }

    @Test
    void storesAsManyEntriesAsAMessageMayHave() {
        List<EntryHead> most = IntStream.range(0, PushSession.MESSAGE_ENTRIES)
                .mapToObj(i -> head("s" + i, 1))
                .toList();

        assertThat(push(0, most, bytes(PushSession.MESSAGE_ENTRIES), false)
                        .await()
                        .ids())
                .hasSize(PushSession.MESSAGE_ENTRIES)
                .doesNotContain("");
    }

    @Test
    void breaksBeyondTheWindow() {
        List<Future<Stored>> answers = IntStream.range(0, 10 * PushSession.WINDOW_FRAMES)
                .mapToObj(i ->
                        push(i, List.of(head("p", StreamService.PIECE_BYTES)), bytes(StreamService.PIECE_BYTES), false))
                .toList();
        Future.join(answers).otherwiseEmpty().await();

        int stored = (int) answers.stream().filter(Future::succeeded).count();
        assertThat(stored).isLessThan(answers.size()).isPositive();
        assertThat(answers.subList(0, stored)).allMatch(Future::succeeded);
        assertFails(Kind.BUSY, answers.get(stored));
        assertThat(payloads("p")).hasSize(stored);
    }

    @Test
    void refusesMessagesWhenItHoldsTooMuch() {
        List<OpenedSession> sessions = List.of(session, open(), open());
        List<Future<Stored>> answers = new ArrayList<>();
        for (int frame = 0; frame < 20; frame++) {
            for (OpenedSession each : sessions) {
                List<EntryHead> heads = frame == 0 ? List.of(head("p", MESSAGE_BYTES)) : List.of();
                answers.add(stream.push(each)
                        .pushFrame(new PushFrame(each.id(), frame, heads, bytes(StreamService.PIECE_BYTES), true)));
            }
        }
        Future.join(answers).otherwiseEmpty().await();

        // What is taken beside the bytes is less than one more frame.
        int held = HELD_BYTES / 4 * 3 / StreamService.PIECE_BYTES - 1;
        assertThat(answers.subList(0, held)).allMatch(Future::succeeded);
        assertFails(Kind.BUSY, answers.get(held));
    }

    @Test
    void leavesRoomForWholeMessagesBesideThoseThatAreNot() {
        beginMessage(open(), 31);
        beginMessage(open(), 16);

        assertThat(stream.append("other", "x".repeat(StreamService.PIECE_BYTES)).refused())
                .isEmpty();
    }

    @Test
    void givesBackWhatItHeldWhenASessionEnds() {
        for (int i = 0; i < 3; i++) {
            OpenedSession each = open();
            beginMessage(each, 32);
            close(each);
        }
        assertThat(push(0, "p", "x").await().ids()).hasSize(1);
    }

    @Test
    void refusesMoreSessionsThanItMayHave() {
        open();
        OpenedSession last = open();
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.BUSY));

        close(last);
        assertThat(open().id()).isNotEmpty();
    }

    @Test
    void storesWhatItHasTakenBeforeItStops() {
        List<Future<Stored>> answers = IntStream.range(0, PushSession.WINDOW_FRAMES)
                .mapToObj(i -> push(i, "p", Integer.toString(i)))
                .toList();

        stream.undeploy();

        assertThat(Future.all(answers).await().<Stored>list())
                .allMatch(stored -> stored.ids().size() == 1);
        assertThat(payloads("p")).hasSize(PushSession.WINDOW_FRAMES);
        assertFails(Kind.UNAVAILABLE, push(PushSession.WINDOW_FRAMES, "p", "late"));
    }

    @Test
    void tellsThoseWhoPushAtOnceThatItStops() {
        PushSessions stopping = new PushSessions(stream.vertx, null, new Budget(HELD_BYTES), PushSession.LEASE, SMALL);
        String id = stopping.open(new OpenPush(false)).await();

        stopping.stop();

        assertFails(Kind.NOT_FOUND, stopping.pushFrame(new PushFrame(id, 0, List.of(head("p", 1)), bytes(1), false)));
        assertFails(Kind.UNAVAILABLE, stopping.open(new OpenPush(false)));
    }

    @Test
    void knowsNoSessionThatIsOverOrNeverWas() {
        close(session);
        close(session);

        assertFails(Kind.NOT_FOUND, push(0, "p", "x"));
    }

    /** Whoever is refused gives back what it has. */
    private void beginMessage(OpenedSession each, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            List<EntryHead> heads = frame == 0 ? List.of(head("p", MESSAGE_BYTES)) : List.of();
            stream.push(each)
                    .pushFrame(new PushFrame(each.id(), frame, heads, bytes(StreamService.PIECE_BYTES), true))
                    .otherwiseEmpty()
                    .await();
        }
    }

    private OpenedSession open() {
        return stream.service.openPush(new OpenPush(false)).await();
    }

    private void close(OpenedSession over) {
        stream.push(over).closePush(new ClosePush(over.id())).await();
    }

    private Future<Stored> push(long number, String name, String... payloads) {
        List<EntryHead> heads = Arrays.stream(payloads)
                .map(payload -> head(name, payload.length()))
                .toList();
        return push(number, heads, Buffer.buffer(String.join("", payloads)), false);
    }

    private Future<Stored> push(long number, List<EntryHead> heads, Buffer bytes, boolean more) {
        return push.pushFrame(new PushFrame(session.id(), number, heads, bytes, more));
    }

    /** Pushes a first frame in a session of its own, which is closed again. */
    private Future<Stored> onNew(List<EntryHead> heads, Buffer bytes, boolean more) {
        OpenedSession other = open();
        Future<Stored> answer = stream.push(other).pushFrame(new PushFrame(other.id(), 0, heads, bytes, more));
        answer.otherwiseEmpty().await();
        close(other);
        return answer;
    }

    private static EntryHead head(String name, int length) {
        return new EntryHead(name, null, length);
    }

    private static Buffer bytes(int length) {
        return Buffer.buffer(new byte[length]);
    }

    private List<String> payloads(String name) {
        List<String> payloads = new ArrayList<>();
        stream.redis(Command.XRANGE, name, "-", "+")
                .forEach(entry -> payloads.add(entry.get(1).get(1).toString()));
        return payloads;
    }

    private static void assertFails(Kind kind, Future<?> answer) {
        assertThatThrownBy(answer::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
