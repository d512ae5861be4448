package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingFileService;
import lyceum.stream.RecordingFileService.OpenUpload;
import lyceum.stream.UploadSession;
import lyceum.stream.internal.archive.FileDraft;
import lyceum.stream.internal.archive.StoredFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file while it is uploaded, piece after piece. Lives on one context. */
final class LiveUpload {

    private static final Logger LOG = LoggerFactory.getLogger(LiveUpload.class);

    private final OpenUpload order;
    private final boolean isRecorded;
    private final FileDraft draft;
    private final long longestBytes;

    private Future<Void> written = Future.succeededFuture();
    private long next;
    private long bytes;
    private int waiting;

    /**
     * @param isRecorded whether there was a recording when it began
     * @param longestBytes that the file may have
     */
    LiveUpload(OpenUpload order, boolean isRecorded, FileDraft draft, long longestBytes) {
        this.order = order;
        this.isRecorded = isRecorded;
        this.draft = draft;
        this.longestBytes = longestBytes;
    }

    OpenUpload order() {
        return order;
    }

    boolean isRecorded() {
        return isRecorded;
    }

    /** @return done when the piece is written, or the failures of {@link UploadSession#appendUpload} */
    Future<Void> append(long number, Buffer piece) {
        if (number != next) {
            return Future.failedFuture(new Failure(Kind.CONFLICT, "piece %d is due".formatted(next)));
        }
        if (waiting == UploadSession.WINDOW_PIECES) {
            return Future.failedFuture(new Failure(Kind.BUSY, "too many pieces are on their way"));
        }
        next++;
        bytes += piece.length();
        waiting++;
        written = written.compose(before -> take(piece)).onComplete(taken -> waiting--);
        return written;
    }

    private Future<Void> take(Buffer piece) {
        if (piece.length() > RecordingFileService.PIECE_BYTES) {
            return Future.failedFuture(
                    Failure.invalid("a piece has at most %d bytes".formatted(RecordingFileService.PIECE_BYTES)));
        }
        if (bytes > longestBytes) {
            return Future.failedFuture(Failure.invalid("a file has at most %d bytes".formatted(longestBytes)));
        }
        return piece.length() == 0 ? Future.succeededFuture() : draft.append(piece);
    }

    /** @param permission asked right before the file becomes visible; its failures are those of the commit */
    Future<StoredFile> commit(Supplier<Future<Void>> permission) {
        return written.compose(all -> permission.get()).compose(permitted -> draft.commit(order.overwrite()));
    }

    /** Whatever is being written is written first. */
    void end() {
        written.transform(last -> draft.abandon())
                .onFailure(error -> LOG.warn("an upload that was given up takes its room still", error));
    }
}
