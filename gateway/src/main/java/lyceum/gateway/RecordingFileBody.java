package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lyceum.gateway.file.Portion;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.RecordingFileService;
import lyceum.stream.RecordingFileService.FilePiece;
import lyceum.stream.RecordingFileService.ReadFile;
import lyceum.stream.RecordingFileService.RecordingFile;

/** Writes a file, or a part of it: the next piece is asked for when the client has taken the last one. */
final class RecordingFileBody {

    private final RecordingFileService files;
    private final HttpServerResponse response;
    private final Duration stallLimit;

    private long position;

    /** @param stallLimit how long the client may take for one piece */
    RecordingFileBody(RecordingFileService files, HttpServerResponse response, Duration stallLimit) {
        this.files = files;
        this.response = response;
        this.stallLimit = stallLimit;
    }

    static boolean isMissing(Throwable error) {
        return error instanceof Failure failure && failure.kind() == Kind.NOT_FOUND;
    }

    /** @return done when all is written; fails where the client is gone or does not read, or the file is another one by now */
    Future<Void> write(RecordingFile file, Portion portion) {
        position = portion.offset();
        long end = portion.offset() + portion.length();
        return Loop.whileTrue(() -> position < end ? writePiece(file, end).map(true) : Future.succeededFuture(false))
                .compose(all -> response.end());
    }

    private Future<Void> writePiece(RecordingFile file, long end) {
        int count = (int) Math.min(RecordingFileService.PIECE_BYTES, end - position);
        return files.readFile(new ReadFile(file.recording(), file.file(), file.tag(), position, count))
                .map(FilePiece::bytes)
                .compose(bytes -> {
                    if (bytes.length() == 0) {
                        return Future.failedFuture(new Failure(Kind.CONFLICT, "the file is shorter than it was"));
                    }
                    position += bytes.length();
                    return take(bytes);
                });
    }

    private Future<Void> take(Buffer bytes) {
        return response.write(bytes)
                .timeout(stallLimit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(error -> Future.failedFuture(
                        error instanceof TimeoutException ? new Refusal(408, "the client does not read") : error));
    }
}
