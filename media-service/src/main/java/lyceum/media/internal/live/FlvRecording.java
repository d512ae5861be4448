package lyceum.media.internal.live;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A recording that grows: the tags as they come, from a key frame on. The file can be read to its last whole tag at any time,
 * after a crash as well; a lock tells that somebody writes it.
 */
final class FlvRecording {

    private final Path file;
    private final boolean hasVideo;
    private final long limitBytes;
    private final WorkerExecutor writers;

    private volatile RecordingLock lock;
    private Future<Void> written;
    private long bytes;
    private boolean isBegun;

    /** @param hasVideo whether it begins with a picture */
    FlvRecording(Path file, boolean hasVideo, long limitBytes, WorkerExecutor writers) {
        this.file = file;
        this.hasVideo = hasVideo;
        this.limitBytes = limitBytes;
        this.writers = writers;
        this.written = writers.executeBlocking(this::open, false);
    }

    private Void open() throws IOException {
        Files.createDirectory(file.getParent());
        lock = RecordingLock.create(file);
        return null;
    }

    Path file() {
        return file;
    }

    /** @return whether something has come that it could begin with */
    boolean isBegun() {
        return isBegun;
    }

    /** @return whether there is room for more */
    boolean hasRoom() {
        return bytes < limitBytes;
    }

    /** @param start for the beginning of the file; @return done when the tag is in the file */
    Future<Void> add(FlvTag tag, FlvStart start, boolean hasAudio) {
        if (!isBegun) {
            if (hasVideo ? !FlvStart.isKey(tag) : !tag.isAudio()) {
                return Future.succeededFuture();
            }
            isBegun = true;
            write(FlvStart.header(hasAudio, hasVideo).appendBuffer(start.tags()));
        }
        return write(tag.bytes());
    }

    private Future<Void> write(Buffer next) {
        bytes += next.length();
        written = written.compose(before -> writers.executeBlocking(
                () -> {
                    ByteBuffer rest = ByteBuffer.wrap(next.getBytes());
                    while (rest.hasRemaining()) {
                        lock.channel().write(rest);
                    }
                    return null;
                },
                false));
        return written;
    }

    /** @return done when nothing more is written, whatever failed before: whether there is a file, which stays locked */
    Future<Boolean> end() {
        return written.otherwiseEmpty().map(all -> lock != null);
    }

    /** Lets others have what is left of it. It blocks. */
    void release() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
