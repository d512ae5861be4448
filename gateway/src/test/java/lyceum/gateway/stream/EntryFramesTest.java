package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lyceum.gateway.stream.EntryFrames.Frame;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.EntryHead;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.NewEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries made into frames of a push session. */
class EntryFramesTest {

    private static final int MESSAGE_BYTES = 1 << 20;
    private static final int PIECE = StreamService.PIECE_BYTES;

    private final Messages messages = new Messages();
    private final List<Buffer> sent = new ArrayList<>();

    @Test
    void holdsFewEntriesUntilTheEnd() {
        EntryFrames frames = new EntryFrames(true, MESSAGE_BYTES, messages::take);
        add(frames, "a", 3);
        add(frames, "b", 0);
        add(frames, "a", PIECE - 3);

        assertThat(frames.few().orElseThrow())
                .containsExactly(
                        new NewEntry("a", null, sent.get(0)),
                        new NewEntry("b", null, sent.get(1)),
                        new NewEntry("a", null, sent.get(2)));
        assertThat(messages.whole).isEmpty();
    }

    @Test
    void hasNoFewEntriesWhereTheyAreTooManyOrTooLong() {
        EntryFrames many = new EntryFrames(true, MESSAGE_BYTES, messages::take);
        for (int i = 0; i < StreamService.MOST_ENTRIES; i++) {
            add(many, "s", 1);
        }
        assertThat(many.few()).isPresent();
        add(many, "s", 1);
        assertThat(many.few()).isEmpty();

        EntryFrames tooLong = new EntryFrames(true, MESSAGE_BYTES, messages::take);
        add(tooLong, "s", PIECE + 1);
        assertThat(tooLong.few()).isEmpty();
    }

    @Test
    void makesOneMessageOfWhatIsKnownToFit() {
        EntryFrames frames = new EntryFrames(true, MESSAGE_BYTES, messages::take);

        addAll(frames, 10, 300_000, 300_000, PIECE, 0, 0, 100_000, 5);

        assertThat(messages.whole).hasSize(1);
        assertSent();
    }

    @Test
    void beginsAMessageWithEachLongEntryWhereNothingIsKnown() {
        EntryFrames frames = new EntryFrames(false, MESSAGE_BYTES, messages::take);

        addAll(frames, 10, 20, MESSAGE_BYTES, 5, MESSAGE_BYTES - 5, MESSAGE_BYTES, PIECE, 7);

        assertSent();
        assertThat(messages.whole).extracting(List::size).containsExactly(2, 1, 1, 1, 1, 2);
    }

    @Test
    void joinsShortEntriesUpToTheLimitOfAMessage() {
        EntryFrames frames = new EntryFrames(false, 100, messages::take);

        addAll(frames, 40, 60, 1, 99, 0, 100, 0, 1);

        assertSent();
        assertThat(messages.whole).extracting(List::size).containsExactly(2, 3, 2, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void makesNoMessageOfTooManyEntries(boolean isOneMessage) {
        EntryFrames frames = new EntryFrames(isOneMessage, MESSAGE_BYTES, messages::take);
        int[] lengths = new int[2 * PushSession.MESSAGE_ENTRIES + 1];

        addAll(frames, lengths);

        assertSent();
        assertThat(messages.whole)
                .extracting(List::size)
                .containsExactly(PushSession.MESSAGE_ENTRIES, PushSession.MESSAGE_ENTRIES, 1);
    }

    @Test
    void endsAMessageBehindALongEntryThatIsItsLast() {
        EntryFrames frames = new EntryFrames(true, MESSAGE_BYTES, messages::take);
        int[] lengths = new int[PushSession.MESSAGE_ENTRIES + 1];
        lengths[PushSession.MESSAGE_ENTRIES - 1] = PIECE + 1;

        addAll(frames, lengths);

        assertSent();
        assertThat(messages.whole).extracting(List::size).containsExactly(PushSession.MESSAGE_ENTRIES, 1);
    }

    @Test
    void sendsNothingOfNothing() {
        EntryFrames frames = new EntryFrames(false, MESSAGE_BYTES, messages::take);

        frames.finish();

        assertThat(messages.whole).isEmpty();
        assertThat(frames.few()).contains(List.of());
    }

    @Test
    void losesNothingWhateverComes() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            EntryFrames frames = new EntryFrames(random.nextBoolean(), Integer.MAX_VALUE, messages::take);
            int[] lengths = random.ints(random.nextInt(12), 0, random.nextBoolean() ? 1000 : 3 * PIECE)
                    .toArray();

            addAll(frames, lengths);

            assertSent();
            sent.clear();
            messages.whole.clear();
        }
    }

    private void addAll(EntryFrames frames, int... lengths) {
        for (int length : lengths) {
            add(frames, "s", length);
        }
        frames.finish();
    }

    private void add(EntryFrames frames, String stream, int length) {
        byte[] bytes = new byte[length];
        new Random(sent.size()).nextBytes(bytes);
        sent.add(Buffer.buffer(bytes));
        frames.begin(stream);
        int stretch = 1 + length / 3;
        for (int from = 0; from < length; from += stretch) {
            frames.write(bytes, from, Math.min(length, from + stretch));
        }
        frames.end();
    }

    private void assertSent() {
        assertThat(messages.begun).isFalse();
        assertThat(messages.whole.stream().flatMap(List::stream).toList()).isEqualTo(sent);
    }

    /** Reads frames as the contract of push sessions has them. */
    private static final class Messages {

        private final List<List<Buffer>> whole = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();
        private Buffer bytes = Buffer.buffer();
        private boolean begun;

        void take(Frame frame) {
            assertThat(frame.bytes().length()).isLessThanOrEqualTo(PIECE);
            if (!frame.entries().isEmpty()) {
                closeOpen();
            }
            for (EntryHead head : frame.entries()) {
                assertThat(lengths).doesNotContain(PushSession.OPEN);
                lengths.add(head.length());
            }
            bytes.appendBuffer(frame.bytes());
            begun = frame.more();
            if (!frame.more()) {
                end();
            }
        }

        private void closeOpen() {
            int last = lengths.size() - 1;
            if (last >= 0 && lengths.get(last) == PushSession.OPEN) {
                int known =
                        lengths.stream().limit(last).mapToInt(Integer::intValue).sum();
                lengths.set(last, bytes.length() - known);
            }
        }

        private void end() {
            closeOpen();
            assertThat(lengths.size()).isBetween(1, PushSession.MESSAGE_ENTRIES);
            List<Buffer> entries = new ArrayList<>();
            int at = 0;
            for (int length : lengths) {
                entries.add(bytes.getBuffer(at, at + length));
                at += length;
            }
            assertThat(at).isEqualTo(bytes.length());
            whole.add(entries);
            lengths.clear();
            bytes = Buffer.buffer();
        }
    }
}
