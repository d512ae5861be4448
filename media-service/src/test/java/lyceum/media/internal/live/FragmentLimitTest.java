package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FragmentLimitTest {

    private static final int KEY = 0x17;
    private static final int OTHER = 0x27;

    private final FragmentLimit limit = new FragmentLimit(Duration.ofSeconds(3), 10_000);

    private static FlvTag picture(int kind, long millis, int bytes) {
        return tag(
                9,
                millis,
                Buffer.buffer(new byte[bytes]).setByte(0, (byte) kind).setByte(1, (byte) 1));
    }

    private static FlvTag sound(long millis, int bytes) {
        return tag(8, millis, Buffer.buffer(new byte[bytes]));
    }

    private static FlvTag tag(int type, long millis, Buffer body) {
        return new FlvTag(Buffer.buffer()
                .appendByte((byte) type)
                .appendMedium(body.length())
                .appendMedium((int) (millis & 0xFFFFFF))
                .appendByte((byte) (millis >> 24))
                .appendMedium(0)
                .appendBuffer(body)
                .appendInt(body.length() + FlvTag.HEADER_BYTES));
    }

    @Test
    void beginsAnewWithAKeyFrameBehindTheLengthOfASegment() {
        for (int second = 0; second < 1_000; second++) {
            limit.take(picture(KEY, 1_000L * second, 1_000), true);
            limit.take(sound(1_000L * second, 1_000), true);
        }
    }

    @Test
    void refusesWhatComesWithoutKeyFrames() {
        limit.take(picture(KEY, 0, 1_000), true);
        assertThatThrownBy(() -> {
                    for (int second = 1; second < 20; second++) {
                        limit.take(picture(OTHER, 1_000L * second, 1_000), true);
                    }
                })
                .isSameAs(FragmentLimit.TOO_MUCH);
    }

    /** Each of them has a price, however short it is. */
    @Test
    void refusesKeyFramesWhoseTimeStandsStill() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        limit.take(picture(KEY, 5_000, 2), true);
                    }
                })
                .isSameAs(FragmentLimit.TOO_MUCH);
    }

    @Test
    void endsSegmentsOfSoundAnywhere() {
        for (int second = 0; second < 1_000; second++) {
            limit.take(sound(1_000L * second, 1_000), false);
        }
        assertThatThrownBy(() -> limit.take(sound(1_000_000, 10_000), false)).isSameAs(FragmentLimit.TOO_MUCH);
    }

    @Test
    void countsTheTimeThatPassesWhereAClockIsSet() {
        for (int i = 0; i < 1_000; i++) {
            long from = i % 2 == 0 ? 1L << 31 : 0;
            limit.take(picture(KEY, from, 1_000), true);
            limit.take(picture(OTHER, from + 2_000, 1_000), true);
        }
    }
}
