package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingFileService;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.UploadSession;
import lyceum.stream.internal.RecordingConfig.FileConfig;
import lyceum.stream.internal.archive.FileStore;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.archive.StoredFile;

/** The rules of {@link RecordingFileService} and {@link UploadSession}. Lives on one context. */
final class RecordingFiles implements RecordingFileService, UploadSession {

    private final String instance;
    private final RecordingStore recordings;
    private final FileStore store;
    private final RecordingInfos infos;
    private final FileConfig config;
    private final Sessions<LiveUpload> uploads;
    private boolean isStopping;

    /**
     * @param instance where uploads are served
     * @param infos are forgotten of recordings that get a file
     * @param lease {@link UploadSession#LEASE}
     */
    RecordingFiles(
            Vertx vertx,
            String instance,
            RecordingStore recordings,
            RecordingInfos infos,
            FileConfig config,
            Duration lease) {
        this.instance = instance;
        this.recordings = recordings;
        this.store = recordings.files();
        this.infos = infos;
        this.config = config;
        this.uploads = new Sessions<>(vertx, lease, config.uploads(), LiveUpload::end);
    }

    /** @return those that are under way */
    Sessions<?> uploads() {
        return uploads;
    }

    @Override
    public Future<RecordingFile> findFile(FindFile question) {
        return store.find(question.recording(), question.file())
                .map(found -> file(question.recording(), question.file(), found));
    }

    private static RecordingFile file(String recording, String file, StoredFile stored) {
        return new RecordingFile(recording, file, stored.bytes(), stored.modified(), stored.tag());
    }

    @Override
    public Future<FilePiece> readFile(ReadFile question) {
        if (question.offset() < 0 || question.count() < 1 || question.count() > PIECE_BYTES) {
            return Future.failedFuture(Failure.invalid("a piece has 1 to %d bytes".formatted(PIECE_BYTES)));
        }
        return store.read(question.recording(), question.file(), question.tag(), question.offset(), question.count())
                .map(FilePiece::new);
    }

    @Override
    public Future<OpenedSession> openUpload(OpenUpload order) {
        if (isStopping) {
            return Future.failedFuture(RedisFailure.away());
        }
        return requireShown(order.recording())
                .compose(shown -> requireRoom(order))
                .compose(free -> uploads.open(id -> begin(order)))
                .map(id -> new OpenedSession(id, instance));
    }

    private Future<LiveUpload> begin(OpenUpload order) {
        return recordings
                .contains(order.recording())
                .compose(isRecorded -> store.begin(order.recording(), order.file())
                        .map(draft -> new LiveUpload(order, isRecorded, draft, config.longestBytes())));
    }

    private Future<Void> requireShown(String recording) {
        return store.isHidden(recording)
                .compose(isHidden -> isHidden
                        ? Future.failedFuture(Failure.notFound("Recording %s is hidden".formatted(recording)))
                        : Future.succeededFuture());
    }

    /** A client hears of it before it has sent all of a file that is refused. */
    private Future<Void> requireRoom(OpenUpload order) {
        if (order.overwrite()) {
            return Future.succeededFuture();
        }
        return store.find(order.recording(), order.file())
                .transform(found -> found.succeeded()
                        ? Future.failedFuture(FileStore.taken(order.recording(), order.file()))
                        : isMissing(found.cause()) ? Future.succeededFuture() : Future.failedFuture(found.cause()));
    }

    private static boolean isMissing(Throwable error) {
        return error instanceof Failure failure && failure.kind() == Kind.NOT_FOUND;
    }

    @Override
    public Future<Done> appendUpload(AppendUpload piece) {
        return uploads.ask(piece.id(), upload -> upload.append(piece.number(), piece.bytes()))
                .map(new Done());
    }

    /** It ends as a session only then, so that its lease does not end it in the middle. */
    @Override
    public Future<RecordingFile> commitUpload(CommitUpload order) {
        return uploads.ask(
                        order.id(),
                        upload -> upload.commit(() -> requireThere(upload))
                                .compose(stored -> told(upload.order(), stored)))
                .onComplete(committed -> uploads.end(order.id()));
    }

    /**
     * A recording that was hidden meanwhile is not to be seen again by a file of it, nor one that has got another name.
     * Files alone, of which nothing was recorded, are no recording that could have gone.
     */
    private Future<Void> requireThere(LiveUpload upload) {
        String recording = upload.order().recording();
        return requireShown(recording)
                .compose(shown -> upload.isRecorded() ? recordings.contains(recording) : Future.succeededFuture(true))
                .compose(isThere -> isThere
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                Failure.notFound("Recording %s is not there any more".formatted(recording))));
    }

    private Future<RecordingFile> told(OpenUpload order, StoredFile stored) {
        return infos.forget(order.recording()).map(file(order.recording(), order.file(), stored));
    }

    @Override
    public Future<Done> abandonUpload(AbandonUpload order) {
        uploads.end(order.id());
        return Future.succeededFuture(new Done());
    }

    /** Opens nothing more, and ends all. */
    void stop() {
        isStopping = true;
        uploads.close();
    }
}
