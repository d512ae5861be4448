package lyceum.gateway.recording;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import lyceum.gateway.form.Window;
import lyceum.gateway.stream.UploadWatch;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingFileService.OpenUpload;
import lyceum.stream.RecordingFileService.RecordingFile;
import lyceum.stream.StreamService.Done;
import lyceum.stream.UploadSession;
import lyceum.stream.UploadSession.AbandonUpload;
import lyceum.stream.UploadSession.AppendUpload;
import lyceum.stream.UploadSession.CommitUpload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one file to stream-service, in order, a few pieces at a time. */
final class FileWriter implements UploadWatch.Upload {

    private static final Logger LOG = LoggerFactory.getLogger(FileWriter.class);

    private final RecordingFileAccess files;
    private final OpenUpload order;
    private final Window window;

    private Future<Session> session;
    private long number;
    private int underWay;

    private record Session(String id, UploadSession at) {}

    /** @param sender is paused while too many pieces are on their way */
    FileWriter(RecordingFileAccess files, OpenUpload order, ReadStream<?> sender) {
        this.files = files;
        this.order = order;
        this.window = new Window(sender, UploadSession.WINDOW_PIECES);
    }

    /** Opens the upload, so that a file that is refused is refused before all of it has come. */
    void begin() {
        append(Buffer.buffer());
    }

    void append(Buffer piece) {
        window.send(() -> {
            underWay++;
            long due = number++;
            return session().compose(opened -> append(opened, due, piece)).onComplete(answered -> underWay--);
        });
    }

    private Future<Session> session() {
        if (session == null) {
            session = files.service()
                    .openUpload(order)
                    .map(opened -> new Session(opened.id(), files.uploading().apply(opened.instance())));
        }
        return session;
    }

    private static Future<Done> append(Session opened, long number, Buffer piece) {
        return opened.at()
                .appendUpload(new AppendUpload(opened.id(), number, piece))
                .recover(FileWriter::lost);
    }

    /** An instance that has stopped knows nothing of the upload any more. */
    private static <T> Future<T> lost(Throwable error) {
        return Future.failedFuture(
                RecordingFileBody.isMissing(error)
                        ? new Failure(Kind.UNAVAILABLE, "the upload is lost, please try again")
                        : error);
    }

    @Override
    public void keep() {
        if (session != null && underWay == 0) {
            append(Buffer.buffer());
        }
    }

    @Override
    public boolean isUnderWay() {
        return underWay > 0;
    }

    /** @return whether sending more would be in vain */
    boolean isBroken() {
        return window.isBroken();
    }

    /** The file is whole; @return what is stored, or the first failure */
    Future<RecordingFile> commit() {
        return window.close()
                .compose(all -> session())
                .compose(opened ->
                        opened.at().commitUpload(new CommitUpload(opened.id())).recover(FileWriter::lost));
    }

    /** Nothing is stored. */
    void abandon() {
        if (session != null) {
            session.compose(opened -> opened.at().abandonUpload(new AbandonUpload(opened.id())))
                    .onFailure(error -> LOG.debug("an upload is left to its lease", error));
        }
    }
}
