package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileProps;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one job, in a directory that only its owner can enter. Inputs are written one after the other. */
final class JobFiles {

    private static final Logger LOG = LoggerFactory.getLogger(JobFiles.class);

    private final FileSystem files;
    private final Path directory;
    private AsyncFile input;
    private int inputs;

    private JobFiles(Vertx vertx, Path directory) {
        this.files = vertx.fileSystem();
        this.directory = directory;
    }

    /** @return no files yet */
    static Future<JobFiles> in(Vertx vertx, Path directory) {
        return vertx.fileSystem()
                .mkdir(directory.toString(), "rwx------")
                .recover(JobFiles::noRoom)
                .map(made -> new JobFiles(vertx, directory));
    }

    Path directory() {
        return directory;
    }

    static String inputName(int number) {
        return "input" + number;
    }

    /** Appends to an input, the last one or a new one; the next call waits for the end of this one. */
    Future<Void> append(int number, Buffer bytes) {
        return (number < inputs ? Future.succeededFuture() : next())
                .compose(opened -> bytes.length() == 0 ? Future.succeededFuture() : input.write(bytes))
                .recover(JobFiles::noRoom);
    }

    private Future<Void> next() {
        OpenOptions fresh = new OpenOptions().setRead(false).setWrite(true).setCreateNew(true);
        return closeInput()
                .compose(closed -> files.open(path(inputName(inputs)), fresh))
                .map(opened -> {
                    input = opened;
                    inputs++;
                    return null;
                });
    }

    /** Ends the writing of inputs. */
    Future<Void> closeInput() {
        AsyncFile written = input;
        input = null;
        return written == null ? Future.succeededFuture() : written.close();
    }

    /** @return up to so many bytes of a file from an offset on, fewer at its end */
    Future<Buffer> read(String name, long offset, int mostBytes) {
        return files.open(path(name), new OpenOptions().setWrite(false).setCreate(false))
                .compose(file -> file.read(Buffer.buffer(mostBytes), 0, offset, mostBytes)
                        .eventually(file::close));
    }

    Future<Void> write(String name, String text) {
        return files.writeFile(path(name), Buffer.buffer(text)).recover(JobFiles::noRoom);
    }

    Future<Long> sizeBytes(String name) {
        return files.props(path(name)).map(properties -> properties.size());
    }

    /** @return of all files together */
    Future<Long> sizeBytes() {
        return files.readDir(directory.toString())
                .compose(names -> Future.all(names.stream().map(files::lprops).toList()))
                .map(all -> all.<FileProps>list().stream()
                        .mapToLong(FileProps::size)
                        .sum());
    }

    Future<Void> delete(String name) {
        return files.delete(path(name));
    }

    /** Removes the directory with all that is in it. */
    Future<Void> remove() {
        return closeInput().eventually(() -> files.deleteRecursive(directory.toString()));
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private static <T> Future<T> noRoom(Throwable error) {
        LOG.warn("sound cannot be kept while it is worked on: {}", error.toString());
        return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "there is no room for the sound"));
    }
}
