package lyceum.media.internal;

import static lyceum.media.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Segment;
import lyceum.media.Samples;
import lyceum.media.TestFfmpeg;
import lyceum.media.WebmProbe;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers may send in the place of a recording, or ask of one. */
@TestInstance(Lifecycle.PER_CLASS)
class HostileSoundTest {

    private static final String UNDECODABLE = "audio_blobs could not be decoded";
    private static final int EBML_MAGIC_BYTES = 4;
    private static final String WRONG_SEGMENTS = "segments -- Invliad json format";

    @TempDir
    static Path data;

    private final byte[] tone = Samples.read("tone0.webm");
    private final Vertx vertx = Vertx.vertx();
    private TestMedia media;

    @BeforeAll
    void start() {
        media = TestMedia.start(vertx, data);
    }

    @AfterAll
    void stop() {
        media.close();
        vertx.close().await();
    }

    /** Scripts that ffmpeg would follow if it were left to guess: each names a file that it could read. */
    Stream<String> scripts() throws IOException {
        Path secret = Files.write(data.resolve("secret.webm"), tone);
        return Stream.of(
                "ffconcat version 1.0\nfile '" + secret + "'\n",
                "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:2.0,\nfile://" + secret + "\n#EXT-X-ENDLIST\n",
                "#EXTM3U\n#EXTINF:2.0,\nhttp://127.0.0.1:1/x.webm\n#EXT-X-ENDLIST\n",
                "<?xml version=\"1.0\"?><MPD><BaseURL>file://" + secret + "</BaseURL></MPD>",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void followsNoScript(String script) {
        assertUnreadable(script.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void followsNoScriptBehindTheRightMagic(String script) {
        byte[] text = script.getBytes(StandardCharsets.UTF_8);
        assertUnreadable(joined(Arrays.copyOf(tone, EBML_MAGIC_BYTES), text));
        assertUnreadable(joined("OggS".getBytes(StandardCharsets.US_ASCII), text));
    }

    @Test
    void refusesOtherCodecs() throws Exception {
        assertUnreadable(made("-c:a", "aac", "-f", "matroska"));
        assertUnreadable(made("-c:a", "pcm_s16le", "-f", "matroska"));
        assertUnreadable(made("-c:a", "flac", "-f", "ogg"));
    }

    @Test
    void dropsVideoAndMetadata() throws Exception {
        byte[] film = made(
                "-f",
                "lavfi",
                "-i",
                "testsrc=d=1:s=64x48",
                "-c:a",
                "libopus",
                "-c:v",
                "libvpx",
                "-metadata",
                "title=private",
                "-f",
                "webm");

        byte[] sound = media.split(List.of(film), new Segment(0, 900)).get(0);

        assertThat(WebmProbe.of(sound).codec()).isEqualTo("opus");
        assertThat(WebmProbe.of(sound).freqEndHertz()).isBetween(490.0, 510.0);
        assertThat(new String(sound, StandardCharsets.ISO_8859_1)).doesNotContain("V_VP8", "private");
    }

    @Test
    void joinsVorbisWithVorbisOnly() throws Exception {
        byte[] vorbis = made("-c:a", "libvorbis", "-f", "ogg");

        byte[] joined =
                media.split(List.of(vorbis, vorbis), new Segment(0, 2_000)).get(0);

        assertThat(WebmProbe.of(joined).codec()).isEqualTo("vorbis");
        assertThat(WebmProbe.of(joined).decodedSeconds()).isBetween(1.9, 2.1);
        assertFails(Kind.INVALID, UNDECODABLE, () -> media.split(List.of(vorbis, tone), new Segment(0, 2_000)));
    }

    @Test
    void readsWhatIsLeftOfATruncatedRecording() {
        byte[] cutOff = Arrays.copyOf(Samples.read("sweep6.webm"), 15_000);

        WebmProbe probe =
                WebmProbe.of(media.split(List.of(cutOff), new Segment(0, 6_000)).get(0));

        assertThat(probe.decodedSeconds()).isBetween(2.5, 3.5);
    }

    @Test
    void refusesARecordingWithoutPackets() {
        byte[] header = media.split(List.of(tone), new Segment(9_000, 9_500)).get(0);

        assertThat(header).isNotEmpty();
        assertUnreadable(header);
    }

    /** Whatever comes of it, it is an expected failure or sound, and the service goes on. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void survivesDamage(int seed) {
        Random random = new Random(seed);
        byte[] damaged = tone.clone();
        for (int i = 0; i < 40; i++) {
            damaged[EBML_MAGIC_BYTES + random.nextInt(damaged.length - EBML_MAGIC_BYTES)] = (byte) random.nextInt();
        }

        assertThat(media.repair(damaged)).hasSize(1);
        try {
            assertThat(media.split(List.of(tone, damaged), new Segment(500, 3_500)))
                    .hasSize(1);
        } catch (Failure failure) {
            assertThat(failure.getMessage()).isEqualTo(UNDECODABLE);
        }
        assertThat(media.repair(tone).get(0)).isNotEmpty();
    }

    @Test
    void refusesTenThousandSegments() {
        Segment[] many =
                IntStream.range(0, 10_000).mapToObj(i -> new Segment(i, i + 1)).toArray(Segment[]::new);

        assertFails(Kind.INVALID, "more than 100 segments", () -> media.split(List.of(tone), many));
    }

    @Test
    void refusesSegmentsBeyondReason() {
        long tooFar = MediaService.FARTHEST_MILLIS + 1;
        List<Segment> wrong = List.of(
                new Segment(0, tooFar),
                new Segment(-tooFar, 0),
                new Segment(Long.MIN_VALUE, Long.MAX_VALUE),
                new Segment(Long.MAX_VALUE, Long.MAX_VALUE),
                new Segment(2, 1));
        for (Segment segment : wrong) {
            assertFails(Kind.INVALID, WRONG_SEGMENTS, () -> media.split(List.of(tone), segment));
        }
    }

    @Test
    void cutsAtTheFarthestTimes() {
        long far = MediaService.FARTHEST_MILLIS;

        List<byte[]> outputs = media.split(
                List.of(tone),
                new Segment(0, far),
                new Segment(far, far),
                new Segment(-far, -far),
                new Segment(-far, 1_000));

        assertThat(outputs).extracting(output -> WebmProbe.of(output).packets()).containsExactly(101, 0, 0, 50);
    }

    private void assertUnreadable(byte[] input) {
        assertThat(media.repair(input).get(0)).isEmpty();
        assertFails(Kind.INVALID, UNDECODABLE, () -> media.split(List.of(input), new Segment(0, 1_000)));
        assertFails(Kind.INVALID, UNDECODABLE, () -> media.split(List.of(tone, input), new Segment(0, 1_000)));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** A second of 500 Hz as ffmpeg writes it. */
    private static byte[] made(String... options) throws IOException, InterruptedException {
        return TestFfmpeg.made(
                data,
                Stream.concat(Stream.of("-f", "lavfi", "-i", "sine=500:d=1"), Stream.of(options))
                        .toArray(String[]::new));
    }
}
