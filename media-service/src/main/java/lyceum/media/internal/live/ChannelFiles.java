package lyceum.media.internal.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import lyceum.media.LiveChannel.FilePiece;

/** Reads stretches of files. */
final class ChannelFiles {

    private ChannelFiles() {}

    /** @return up to so many bytes from an offset on, none behind the end; fails where there is no such file */
    static Future<FilePiece> read(Vertx vertx, Path path, long offset, int mostBytes) {
        OpenOptions reading = new OpenOptions().setWrite(false).setCreate(false);
        return vertx.fileSystem()
                .open(path.toString(), reading)
                .compose(file -> file.size()
                        .compose(size -> {
                            int count = (int) Math.max(0, Math.min(mostBytes, size - offset));
                            Future<Buffer> bytes = count == 0
                                    ? Future.succeededFuture(Buffer.buffer())
                                    : file.read(Buffer.buffer(count), 0, offset, count);
                            return bytes.map(piece -> new FilePiece(piece, size));
                        })
                        .eventually(file::close));
    }
}
