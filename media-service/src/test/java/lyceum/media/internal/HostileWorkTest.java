package lyceum.media.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaWorkService.BeginLoudness;
import lyceum.media.MediaWorkService.BeginPeaks;
import lyceum.media.MediaWorkService.BeginThumbnail;
import lyceum.media.MediaWorkService.CancelWork;
import lyceum.media.MediaWorkService.Phase;
import lyceum.media.MediaWorkService.SoundFormat;
import lyceum.media.MediaWorkService.WorkState;
import lyceum.media.Samples;
import lyceum.media.TestFfmpeg;
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

/** What strangers may send to be worked on, and how it is ended. */
@TestInstance(Lifecycle.PER_CLASS)
class HostileWorkTest {

    private static final String OF_NO_KIND =
            "the file is of no kind that is read here: Matroska, WebM, Ogg, WAV, FLAC," + " MP3, MP4 or FLV";
    private static final String UNREADABLE = "the file cannot be read";

    @TempDir
    static Path data;

    private final Vertx vertx = Vertx.vertx();
    private TestMedia media;

    @BeforeAll
    void start() {
        media = TestMedia.start(vertx, data, "LYCEUM_MEDIA_BACKGROUND_OUTPUT_LIMIT", "2MiB");
    }

    @AfterAll
    void stop() {
        media.close();
        vertx.close().await();
    }

    Stream<String> scripts() throws IOException {
        Path secret = Files.write(data.resolve("secret.webm"), Samples.read("tone0.webm"));
        return Stream.of(
                "ffconcat version 1.0\nfile '" + secret + "'\n",
                "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:2.0,\nfile://" + secret + "\n#EXT-X-ENDLIST\n",
                "<?xml version=\"1.0\"?><MPD><BaseURL>file://" + secret + "</BaseURL></MPD>",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file://" + secret + "\"/></svg>",
                "");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void showsNoScriptToFfmpeg(String script) {
        assertRefused(script.getBytes(StandardCharsets.UTF_8), OF_NO_KIND);
    }

    /** One byte of damage for each hundred, behind the bytes that tell the kind; whatever comes of it, it ends. */
    @ParameterizedTest
    @ValueSource(strings = {"webm", "mp4", "flv", "ogg", "mp3", "wav", "flac"})
    void survivesDamageAndTruncation(String format) throws Exception {
        byte[] sound = TestFfmpeg.made(data, "-f", "lavfi", "-i", "sine=500:d=1", "-f", format);
        Random random = new Random(format.hashCode());
        byte[] damaged = sound.clone();
        for (int i = 0; i < damaged.length / 100; i++) {
            damaged[16 + random.nextInt(damaged.length - 16)] = (byte) random.nextInt();
        }
        for (byte[] input : new byte[][] {damaged, Arrays.copyOf(sound, sound.length / 2), Arrays.copyOf(sound, 200)}) {
            WorkState end = peaks(input);
            assertThat(end.phase()).isIn(Phase.SUCCEEDED, Phase.FAILED);
            assertThat(end.failureKind()).isIn("", Kind.UNPROCESSABLE.name());
        }
        assertThat(peaks(sound).phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void refusesFilesThatBeginRightOnly() {
        for (String magic : new String[] {"OggS", "fLaC", "RIFF....WAVE", "....ftypisom", "FLV\u0001", "ID3"}) {
            byte[] file = Arrays.copyOf(magic.getBytes(StandardCharsets.ISO_8859_1), 5_000);
            assertRefused(file, UNREADABLE);
        }
    }

    /** Twenty minutes of silence are 220 KB here, and 38 MB as samples. */
    @Test
    void bombsEndAtTheLimitOfWhatIsMade() throws Exception {
        byte[] bomb = TestFfmpeg.made(
                data, "-f", "lavfi", "-i", "anullsrc=d=1200:r=8000:cl=mono", "-c:a", "flac", "-f", "flac");
        assertThat(bomb.length).isLessThan(300_000);
        assertRefused(bomb, "the sound is too large");
        assertThat(media.workDirectory())
                .satisfies(directory -> assertThat(bytesBelow(directory)).isLessThan(64L << 20));
    }

    /** A reference to another file, as cameras may write it in place of the pictures. */
    @Test
    void followsNoReferenceToAnotherFile() throws Exception {
        byte[] film = TestFfmpeg.made(data, "-f", "lavfi", "-i", "testsrc=d=1:s=64x48", "-c:v", "libx264", "-f", "mov");
        String text = new String(film, StandardCharsets.ISO_8859_1);
        byte[] pointing = text.replace("url ", "alis").getBytes(StandardCharsets.ISO_8859_1);
        Job job = media.openInBackground(pointing);
        media.worksAt(job).beginThumbnail(new BeginThumbnail(job.id(), 0, 64)).await();

        assertThat(media.end(job).failureKind()).isIn("", Kind.UNPROCESSABLE.name());
    }

    @Test
    void endsWorkThatIsCancelled() throws Exception {
        byte[] hour =
                TestFfmpeg.made(data, "-f", "lavfi", "-i", "anoisesrc=d=600:r=48000", "-c:a", "pcm_u8", "-f", "wav");
        Job job = media.openInBackground(hour);
        media.worksAt(job)
                .beginLoudness(new BeginLoudness(job.id(), -20, SoundFormat.MP3))
                .await();
        await().until(() -> media.state(job).phase() == Phase.RUNNING);

        media.worksAt(job).cancelWork(new CancelWork(job.id())).await();

        assertThat(media.end(job).phase()).isEqualTo(Phase.CANCELLED);
        await().until(() -> ProcessHandle.current()
                .descendants()
                .noneMatch(process -> process.info().commandLine().orElse("").contains("loudnorm")));
        assertThat(peaks(Samples.read("tone0.webm")).phase()).isEqualTo(Phase.SUCCEEDED);
    }

    private WorkState peaks(byte[] input) {
        Job job = media.openInBackground(input);
        media.worksAt(job).beginPeaks(new BeginPeaks(job.id(), 10)).await();
        try {
            return media.end(job);
        } finally {
            media.close(job);
        }
    }

    private void assertRefused(byte[] input, String text) {
        WorkState end = peaks(input);
        assertThat(end.failure()).isEqualTo(text);
        assertThat(end.phase()).isEqualTo(Phase.FAILED);
    }

    private static long bytesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
