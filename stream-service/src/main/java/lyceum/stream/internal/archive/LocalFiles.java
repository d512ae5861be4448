package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files of recordings in a directory, read and written by a few threads of their own: downloads hold up no recording. */
final class LocalFiles implements FileStore {

    private static final int THREADS = 4;

    private final FileTree tree;
    private final WorkerExecutor threads;

    LocalFiles(Vertx vertx, Path root) {
        this.tree = new FileTree(root);
        this.threads = vertx.createSharedWorkerExecutor("lyceum-recordings-files", THREADS);
    }

    @Override
    public Future<StoredFile> find(String recording, String file) {
        return threads.executeBlocking(() -> tree.find(recording, file), false);
    }

    @Override
    public Future<Buffer> read(String recording, String file, String tag, long offset, int count) {
        return threads.executeBlocking(() -> Buffer.buffer(tree.read(recording, file, tag, offset, count)), false);
    }

    @Override
    public Future<Boolean> isHidden(String recording) {
        return threads.executeBlocking(() -> tree.isHidden(recording), false);
    }

    @Override
    public Future<FileDraft> begin(String recording, String file) {
        return threads.executeBlocking(
                () -> {
                    Path place = tree.begin(recording, file);
                    return new Draft(recording, file, place, FileChannel.open(place, StandardOpenOption.WRITE));
                },
                false);
    }

    Future<Void> close() {
        return threads.close();
    }

    private final class Draft implements FileDraft {

        private final String recording;
        private final String file;
        private final Path place;
        private final FileChannel channel;

        Draft(String recording, String file, Path place, FileChannel channel) {
            this.recording = recording;
            this.file = file;
            this.place = place;
            this.channel = channel;
        }

        @Override
        public Future<Void> append(Buffer bytes) {
            return threads.executeBlocking(() -> write(ByteBuffer.wrap(bytes.getBytes())), false);
        }

        private Void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return null;
        }

        @Override
        public Future<StoredFile> commit(boolean overwrite) {
            return threads.executeBlocking(
                    () -> {
                        channel.force(true);
                        channel.close();
                        return tree.commit(place, recording, file, overwrite);
                    },
                    false);
        }

        @Override
        public Future<Void> abandon() {
            return threads.executeBlocking(
                    () -> {
                        channel.close();
                        Files.deleteIfExists(place);
                        return null;
                    },
                    false);
        }
    }
}
