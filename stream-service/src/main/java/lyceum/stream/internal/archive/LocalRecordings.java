package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.OpenOptions;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import lyceum.platform.Failure;
import lyceum.stream.RecordingService.Gone;
import lyceum.stream.RecordingService.Moved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings in a directory. What blocks, and that is all but reading of a file, is done by threads of its own: a few that
 * write, so that a long list does not keep chunks in memory, and a few for everything else.
 */
public final class LocalRecordings implements RecordingStore {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRecordings.class);
    private static final int OTHER_THREADS = 2;

    private final Vertx vertx;
    private final RecordingTree tree;
    private final WorkerExecutor writing;
    private final WorkerExecutor others;
    private final LocalFiles files;

    /**
     * @param root is made when it is first needed
     * @param writers how many chunks are written at once
     */
    public LocalRecordings(Vertx vertx, Path root, int writers) {
        this.vertx = vertx;
        this.tree = new RecordingTree(root);
        this.writing = vertx.createSharedWorkerExecutor("lyceum-recordings-write", writers);
        this.others = vertx.createSharedWorkerExecutor("lyceum-recordings", OTHER_THREADS);
        this.files = new LocalFiles(vertx, root);
    }

    @Override
    public boolean takesName(String recording) {
        return Directories.takes(recording);
    }

    @Override
    public Future<List<String>> list() {
        return ask(tree::list);
    }

    @Override
    public Future<Boolean> contains(String recording) {
        return ask(() -> tree.contains(recording));
    }

    @Override
    public Future<StoredRecording> find(String recording) {
        return ask(() -> tree.find(recording));
    }

    @Override
    public Future<List<StoredZip>> zips(String recording, String stream) {
        return ask(() -> tree.zips(recording, stream));
    }

    @Override
    public Future<StoredBytes> open(String place) {
        return vertx.fileSystem()
                .open(place, new OpenOptions().setRead(true).setWrite(false).setCreate(false))
                .compose(
                        file -> file.size().map(length -> (StoredBytes) new LocalBytes(file, length)),
                        error -> Future.failedFuture(isMissing(error) ? gone() : error));
    }

    private static boolean isMissing(Throwable error) {
        return error instanceof NoSuchFileException || error.getCause() instanceof NoSuchFileException;
    }

    private static Failure gone() {
        return Failure.notFound("the recording is not there any more");
    }

    @Override
    public Future<Boolean> add(String recording, Chunk chunk, BooleanSupplier permission) {
        return writing.executeBlocking(() -> tree.add(recording, chunk, permission), false);
    }

    @Override
    public Future<Moved> move(String recording, Shelf from, String newName, Shelf to) {
        return ask(() -> tree.move(recording, from, newName, to));
    }

    /** It is gone at once; its files are removed afterwards. */
    @Override
    public Future<Gone> delete(String recording) {
        return ask(() -> tree.delete(recording)).onSuccess(gone -> sweepTrash());
    }

    private void sweepTrash() {
        ask(tree::emptyTrash).onFailure(error -> LOG.warn("what was deleted takes its room still", error));
    }

    @Override
    public FileStore files() {
        return files;
    }

    @Override
    public Future<Void> sweep() {
        return ask(tree::sweep);
    }

    private <T> Future<T> ask(Callable<T> question) {
        return others.executeBlocking(question, false);
    }

    @Override
    public Future<Void> close() {
        return Future.join(writing.close(), others.close(), files.close()).mapEmpty();
    }
}
