package lyceum.media.internal.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.FilePiece;
import lyceum.media.LiveService.LiveRecording;
import lyceum.media.internal.FileTree;
import lyceum.platform.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings of live video in one directory, which several instances may share. What is being recorded is an FLV in a directory of
 * its own, with a dot in front of the name; when it is over, it becomes an MP4 beside that, or stays an FLV where MP4 cannot
 * hold it; until then it is locked. What a crash has left is finished by the next start.
 */
final class LiveRecordings {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRecordings.class);

    /** To copy is quick; a disk may be slow. */
    private static final Duration REMUX_LIMIT = Duration.ofMinutes(30);

    private static final Pattern WHOLE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*\\.(?:mp4|flv)");
    private static final String HIDDEN = ".";
    private static final String GROWING = "growing.flv";
    private static final int MOST_LISTED = 10_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final LiveConfig config;
    private final Studio studio;
    private final String instance;
    private final InstantSource clock;

    /** One after the other: each reads and writes a whole file. */
    private Future<Void> remuxed = Future.succeededFuture();

    LiveRecordings(
            Vertx vertx,
            WorkerExecutor workers,
            LiveConfig config,
            Studio studio,
            String instance,
            InstantSource clock) {
        this.vertx = vertx;
        this.workers = workers;
        this.config = config;
        this.studio = studio;
        this.instance = instance;
        this.clock = clock;
    }

    /** Makes the directory, and finishes what the dead have left; for that nobody waits. */
    Future<Void> open() {
        return workers.executeBlocking(
                        () -> {
                            Files.createDirectories(config.recordingsDirectory());
                            return left();
                        },
                        false)
                .recover(error -> Future.failedFuture(new IllegalStateException(
                        "LYCEUM_LIVE_RECORDINGS_DIR: %s cannot be used: %s"
                                .formatted(config.recordingsDirectory(), error),
                        error)))
                .map(files -> {
                    files.forEach(file -> inTurn(file, () -> finishLeft(file)));
                    return null;
                });
    }

    private List<Path> left() throws IOException {
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(config.recordingsDirectory(), ".*")) {
            for (Path directory : found) {
                Path file = directory.resolve(GROWING);
                if (Files.isRegularFile(file)) {
                    left.add(file);
                }
            }
        }
        return left;
    }

    /** Others may still write it, or finish it since they have started at the same time. */
    private Future<Void> finishLeft(Path file) {
        return workers.executeBlocking(() -> RecordingLock.take(file), false)
                .compose(lock -> lock.map(taken -> remux(file).eventually(() -> release(taken)))
                        .orElseGet(Future::succeededFuture));
    }

    /** The workers may be gone, when this instance stops. */
    private Future<Void> release(AutoCloseable held) {
        return vertx.executeBlocking(
                () -> {
                    held.close();
                    return null;
                },
                false);
    }

    FlvRecording begin(String channel, boolean hasVideo) {
        String name = HIDDEN + channel + '-' + TIME.format(clock.instant());
        Path file = config.recordingsDirectory().resolve(name).resolve(GROWING);
        return new FlvRecording(file, hasVideo, config.recordingBytes(), workers);
    }

    /** @return the name that it will have when it is whole */
    static String finalName(Path file) {
        return file.getParent().getFileName().toString().substring(HIDDEN.length()) + ".mp4";
    }

    /** Ends one that grows, whether it could be written or not. @return done when it can be read */
    Future<Void> end(FlvRecording recording) {
        return inTurn(
                recording.file(),
                () -> recording
                        .end()
                        .compose(isThere -> isThere ? remux(recording.file()) : Future.succeededFuture())
                        .eventually(() -> release(recording::release)));
    }

    /** Makes an MP4 of an FLV that nobody writes any more. */
    private Future<Void> inTurn(Path file, Supplier<Future<Void>> work) {
        remuxed = remuxed.otherwiseEmpty()
                .compose(turn -> work.get())
                .onFailure(error -> LOG.error("the recording {} was not finished and stays as it is", file, error))
                .otherwiseEmpty();
        return remuxed;
    }

    /** Who has the lock makes an MP4 of it, under a name that no program has that outlived its instance. */
    private Future<Void> remux(Path file) {
        String draft = "draft-%s.mp4".formatted(UUID.randomUUID());
        return studio.builder()
                .apply(file.getParent())
                .compose(scene -> remux(scene, file, draft).eventually(scene.strike()::get))
                .compose(status -> workers.executeBlocking(() -> settle(file, draft, status), false));
    }

    private Future<Integer> remux(Studio.Scene scene, Path file, String draft) {
        return workers.executeBlocking(() -> start(scene, file, draft), false).compose(process -> {
            long timer = vertx.setTimer(
                    REMUX_LIMIT.toMillis(), late -> scene.strike().get().onComplete(gone -> process.destroyForcibly()));
            return Future.fromCompletionStage(process.onExit(), vertx.getOrCreateContext())
                    .onComplete(gone -> vertx.cancelTimer(timer))
                    .map(Process::exitValue);
        });
    }

    private Process start(Studio.Scene scene, Path file, String draft) throws IOException {
        return LiveProgram.startAlone(
                scene, LiveProgram.remux(GROWING, draft), file.getParent(), 2 * config.recordingBytes());
    }

    private Void settle(Path file, String draft, int status) throws IOException {
        Path directory = file.getParent();
        Path made = directory.resolve(draft);
        String name = finalName(file);
        if (status == 0 && Files.exists(made)) {
            Files.move(made, directory.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
        } else if (Files.size(file) > 0) {
            LOG.warn("ffmpeg made no MP4 of {}: status={}", name, status);
            Path kept = directory.resolveSibling(name.replaceAll("mp4$", "flv"));
            Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
        }
        FileTree.delete(directory);
        return null;
    }

    /** @return what is whole, the newest first, no more than ten thousand */
    Future<List<LiveRecording>> list() {
        return workers.executeBlocking(
                () -> {
                    List<LiveRecording> all = new ArrayList<>();
                    try (DirectoryStream<Path> found =
                            Files.newDirectoryStream(config.recordingsDirectory(), LiveRecordings::isWhole)) {
                        for (Path file : found) {
                            recording(file).ifPresent(all::add);
                        }
                    }
                    all.sort(Comparator.comparing(LiveRecording::modified).reversed());
                    return all.subList(0, Math.min(all.size(), MOST_LISTED));
                },
                false);
    }

    /** @return nothing where it has just been removed */
    private Optional<LiveRecording> recording(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new LiveRecording(
                    file.getFileName().toString(),
                    instance,
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** @return whether the name is that of a recording that is over */
    static boolean isWhole(Path file) {
        return isWhole(file.getFileName().toString());
    }

    private static boolean isWhole(String name) {
        return WHOLE.matcher(name).matches();
    }

    /** @return a stretch of a recording; or NOT_FOUND */
    Future<FilePiece> read(String name, long offset) {
        if (!isWhole(name) || offset < 0) {
            return Future.failedFuture(Failure.notFound("no such recording"));
        }
        return ChannelFiles.read(vertx, config.recordingsDirectory().resolve(name), offset, LiveChannel.PIECE_BYTES)
                .recover(error -> Future.failedFuture(Failure.notFound("no such recording")));
    }

    /** Waits a little for what is being finished; the rest is left to the next start. */
    Future<Void> close(Duration patience) {
        return remuxed.timeout(patience.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
    }
}
