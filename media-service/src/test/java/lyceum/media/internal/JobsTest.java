package lyceum.media.internal;

import static lyceum.media.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Append;
import lyceum.media.MediaService.CloseJob;
import lyceum.media.MediaService.Done;
import lyceum.media.MediaService.Inspect;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import lyceum.media.MediaService.Piece;
import lyceum.media.MediaService.Priority;
import lyceum.media.MediaService.Read;
import lyceum.media.MediaService.Repair;
import lyceum.media.MediaService.Segment;
import lyceum.media.MediaService.Split;
import lyceum.media.Samples;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract promises about jobs, whatever they do with sound. */
class JobsTest {

    private static final int TONE_BYTES = 10_064;

    @TempDir
    Path data;

    private final byte[] tone = Samples.read("tone0.webm");
    private Vertx vertx;
    private TestMedia media;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        if (media != null) {
            media.close();
        }
        vertx.close().await();
    }

    private void with(String... settings) {
        media = TestMedia.start(vertx, data, settings);
    }

    @Test
    void takesSoundInPieces() {
        with();
        Job job = media.open();
        for (int i = 0; i < tone.length; i += 1_000) {
            append(job, 0, Buffer.buffer(tone).slice(i, Math.min(tone.length, i + 1_000)))
                    .await();
        }

        long size = repair(job).sizesBytes().get(0);
        Piece whole = read(job, 0, 0).await();
        Piece end = read(job, 0, size - 7).await();

        assertThat(whole.bytes().length()).isEqualTo((int) size);
        assertThat(end.bytes())
                .isEqualTo(whole.bytes()
                        .slice(whole.bytes().length() - 7, whole.bytes().length()));
        assertThat(read(job, 0, size).await().bytes().length()).isZero();
    }

    @Test
    void countsWhatIsOpenRefusedAndDone() {
        with("LYCEUM_MEDIA_JOBS", "1");
        Job job = media.open();
        assertThatThrownBy(media::open).isInstanceOf(Failure.class);
        append(job, 0, Buffer.buffer(tone)).await();

        repair(job);

        assertThat(gauge("lyceum.media.jobs")).isEqualTo(1);
        assertThat(gauge("lyceum.media.jobs.limit")).isEqualTo(1);
        assertThat(media.registry
                        .get("lyceum.media.refused")
                        .tag("bound", "jobs")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(media.registry
                        .get("lyceum.media.work")
                        .tags("kind", "repair", "outcome", "done")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(media.registry.get("lyceum.media.input").counter().count()).isEqualTo(tone.length);
    }

    private double gauge(String name) {
        return media.registry.get(name).tag("priority", "interactive").gauge().value();
    }

    @Test
    void opensSoManyForOneOwnerHoweverManyAreAskedForAtOnce() {
        with("LYCEUM_MEDIA_JOBS_PER_OWNER", "2");
        OpenJob order = new OpenJob(Priority.BACKGROUND, "ada");
        List<Future<Job>> asked = IntStream.range(0, 8)
                .mapToObj(i -> media.anyone().openJob(order))
                .toList();
        Future.join(asked).otherwiseEmpty().await();

        assertThat(asked).filteredOn(Future::succeeded).hasSize(2);
        assertFails(
                Kind.BUSY,
                "too many jobs of yours; close one of them",
                () -> media.anyone().openJob(order).await());
        Job first = asked.stream()
                .filter(Future::succeeded)
                .findFirst()
                .orElseThrow()
                .result();
        media.close(first);
        media.anyone().openJob(order).await();
        media.anyone().openJob(new OpenJob(Priority.BACKGROUND, "bob")).await();
    }

    @Test
    void keepsPiecesInOrderWhileTheyAreUnanswered() {
        with();
        Job job = media.open();
        List<Future<Done>> pieces = IntStream.range(0, MediaService.WINDOW_PIECES)
                .mapToObj(i -> Buffer.buffer(tone)
                        .slice(
                                i * tone.length / MediaService.WINDOW_PIECES,
                                (i + 1) * tone.length / MediaService.WINDOW_PIECES))
                .map(piece -> append(job, 0, piece))
                .toList();
        Future.all(pieces).await();

        assertThat(repair(job).sizesBytes().get(0)).isGreaterThan(TONE_BYTES);
    }

    @Test
    void refusesPiecesBeyondTheWindow() {
        with();
        Job job = media.open();
        List<Future<Done>> pieces = IntStream.range(0, 100)
                .mapToObj(i -> append(job, 0, Buffer.buffer(new byte[MediaService.PIECE_BYTES])))
                .toList();
        Future.join(pieces).otherwiseEmpty().await();

        Future<Done> refused =
                pieces.stream().filter(Future::failed).findFirst().orElseThrow();
        assertFails(Kind.BUSY, "too many pieces at once", refused::await);
    }

    @Test
    void refusesAPieceThatIsTooLarge() {
        with();
        Job job = media.open();

        Buffer tooLarge = Buffer.buffer(new byte[MediaService.PIECE_BYTES + 1]);

        assertFails(
                Kind.INVALID,
                "the piece is too large",
                () -> append(job, 0, tooLarge).await());
    }

    @Test
    void refusesInputsOutOfOrder() {
        with();
        Job job = media.open(tone, tone);

        assertFails(
                Kind.INVALID,
                "inputs must come in order",
                () -> append(job, 3, Buffer.buffer()).await());
        assertFails(
                Kind.INVALID,
                "inputs must come in order",
                () -> append(job, 0, Buffer.buffer()).await());
        assertFails(
                Kind.INVALID,
                "inputs must come in order",
                () -> append(job, -1, Buffer.buffer()).await());
    }

    @Test
    void givesOneNetworkHalfOfTheInteractiveJobs() {
        with("LYCEUM_MEDIA_JOBS", "6", "LYCEUM_MEDIA_JOBS_PER_OWNER", "1");
        for (int i = 0; i < 3; i++) {
            media.anyone().openJob(OpenJob.interactive("network 192.0.2.1")).await();
        }

        assertFails(
                Kind.BUSY,
                "too many jobs of yours; try again",
                () -> media.anyone()
                        .openJob(OpenJob.interactive("network 192.0.2.1"))
                        .await());
        media.anyone().openJob(OpenJob.interactive("network 192.0.2.2")).await();
    }

    @Test
    void refusesTooManyInputs() {
        with("LYCEUM_MEDIA_INPUTS", "2");
        Job job = media.open(tone, tone);

        assertFails(
                Kind.INVALID,
                "more than 2 recordings",
                () -> append(job, 2, Buffer.buffer()).await());
    }

    @Test
    void refusesTooMuchSound() {
        with("LYCEUM_MEDIA_INPUT_LIMIT", Integer.toString(2 * TONE_BYTES));
        Job job = media.open(tone, tone);

        assertFails(
                Kind.INVALID,
                "the sound is too large",
                () -> append(job, 1, Buffer.buffer("x")).await());
    }

    @Test
    void refusesWhatAllJobsTogetherHaveNoRoomFor() {
        String input = Integer.toString(2 * TONE_BYTES);
        String most = Integer.toString(2 * TONE_BYTES + 2 * 20_000 + 100);
        with(
                "LYCEUM_MEDIA_INPUT_LIMIT", input,
                "LYCEUM_MEDIA_OUTPUT_LIMIT", "20000",
                "LYCEUM_MEDIA_BACKGROUND_INPUT_LIMIT", "1KiB",
                "LYCEUM_MEDIA_BACKGROUND_OUTPUT_LIMIT", "1KiB",
                "LYCEUM_MEDIA_DISK_LIMIT", most);
        String full = "there is no room for more sound and film at present; try again later";
        Job first = media.open(tone, tone);
        Job second = media.open(tone, tone);
        Job third = media.open(tone);

        assertFails(Kind.BUSY, full, () -> append(third, 1, Buffer.buffer(tone)).await());
        assertFails(Kind.BUSY, full, () -> repair(first));
        assertThat(media.registry.get("lyceum.media.disk").gauge().value()).isEqualTo(5 * TONE_BYTES);
        assertThat(media.registry
                        .get("lyceum.media.refused")
                        .tag("bound", "disk")
                        .counter()
                        .count())
                .isEqualTo(2);

        close(first);
        close(second);
        assertThat(repair(third).sizesBytes()).hasSize(1);
        await().until(() -> media.registry.get("lyceum.media.disk").gauge().value() < 20_000);
        close(third);
        assertThat(media.registry.get("lyceum.media.disk").gauge().value()).isZero();
    }

    @Test
    void refusesTooManySegments() {
        with("LYCEUM_MEDIA_SEGMENTS", "2");

        assertFails(
                Kind.INVALID,
                "more than 2 segments",
                () -> media.split(List.of(tone), segment(), segment(), segment()));
    }

    @Test
    void refusesOutputsThatBecomeTooLarge() {
        with("LYCEUM_MEDIA_OUTPUT_LIMIT", "20000");

        assertFails(
                Kind.INVALID,
                "the sound is too large",
                () -> media.split(List.of(tone), segment(), segment(), segment()));
        assertFails(Kind.INVALID, "the sound is too large", () -> media.repair(Samples.read("sweep6.webm")));
        assertThat(media.split(List.of(tone), segment(), segment())).hasSize(2);
    }

    @Test
    void refusesJobsBeyondTheBound() {
        with("LYCEUM_MEDIA_JOBS", "2");
        Job first = media.open();
        media.open();

        assertFails(Kind.BUSY, "too many sound jobs; try again later", media::open);
        close(first);

        assertThat(media.open()).isNotNull();
    }

    @Test
    void grantsOneOperation() {
        with();
        Job job = media.open(tone);
        repair(job);

        assertFails(Kind.CONFLICT, "the job had its operation already", () -> repair(job));
        assertFails(
                Kind.CONFLICT,
                "the job has its inputs already",
                () -> append(job, 1, Buffer.buffer()).await());
    }

    @Test
    void knowsNoOutputBeforeTheOperationAndBeyondTheLast() {
        with();
        Job job = media.open(tone);

        assertFails(
                Kind.NOT_FOUND,
                "the job has no such output",
                () -> read(job, 0, 0).await());
        repair(job);

        assertFails(
                Kind.NOT_FOUND,
                "the job has no such output",
                () -> read(job, 1, 0).await());
        assertFails(
                Kind.NOT_FOUND,
                "the job has no such output",
                () -> read(job, 0, -1).await());
    }

    @Test
    void forgetsAClosedJobAndAllItHad() throws IOException {
        with();
        Job job = media.open(tone);
        repair(job);

        close(job);
        close(job);

        assertFails(Kind.NOT_FOUND, "no such job", () -> read(job, 0, 0).await());
        assertFails(
                Kind.NOT_FOUND,
                "no such job",
                () -> append(job, 0, Buffer.buffer()).await());
        assertFails(Kind.NOT_FOUND, "no such job", () -> repair(job));
        assertThat(files()).isEmpty();
    }

    @Test
    void closesAJobThatNobodyTouches() {
        with("LYCEUM_MEDIA_JOB_IDLE_LIMIT", "200ms");
        Job job = media.open(tone);

        await().atMost(Duration.ofSeconds(10)).until(() -> files().isEmpty());

        assertFails(Kind.NOT_FOUND, "no such job", () -> repair(job));
    }

    @Test
    void keepsItsFilesFromOthers() throws IOException {
        with();
        media.open(tone);

        for (Path directory : List.of(media.workDirectory(), files().get(0).getParent())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void leavesNothingWhenItStops() {
        with();
        media.open(tone);
        Path directory = media.workDirectory();

        media.close();
        media = null;

        assertThat(directory).isDirectoryNotContaining(Files::isDirectory);
    }

    @Test
    void workOfTwoJobsDoesNotMix() {
        with();
        Job first = media.open(tone);
        Job second = media.open(Samples.read("sweep6.webm"));

        Future<MediaService.Outputs> cut = media.at(first).split(new Split(first.id(), List.of(segment())));
        Future<MediaService.Outputs> mended = media.at(second).repair(new Repair(second.id()));

        assertThat(cut.await().sizesBytes().get(0)).isLessThan(TONE_BYTES);
        assertThat(mended.await().sizesBytes().get(0)).isGreaterThan(3L * TONE_BYTES - 100);
    }

    @Test
    void tellsWhichFfmpegItHas() {
        with();

        assertThat(media.anyone().inspect(new Inspect()).await().text()).startsWith("ffmpeg version ");
        assertThat(media.readiness().ask().get("media").await()).startsWith("ffmpeg version ");
    }

    @Test
    void opensNoJobWithoutFfmpeg() {
        with("LYCEUM_FFMPEG", "/bin/false");

        MediaService.Engine engine = media.anyone().inspect(new Inspect()).await();

        assertThat(engine.usable()).isFalse();
        assertThat(engine.text()).startsWith("no ffmpeg; set LYCEUM_FFMPEG (");
        assertThat(media.readiness().ask().get("media").failed()).isTrue();
        assertFails(
                Kind.UNAVAILABLE,
                "sound cannot be cut here",
                () -> media.anyone().openJob(OpenJob.interactive()).await());
    }

    private static Segment segment() {
        return new Segment(0, 1_500);
    }

    private Future<Done> append(Job job, int input, Buffer bytes) {
        return media.at(job).append(new Append(job.id(), input, bytes));
    }

    private MediaService.Outputs repair(Job job) {
        return media.at(job).repair(new Repair(job.id())).await();
    }

    private Future<Piece> read(Job job, int output, long offset) {
        return media.at(job).read(new Read(job.id(), output, offset));
    }

    private void close(Job job) {
        media.at(job).closeJob(new CloseJob(job.id())).await();
    }

    /** The files of all jobs; beside their directories there is the root of their rooms. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(media.workDirectory(), 3)) {
            return all.filter(path -> media.workDirectory().relativize(path).getNameCount() == 3)
                    .filter(path -> !path.getParent().endsWith("root"))
                    .toList();
        }
    }
}
