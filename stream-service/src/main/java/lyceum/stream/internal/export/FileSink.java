package lyceum.stream.internal.export;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import lyceum.stream.internal.archive.FileDraft;
import lyceum.stream.internal.archive.StoredFile;

/** Writes a file of many short stretches. Lives on one context. */
final class FileSink {

    private static final int WRITE_BYTES = 256 * 1024;

    private final FileDraft draft;
    private Buffer waiting = Buffer.buffer();

    FileSink(FileDraft draft) {
        this.draft = draft;
    }

    Future<Void> write(Buffer bytes) {
        waiting.appendBuffer(bytes);
        return waiting.length() < WRITE_BYTES ? Future.succeededFuture() : flush();
    }

    private Future<Void> flush() {
        Buffer written = waiting;
        waiting = Buffer.buffer();
        return written.length() == 0 ? Future.succeededFuture() : draft.append(written);
    }

    Future<StoredFile> commit() {
        return flush().compose(all -> draft.commit(true));
    }

    Future<Void> abandon() {
        return draft.abandon();
    }
}
