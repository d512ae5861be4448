package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Read;

/**
 * Reads the outputs of a media job piece by piece.
 *
 * @param media the instance that has the job
 */
record JobOutputs(MediaService media, String jobId) {

    /**
     * Hands on one output; the next piece is read when the last one has been taken.
     *
     * @param taker takes a piece; its future is the back-pressure
     * @return done at the end of the output
     */
    Future<Void> read(int output, Function<Buffer, Future<Void>> taker) {
        return read(output, 0, taker);
    }

    private Future<Void> read(int output, long offsetBytes, Function<Buffer, Future<Void>> taker) {
        return media.read(new Read(jobId, output, offsetBytes)).compose(piece -> {
            Buffer bytes = piece.bytes();
            if (bytes.length() == 0) {
                return Future.succeededFuture();
            }
            return taker.apply(bytes).compose(taken -> read(output, offsetBytes + bytes.length(), taker));
        });
    }
}
