package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;

/** A file in a directory. */
record LocalBytes(AsyncFile file, long length) implements StoredBytes {

    @Override
    public Future<Buffer> read(long offset, int count) {
        return file.read(Buffer.buffer(count), 0, offset, count);
    }

    @Override
    public Future<Void> close() {
        return file.close();
    }
}
