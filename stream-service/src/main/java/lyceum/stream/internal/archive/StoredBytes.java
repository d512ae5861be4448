package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A stored file, of which pieces are read. */
public interface StoredBytes {

    /** @return in bytes */
    long length();

    /** @return the bytes from an offset on, fewer only where the file ends */
    Future<Buffer> read(long offset, int count);

    Future<Void> close();
}
