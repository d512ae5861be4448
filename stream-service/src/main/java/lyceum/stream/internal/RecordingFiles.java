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
import lyceum.stream.internal.archive.StoredFile;

/** The rules of {@link RecordingFileService} and {@link UploadSession}. Lives on one context. */
final class RecordingFiles implements RecordingFileService, UploadSession {

    private final String instance;
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
            Vertx vertx, String instance, FileStore store, RecordingInfos infos, FileConfig config, Duration lease) {
        this.instance = instance;
        this.store = store;
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
        return store.isHidden(order.recording())
                .compose(isHidden -> isHidden ? Future.failedFuture(hidden(order)) : requireRoom(order))
                .compose(free -> uploads.open(id -> store.begin(order.recording(), order.file())
                        .map(draft -> new LiveUpload(order, draft, config.longestBytes()))))
                .map(id -> new OpenedSession(id, instance));
    }

    private static Failure hidden(OpenUpload order) {
        return Failure.notFound("Recording %s is hidden".formatted(order.recording()));
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
        return uploads.ask(order.id(), upload -> upload.commit().compose(stored -> told(upload.order(), stored)))
                .onComplete(committed -> uploads.end(order.id()));
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
