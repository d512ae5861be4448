package lyceum.media.internal;

import static lyceum.media.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import lyceum.media.MediaService.CloseJob;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.Outputs;
import lyceum.media.MediaService.Repair;
import lyceum.media.MediaService.Segment;
import lyceum.media.Samples;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when ffmpeg takes too long, or is no longer wanted. */
class StoppedWorkTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path data;

    /** Tells the process of this test from all others, seen from outside of its room. */
    private final String uniqueSeconds = "1000." + ThreadLocalRandom.current().nextInt(1_000_000_000);

    private final byte[] tone = Samples.read("tone0.webm");
    private Vertx vertx;
    private TestMedia media;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        media.close();
        vertx.close().await();
    }

    @Test
    void failsWhereARealRunTakesTooLong() {
        media = TestMedia.start(vertx, data, "LYCEUM_MEDIA_TIME_LIMIT", "1ms");
        Segment segment = new Segment(0, 1_000);

        assertFails(Kind.UNAVAILABLE, "ffmpeg took too long", () -> media.split(List.of(tone), segment));
    }

    @Test
    void killsARunAtItsLimit() throws IOException {
        hanging("LYCEUM_MEDIA_TIME_LIMIT", "300ms");

        assertFails(Kind.UNAVAILABLE, "ffmpeg took too long", () -> media.repair(tone));
        assertNothingRuns();
    }

    @Test
    void endsAnOperationAtItsLimitEvenWhereItWaits() throws IOException {
        hanging("LYCEUM_MEDIA_OPERATION_TIME_LIMIT", "700ms", "LYCEUM_MEDIA_CONCURRENCY", "1");
        Future<Outputs> running = repair(media.open(tone));
        Future<Outputs> waiting = repair(media.open(tone));

        assertFails(Kind.UNAVAILABLE, "ffmpeg took too long", running::await);
        assertFails(Kind.UNAVAILABLE, "ffmpeg took too long", waiting::await);
        assertNothingRuns();
    }

    @Test
    void killsTheRunOfAJobThatIsClosed() throws IOException {
        hanging();
        Job job = media.open(tone);
        Future<Outputs> running = repair(job);
        await().atMost(SOON).until(this::runs);

        media.at(job).closeJob(new CloseJob(job.id())).await();

        assertFails(Kind.NOT_FOUND, "the job was closed", running::await);
        assertNothingRuns();
    }

    @Test
    void killsWhatRunsWhenTheServiceStops() throws IOException {
        hanging();
        Future<Outputs> running = repair(media.open(tone));
        await().atMost(SOON).until(this::runs);
        Path directory = media.workDirectory();

        media.close();

        assertFails(Kind.NOT_FOUND, "the job was closed", running::await);
        assertNothingRuns();
        assertThat(directory).isDirectoryNotContaining(Files::isDirectory);
        media = TestMedia.start(vertx, data);
    }

    @Test
    void doesNotCloseAJobThatIsAtWork() throws IOException {
        hanging("LYCEUM_MEDIA_JOB_IDLE_LIMIT", "50ms", "LYCEUM_MEDIA_TIME_LIMIT", "1s");

        assertFails(Kind.UNAVAILABLE, "ffmpeg took too long", () -> media.repair(tone));
    }

    @Test
    void refusesWorkBeyondTheQueue() throws IOException {
        hanging("LYCEUM_MEDIA_CONCURRENCY", "1", "LYCEUM_MEDIA_QUEUE", "1");
        Job first = media.open(tone);
        Job second = media.open(tone);
        Future<Outputs> running = repair(first);
        Future<Outputs> waiting = repair(second);

        assertFails(Kind.BUSY, "too much sound is being worked on; try again later", () -> media.repair(tone));
        assertThat(running.isComplete()).isFalse();
        assertThat(waiting.isComplete()).isFalse();
    }

    private Future<Outputs> repair(Job job) {
        return media.at(job).repair(new Repair(job.id()));
    }

    /** Starts with a program that tells its version and then never ends: ffmpeg itself cannot be made to hang. */
    private void hanging(String... settings) throws IOException {
        String script = """
                #!/bin/sh
                case "$*" in
                *-version) echo "ffmpeg version hanging" ;;
                *) exec sleep %s ;;
                esac
                """.formatted(uniqueSeconds);
        Path program = Files.writeString(data.resolve("hanging"), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "LYCEUM_FFMPEG";
        all[settings.length + 1] = program.toString();
        media = TestMedia.start(vertx, data, all);
    }

    private boolean runs() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith("sleep " + uniqueSeconds));
    }

    private void assertNothingRuns() {
        await().atMost(SOON).until(() -> !runs());
    }
}
