package lyceum.media.internal;

import static lyceum.media.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import lyceum.media.MediaService.CloseJob;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import lyceum.media.MediaService.Priority;
import lyceum.media.MediaWorkService.BeginFilm;
import lyceum.media.MediaWorkService.BeginLoudness;
import lyceum.media.MediaWorkService.BeginPeaks;
import lyceum.media.MediaWorkService.BeginThumbnail;
import lyceum.media.MediaWorkService.BeginTranscript;
import lyceum.media.MediaWorkService.Output;
import lyceum.media.MediaWorkService.Phase;
import lyceum.media.MediaWorkService.SoundFormat;
import lyceum.media.MediaWorkService.WorkState;
import lyceum.media.PictureFilm;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of sound and film in the background. */
@TestInstance(Lifecycle.PER_CLASS)
class BackgroundWorkTest {

    @TempDir
    static Path data;

    private final Vertx vertx = Vertx.vertx();
    private TestMedia media;

    @BeforeAll
    void start() {
        media = TestMedia.start(
                vertx,
                data,
                "LYCEUM_MEDIA_LONGEST",
                "2m",
                "LYCEUM_MEDIA_JOBS_PER_OWNER",
                "2",
                "LYCEUM_TRANSCRIPT_COMMAND",
                "printf 'WEBVTT\\n\\n%s %s' \"$2\" \"$(wc -c < \"$1\")\"");
    }

    @AfterAll
    void stop() {
        media.close();
        vertx.close().await();
    }

    @Test
    void measuresAWaveform() throws Exception {
        Job job = media.openInBackground(made("sine=500:d=2,volume=0.5", "-c:a", "pcm_s16le", "-f", "wav"));
        media.worksAt(job).beginPeaks(new BeginPeaks(job.id(), 100)).await();

        WorkState end = media.end(job);
        JsonObject peaks = new JsonObject(Buffer.buffer(media.output(job, 0)));

        assertThat(end.outputs()).extracting(Output::name).containsExactly("peaks.json");
        assertThat(end.fraction()).isEqualTo(1);
        assertThat(peaks.getInteger("version")).isEqualTo(2);
        assertThat(peaks.getInteger("bits")).isEqualTo(16);
        assertThat(peaks.getInteger("channels")).isEqualTo(1);
        assertThat(peaks.getInteger("length")).isEqualTo(100);
        assertThat(peaks.getDouble("duration")).isCloseTo(2.0, within(0.01));
        assertThat(peaks.getInteger("samples_per_pixel")).isEqualTo(peaks.getInteger("sample_rate") * 2 / 100);
        JsonArray values = peaks.getJsonArray("data");
        assertThat(values).hasSize(200);
        // A sine of ffmpeg has an eighth of full scale.
        assertThat(IntStream.range(1, 99).map(i -> values.getInteger(2 * i + 1)))
                .allMatch(peak -> Math.abs(peak - 2_048) < 100);
        assertThat(IntStream.range(1, 99).map(i -> values.getInteger(2 * i)))
                .allMatch(low -> Math.abs(low + 2_048) < 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tone.ogg", "sweep6.webm", "tone0.webm", "chrome-recording.webm"})
    void readsWhatRecordersWrite(String name) {
        Job job = media.openInBackground(Samples.read(name));
        media.worksAt(job).beginPeaks(new BeginPeaks(job.id(), 10)).await();

        assertThat(media.end(job).phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(new JsonObject(Buffer.buffer(media.output(job, 0))).getDouble("duration"))
                .isGreaterThan(0.5);
    }

    @ParameterizedTest
    @EnumSource(SoundFormat.class)
    void bringsSoundToOneLoudness(SoundFormat format) throws Exception {
        Job job = media.openInBackground(made("sine=500:d=4,volume=0.1", "-c:a", "flac", "-f", "flac"));
        media.worksAt(job)
                .beginLoudness(new BeginLoudness(job.id(), -20, format))
                .await();

        WorkState end = media.end(job);
        JsonObject told = new JsonObject(Buffer.buffer(media.output(job, 1)));

        assertThat(end.phase()).as(end.failure()).isEqualTo(Phase.SUCCEEDED);
        assertThat(end.outputs().get(1).name()).isEqualTo("loudness.json");
        assertThat(told.getDouble("targetLufs")).isEqualTo(-20);
        assertThat(told.getDouble("inputLufs")).isLessThan(-35);
        assertThat(told.getDouble("outputLufs")).isCloseTo(-20, within(1.0));
        assertThat(loudness(media.output(job, 0))).isCloseTo(-20, within(1.5));
    }

    @Test
    void leavesSilenceAsItIs() throws Exception {
        Job job = media.openInBackground(made("anullsrc=d=2", "-c:a", "flac", "-f", "flac"));
        media.worksAt(job)
                .beginLoudness(new BeginLoudness(job.id(), -20, SoundFormat.WAV))
                .await();

        assertThat(media.end(job).phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(new JsonObject(Buffer.buffer(media.output(job, 1))).getValue("inputLufs"))
                .isNull();
    }

    @Test
    void hasATranscriptWritten() throws Exception {
        Job job = media.openInBackground(made("sine=500:d=1", "-c:a", "libopus", "-f", "webm"));
        media.worksAt(job)
                .beginTranscript(new BeginTranscript(job.id(), "de-AT"))
                .await();

        WorkState end = media.end(job);

        assertThat(end.outputs()).extracting(Output::mediaType).containsExactly("text/vtt");
        String text = new String(media.output(job, 0), StandardCharsets.UTF_8);
        assertThat(text).startsWith("WEBVTT\n\nde-AT ");
        // One second of 16 kHz and 16 bits, and a header.
        assertThat(Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1))).isBetween(32_000, 33_000);
    }

    @Test
    void makesAFilmOfPictures() throws Exception {
        Buffer pictures = PictureFilm.beginning();
        for (long millis : List.of(0L, 500L, 600L, 2_000L)) {
            pictures.appendBuffer(PictureFilm.picture(millis, picture(65, 49)));
        }
        Job job = media.openInBackground(pictures.getBytes());
        media.worksAt(job).beginFilm(new BeginFilm(job.id())).await();

        assertThat(media.end(job).phase()).isEqualTo(Phase.SUCCEEDED);
        Path film = Files.write(data.resolve("film.mp4"), media.output(job, 0));
        String hashes = TestFfmpeg.output(List.of("-i", film.toString(), "-f", "framehash", "-"));
        assertThat(hashes).contains("#dimensions 0: 66x50", "#tb 0: 1/24");
        // The last picture stays for as long as pictures do on the average.
        assertThat(hashes.lines().filter(line -> !line.startsWith("#"))).hasSizeBetween(48, 64);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 400, 1_999, 100_000})
    void takesAPictureOutOfAFilm(long atMillis) throws Exception {
        byte[] film = TestFfmpeg.made(
                data,
                "-f",
                "lavfi",
                "-i",
                "testsrc=d=2:s=128x72:r=10",
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuv420p",
                "-f",
                "mp4");
        Job job = media.openInBackground(film);
        media.worksAt(job)
                .beginThumbnail(new BeginThumbnail(job.id(), atMillis, 64))
                .await();

        assertThat(media.end(job).failure()).isEmpty();
        BufferedImage thumbnail = ImageIO.read(new ByteArrayInputStream(media.output(job, 0)));
        assertThat(thumbnail.getWidth()).isEqualTo(64);
        assertThat(thumbnail.getHeight()).isEqualTo(36);
    }

    @Test
    void tellsWhatCannotBeMadeOfAFile() throws Exception {
        byte[] sound = Samples.read("tone0.webm");
        byte[] film = TestFfmpeg.made(data, "-f", "lavfi", "-i", "testsrc=d=1:s=64x48", "-c:v", "libvpx", "-f", "webm");

        Job ofSound = media.openInBackground(sound);
        media.worksAt(ofSound)
                .beginThumbnail(new BeginThumbnail(ofSound.id(), 0, 64))
                .await();
        assertFailed(ofSound, Kind.UNPROCESSABLE, "there are no pictures in the file");

        Job ofFilm = media.openInBackground(film);
        media.worksAt(ofFilm).beginPeaks(new BeginPeaks(ofFilm.id(), 10)).await();
        assertFailed(ofFilm, Kind.UNPROCESSABLE, "there is no sound in the file");
    }

    @Test
    void refusesOrdersThatCannotBe() {
        Job job = media.openInBackground(Samples.read("tone0.webm"));
        String id = job.id();

        assertFails(
                Kind.INVALID,
                "points: 1 to 20000",
                () -> media.worksAt(job).beginPeaks(new BeginPeaks(id, 0)).await());
        assertFails(
                Kind.INVALID,
                "points: 1 to 20000",
                () -> media.worksAt(job).beginPeaks(new BeginPeaks(id, 20_001)).await());
        for (double wrong : new double[] {-70.1, -4.9, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertFails(
                    Kind.INVALID,
                    "loudness: -70 to -5 LUFS",
                    () -> media.worksAt(job)
                            .beginLoudness(new BeginLoudness(id, wrong, SoundFormat.MP3))
                            .await());
        }
        assertFails(
                Kind.INVALID,
                "language: as BCP 47 has it",
                () -> media.worksAt(job)
                        .beginTranscript(new BeginTranscript(id, "$(id)"))
                        .await());
        assertFails(
                Kind.INVALID,
                "width: 16 to 4096",
                () -> media.worksAt(job)
                        .beginThumbnail(new BeginThumbnail(id, 0, 8))
                        .await());
        assertFails(
                Kind.INVALID,
                "at: not in a film",
                () -> media.worksAt(job)
                        .beginThumbnail(new BeginThumbnail(id, -1, 64))
                        .await());
        assertFails(
                Kind.NOT_FOUND,
                "no such job",
                () -> media.worksAt(job).beginFilm(new BeginFilm("no")).await());
        media.worksAt(job).beginPeaks(new BeginPeaks(id, 10)).await();
        assertFails(
                Kind.CONFLICT,
                "the job had its operation already",
                () -> media.worksAt(job).beginPeaks(new BeginPeaks(id, 10)).await());
        media.end(job);
    }

    @Test
    void boundsTheJobsOfOneOwner() {
        OpenJob order = new OpenJob(Priority.BACKGROUND, "ada");
        Job first = media.anyone().openJob(order).await();
        media.anyone().openJob(order).await();

        assertFails(
                Kind.BUSY,
                "too many jobs of yours; close one of them",
                () -> media.anyone().openJob(order).await());
        media.at(first).closeJob(new CloseJob(first.id())).await();
        media.anyone().openJob(order).await();
    }

    @Test
    void refusesWhatIsTooLong() throws Exception {
        Job job = media.openInBackground(made("anullsrc=d=130", "-c:a", "libopus", "-b:a", "6k", "-f", "webm"));
        media.worksAt(job).beginPeaks(new BeginPeaks(job.id(), 10)).await();

        assertFailed(job, Kind.UNPROCESSABLE, "the file is longer than 2 minutes");
    }

    private void assertFailed(Job job, Kind kind, String text) {
        WorkState end = media.end(job);
        assertThat(end.failure()).isEqualTo(text);
        assertThat(end.failureKind()).isEqualTo(kind.name());
        assertThat(end.phase()).isEqualTo(Phase.FAILED);
        assertThat(end.outputs()).isEmpty();
    }

    private static byte[] made(String sound, String... options) throws IOException, InterruptedException {
        String[] all = new String[options.length + 4];
        System.arraycopy(new String[] {"-f", "lavfi", "-i", sound}, 0, all, 0, 4);
        System.arraycopy(options, 0, all, 4, options.length);
        return TestFfmpeg.made(data, all);
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }

    private static Buffer picture(int width, int height) throws IOException {
        return Buffer.buffer(jpeg(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)));
    }

    /** Integrated loudness as another run of ffmpeg measures it. */
    private static double loudness(byte[] sound) throws IOException, InterruptedException {
        Path file = Files.write(data.resolve("sound"), sound);
        String report = TestFfmpeg.output(List.of(
                "-i",
                file.toString(),
                "-af",
                "ebur128=metadata=1,ametadata=print:key=lavfi.r128.I:file=-",
                "-f",
                "null",
                "-"));
        return Double.parseDouble(report.substring(report.lastIndexOf('=') + 1).strip());
    }
}
