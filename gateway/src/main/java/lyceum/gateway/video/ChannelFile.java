package lyceum.gateway.video;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * A file that is read in pieces.
 *
 * @param sizeBytes of all of it
 */
record ChannelFile(long sizeBytes, Source source) {

    /** Where the pieces come from. */
    interface Source {

        /** @return some bytes from an offset on, at least one where that is before the end */
        Future<Buffer> read(long offset);
    }

    /** @return a file that is here already */
    static ChannelFile of(Buffer bytes, int pieceBytes) {
        return new ChannelFile(
                bytes.length(),
                offset -> Future.succeededFuture(
                        bytes.slice((int) offset, (int) Math.min(bytes.length(), offset + pieceBytes))));
    }
}
