package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Read;
import lyceum.platform.Loop;

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
        AtomicLong offsetBytes = new AtomicLong();
        return Loop.whileTrue(() -> media.read(new Read(jobId, output, offsetBytes.get()))
                .compose(piece -> {
                    offsetBytes.addAndGet(piece.bytes().length());
                    return piece.bytes().length() == 0
                            ? Future.succeededFuture(false)
                            : taker.apply(piece.bytes()).map(true);
                }));
    }
}
