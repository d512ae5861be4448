package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import lyceum.media.internal.live.PartRuler.Stretch;
import org.junit.jupiter.api.Test;

/** Streams that encoders do not make, but whoever has a token can. */
class TsCutterTest {

    private static final int PICTURES = 0x100;
    private static final int SOUND = 0x101;
    private static final int MIB_PACKETS = (1 << 20) / TsCutter.PACKET_BYTES;

    private final Kept kept = new Kept();
    private final TsCutter cutter = new TsCutter(kept, true, 3_000, 0);

    private record Segment(long millis, long bytes, boolean isApart) {}

    /** Keeps what is told, and no bytes. */
    private static final class Kept implements TsCutter.Segments {
        private final List<Segment> segments = new ArrayList<>();

        @Override
        public OutputStream begin() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void end(long millis, long bytes, boolean isApart) {
            segments.add(new Segment(millis, bytes, isApart));
        }

        @Override
        public void part(Stretch stretch, boolean isApart, boolean isLast) {
            throw new AssertionError("there are no parts");
        }
    }

    /** One packet in which a picture or sound begins. */
    private void begin(int pid, boolean isKey, long millis) throws IOException {
        byte[] packet = packet(pid, true);
        packet[3] |= 0x20;
        packet[4] = 1;
        packet[5] = (byte) (isKey ? 0x40 : 0);
        long time = millis * 90;
        byte[] head = {
            0,
            0,
            1,
            (byte) (pid == PICTURES ? 0xE0 : 0xC0),
            0,
            0,
            (byte) 0x80,
            (byte) 0x80,
            5,
            (byte) (0x21 | time >> 29 & 0x0E),
            (byte) (time >> 22),
            (byte) (time >> 14 | 1),
            (byte) (time >> 7),
            (byte) (time << 1 | 1)
        };
        System.arraycopy(head, 0, packet, 6, head.length);
        cutter.feed(packet, packet.length);
    }

    private static byte[] packet(int pid, boolean isStart) {
        byte[] packet = new byte[TsCutter.PACKET_BYTES];
        packet[0] = 0x47;
        packet[1] = (byte) (pid >> 8 | (isStart ? 0x40 : 0));
        packet[2] = (byte) pid;
        packet[3] = 0x10;
        return packet;
    }

    private void goOn(int pid, int packets) throws IOException {
        byte[] packet = packet(pid, false);
        for (int i = 0; i < packets; i++) {
            cutter.feed(packet, packet.length);
        }
    }

    @Test
    void cutsBeforeKeyFramesAndTellsWhereAClockJumps() throws IOException {
        for (int second = 0; second < 7; second++) {
            begin(PICTURES, true, 1_000 * second);
        }
        begin(PICTURES, true, 90_000);
        begin(PICTURES, false, 90_500);
        cutter.end();

        assertThat(kept.segments).extracting(Segment::millis).containsExactly(3_000L, 3_000L, 1_000L, 1_000L);
        assertThat(kept.segments).extracting(Segment::isApart).containsExactly(true, false, false, true);
    }

    @Test
    void goesOnHoweverOftenAClockJumpsInALongStream() throws IOException {
        for (int camera = 0; camera < 200; camera++) {
            for (int second = 0; second < 4; second++) {
                begin(PICTURES, true, 100_000L * camera + 1_000 * second);
            }
        }

        assertThat(kept.segments).hasSizeGreaterThan(300);
    }

    @Test
    void endsWhatHasNoTimeLineAtAll() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        begin(PICTURES, true, 12_000L * i);
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(kept.segments).hasSizeLessThan(100);
    }

    @Test
    void endsSegmentsThatAreTooLargeWhileTheirTimeStandsStill() throws IOException {
        begin(PICTURES, true, 0);
        for (int i = 0; i < 200; i++) {
            begin(PICTURES, false, 40);
            goOn(PICTURES, MIB_PACKETS);
        }

        assertThat(kept.segments)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(segment -> assertThat(segment.bytes()).isLessThan(70 << 20));
    }

    @Test
    void countsTheTimeOfASegmentThatSoundEndsOnce() throws IOException {
        begin(PICTURES, true, 0);
        begin(PICTURES, false, 1_000);
        begin(PICTURES, false, 2_000);
        goOn(SOUND, 65 * MIB_PACKETS);
        begin(SOUND, false, 2_100);
        begin(PICTURES, false, 3_000);
        begin(PICTURES, true, 4_000);
        cutter.end();

        assertThat(kept.segments.get(0).millis()).isEqualTo(3_000);
        assertThat(kept.segments.stream().mapToLong(Segment::millis).sum()).isBetween(4_000L, 7_000L);
    }
}
