package lyceum.gateway.media;

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
public record JobOutputs(MediaService media, String jobId) {

    /**
     * Hands on one output; the next piece is read when the last one has been taken.
     *
     * @param taker takes a piece; its future is the back-pressure
     * @return done at the end of the output
     */
    public Future<Void> read(int output, Function<Buffer, Future<Void>> taker) {
        return read(output, 0, Long.MAX_VALUE, taker);
    }

    /**
     * Hands on a part of one output.
     *
     * @param begin offset of its first byte
     * @param length of the part; it ends with the output at the latest
     */
    public Future<Void> read(int output, long begin, long length, Function<Buffer, Future<Void>> taker) {
        AtomicLong taken = new AtomicLong();
        return Loop.whileTrue(() -> taken.get() == length
                ? Future.succeededFuture(false)
                : media.read(new Read(jobId, output, begin + taken.get())).compose(piece -> {
                    int count = (int) Math.min(piece.bytes().length(), length - taken.get());
                    taken.addAndGet(count);
                    return count == 0
                            ? Future.succeededFuture(false)
                            : taker.apply(piece.bytes().slice(0, count)).map(true);
                }));
    }
}
