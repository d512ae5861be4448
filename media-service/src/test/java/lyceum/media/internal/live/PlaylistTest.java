package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.media.internal.live.Playlist.Segment;
import org.junit.jupiter.api.Test;

/** What can be watched of a channel (RFC 8216, 4.3 and 6.2). */
class PlaylistTest {

    private final Playlist playlist = new Playlist(3_000, 12_000, 1_000, Optional.empty());
    private long next;

    private List<Segment> add(long millis, long bytes, boolean isApart) {
        return playlist.add(new Segment(next++, millis, bytes, isApart));
    }

    @Test
    void keepsAWindowAndForAWhileWhatHasLeftIt() {
        List<Segment> removed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            removed.addAll(add(3_000, 10, i == 0 || i == 16));
        }

        assertThat(playlist.text()).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:3
                        #EXT-X-MEDIA-SEQUENCE:16
                        #EXT-X-DISCONTINUITY-SEQUENCE:1
                        #EXT-X-TARGETDURATION:3
                        #EXT-X-DISCONTINUITY
                        #EXTINF:3.000,
                        16.ts
                        #EXTINF:3.000,
                        17.ts
                        #EXTINF:3.000,
                        18.ts
                        #EXTINF:3.000,
                        19.ts
                        """);
        assertThat(removed)
                .extracting(Segment::number)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(playlist.has(11)).isFalse();
        assertThat(playlist.has(12)).isTrue();
        assertThat(playlist.has(19)).isTrue();
        assertThat(playlist.has(20)).isFalse();
    }

    @Test
    void keepsItsBoundOfBytes() {
        List<Segment> removed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            removed.addAll(add(1_000, 400, false));
        }

        assertThat(playlist.text()).contains("8.ts\n", "9.ts\n").doesNotContain("7.ts\n");
        assertThat(removed).hasSize(8);
    }

    /** As clocks that jump make them; all that watch ask for the list again and again. */
    @Test
    void keepsItsBoundOfSegmentsHoweverShortTheyAre() {
        Playlist playlist = new Playlist(3_000, 12_000, 1_000_000, Optional.empty());
        List<Segment> removed = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            removed.addAll(playlist.add(new Segment(i, 1, 10, true)));
        }

        assertThat(playlist.text().lines().filter(line -> line.endsWith(".ts"))).hasSize(15);
        assertThat(playlist.text()).contains("#EXT-X-DISCONTINUITY-SEQUENCE:985\n", "\n999.ts\n");
        assertThat(removed).hasSize(1_000 - 2 * 15);
        assertThat(playlist.has(969)).isFalse();
        assertThat(playlist.has(970)).isTrue();
    }

    @Test
    void keepsOneSegmentHoweverLargeItIs() {
        add(1_000, 5_000, false);

        assertThat(playlist.has(0)).isTrue();
        assertThat(playlist.text()).contains("0.ts");
    }

    @Test
    void tellsTheLongestSegmentAndNeverLess() {
        add(4_600, 1, false);
        assertThat(playlist.text()).contains("#EXT-X-TARGETDURATION:5\n", "#EXTINF:4.600,\n");
        for (int i = 0; i < 10; i++) {
            add(3_000, 1, false);
        }
        assertThat(playlist.text()).contains("#EXT-X-TARGETDURATION:5\n").doesNotContain("4.600");
    }

    @Test
    void tellsPartsOfTheLastSegmentsAndWhatComesNext() {
        Playlist parted = parted();
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 2; j++) {
                parted.add(new Part(i, j, 1_500, 10L * j, 10, j == 0, i == 0));
            }
            parted.add(new Segment(i, 3_000, 20, i == 0));
        }
        parted.add(new Part(5, 0, 1_500, 0, 10, true, true));

        assertThat(parted.text()).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:9
                        #EXT-X-MEDIA-SEQUENCE:1
                        #EXT-X-DISCONTINUITY-SEQUENCE:1
                        #EXT-X-TARGETDURATION:3
                        #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=4.530
                        #EXT-X-PART-INF:PART-TARGET=1.510
                        #EXTINF:3.000,
                        1.ts
                        #EXT-X-PART:DURATION=1.500,URI="2.0.ts",INDEPENDENT=YES
                        #EXT-X-PART:DURATION=1.500,URI="2.1.ts"
                        #EXTINF:3.000,
                        2.ts
                        #EXT-X-PART:DURATION=1.500,URI="3.0.ts",INDEPENDENT=YES
                        #EXT-X-PART:DURATION=1.500,URI="3.1.ts"
                        #EXTINF:3.000,
                        3.ts
                        #EXT-X-PART:DURATION=1.500,URI="4.0.ts",INDEPENDENT=YES
                        #EXT-X-PART:DURATION=1.500,URI="4.1.ts"
                        #EXTINF:3.000,
                        4.ts
                        #EXT-X-DISCONTINUITY
                        #EXT-X-PART:DURATION=1.500,URI="5.0.ts",INDEPENDENT=YES
                        #EXT-X-PRELOAD-HINT:TYPE=PART,URI="5.1.ts"
                        """);
        assertThat(parted.part(1, 1)).as("older ones can be fetched").isPresent();
    }

    private static Playlist parted() {
        return new Playlist(3_000, 12_000, 1_000, Optional.of(new PartList(1_510)));
    }

    @Test
    void knowsHowFarItHasCome() {
        Playlist parted = parted();
        parted.add(new Part(0, 0, 1_500, 0, 10, true, true));
        parted.add(new Part(0, 1, 1_500, 10, 10, false, true));
        assertThat(parted.reaches(new Awaited(0, 1))).isTrue();
        assertThat(parted.reaches(new Awaited(0, Awaited.WHOLE))).isFalse();
        parted.add(new Segment(0, 3_000, 20, true));

        assertThat(parted.reaches(new Awaited(0, Awaited.WHOLE))).isTrue();
        assertThat(parted.reaches(new Awaited(0, 1))).isTrue();
        assertThat(parted.reaches(new Awaited(0, 2))).as("the next one's first").isFalse();
        assertThat(parted.reaches(new Awaited(1, 0))).isFalse();
        assertThat(parted.isNext(1, 0)).isTrue();
        parted.add(new Part(1, 0, 1_500, 0, 10, true, false));
        assertThat(parted.reaches(new Awaited(0, 2))).isTrue();
        assertThat(parted.reaches(new Awaited(1, 0))).isTrue();
        assertThat(parted.reaches(new Awaited(1, 1))).isFalse();
    }

    @Test
    void knowsWhatIsTooFarAhead() {
        Playlist parted = parted();
        parted.add(new Part(0, 0, 3_000, 0, 10, true, true));
        parted.add(new Segment(0, 3_000, 20, true));
        parted.add(new Part(1, 0, 1_500, 0, 10, true, false));

        assertThat(parted.isTooFar(new Awaited(2, Awaited.WHOLE))).isFalse();
        assertThat(parted.isTooFar(new Awaited(3, Awaited.WHOLE))).isTrue();
        assertThat(parted.isTooFar(new Awaited(1, 3)))
                .as("3 parts of a second or more")
                .isFalse();
        assertThat(parted.isTooFar(new Awaited(1, 4))).isTrue();
        assertThat(parted.isTooFar(new Awaited(0, 100)))
                .as("the next one's first")
                .isFalse();
        assertThat(new PartList(510).advanceLimit()).as("3 s").isEqualTo(6);
    }

    @Test
    void forgetsThePartsOfAPublishThatBrokeOff() {
        Playlist parted = parted();
        parted.add(new Part(0, 0, 1_500, 0, 10, true, true));
        parted.add(new Part(0, 1, 1_500, 10, 10, false, true));
        parted.add(new Part(0, 0, 700, 0, 5, true, true));

        assertThat(parted.part(0, 0)).map(Part::millis).contains(700L);
        assertThat(parted.part(0, 1)).isEmpty();
    }
}
