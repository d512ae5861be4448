package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lyceum.platform.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of what publishers bring, and what they say of it. */
class FlvReaderTest {

    private static final Buffer FILM = TestLive.usualFilm(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 100_000})
    void readsTagsInPiecesOfAnySize(int pieceBytes) {
        FlvReader reader = new FlvReader(1 << 20);
        List<FlvTag> tags = new ArrayList<>();
        for (int at = 0; at < FILM.length(); at += pieceBytes) {
            tags.addAll(reader.read(FILM.slice(at, Math.min(FILM.length(), at + pieceBytes))));
        }

        Buffer all = FILM.getBuffer(0, 13);
        tags.forEach(tag -> all.appendBuffer(tag.bytes()));
        assertThat(all).isEqualTo(FILM);
        assertThat(tags.get(0).isScript()).isTrue();
        assertThat(tags).filteredOn(FlvTag::isVideo).hasSize(17);
    }

    @Test
    void refusesWhatIsNoFlvAndTagsThatAreTooLong() {
        assertThatThrownBy(() -> new FlvReader(100).read(Buffer.buffer("not a film at all")))
                .isSameAs(FlvReader.BROKEN);
        assertThatThrownBy(() -> new FlvReader(100).read(FILM)).isSameAs(FlvReader.TOO_LONG);
    }

    @Test
    void tellsWhatItIs() {
        FlvProbe probe = new FlvProbe(1 << 20);
        for (FlvTag tag : new FlvReader(1 << 20).read(FILM)) {
            if (!probe.isDecided()) {
                probe.look(tag);
            }
        }

        assertThat(probe.isDecided()).isTrue();
        assertThat(probe.encodesVideo()).isFalse();
        assertThat(probe.encodesAudio()).isFalse();
        assertThat(probe.info().toString())
                .contains("video=H264, profile=Baseline", "width=160, height=120, frameRate=15.0", "channels=1");
    }

    @Test
    void refusesCodecsThatNobodyReads() {
        FlvTag enhanced = new FlvTag(Buffer.buffer(new byte[] {9, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, (byte) 0x90})
                .appendString("hvc1")
                .appendInt(16));

        assertThatThrownBy(() -> new FlvProbe(1000).look(enhanced)).isSameAs(FlvProbe.UNKNOWN_VIDEO);
    }

    @Test
    void survivesNoise() {
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            byte[] noise = FILM.getBytes(0, 13 + random.nextInt(3000));
            for (int i = 0; i < 10 && noise.length > 13; i++) {
                noise[13 + random.nextInt(noise.length - 13)] = (byte) random.nextInt();
            }
            FlvProbe probe = new FlvProbe(1 << 20);
            FlvStart start = new FlvStart();
            try {
                for (FlvTag tag : new FlvReader(1 << 20).read(Buffer.buffer(noise))) {
                    probe.look(tag);
                    start.look(tag);
                    assertThat(FlvStart.isKey(tag) && tag.isAudio()).isFalse();
                }
            } catch (Failure refused) {
                assertThat(refused.kind()).isEqualTo(Failure.Kind.INVALID);
            }
            assertThat(probe.info()).isNotNull();
        }
    }
}
