package lyceum.gateway.recording;

import io.vertx.core.Future;
import lyceum.gateway.file.Portion;
import lyceum.gateway.route.StallLimitedBody;
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
    private final StallLimitedBody body;

    private long position;

    RecordingFileBody(RecordingFileService files, StallLimitedBody body) {
        this.files = files;
        this.body = body;
    }

    static boolean isMissing(Throwable error) {
        return error instanceof Failure failure && failure.kind() == Kind.NOT_FOUND;
    }

    static boolean isChanged(Throwable error) {
        return error instanceof Failure failure && failure.kind() == Kind.CONFLICT;
    }

    /** @return done when all is written; fails where the client is gone or does not read, or the file is another one by now */
    Future<Void> write(RecordingFile file, Portion portion) {
        position = portion.offset();
        long end = portion.offset() + portion.length();
        return Loop.whileTrue(() -> position < end ? writePiece(file, end).map(true) : Future.succeededFuture(false))
                .compose(all -> body.end());
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
                    return body.write(bytes);
                });
    }
}
