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
}
