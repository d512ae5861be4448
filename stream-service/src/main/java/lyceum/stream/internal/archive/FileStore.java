package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import lyceum.platform.Failure;
import lyceum.stream.RecordingFileName;

/**
 * Where files of recordings are kept that are not hidden. Names are checked here too; what they name is never outside of
 * its recording. Everything may fail with UNAVAILABLE where the store does not answer.
 */
public interface FileStore {

    /** @return what is known of a file; or NOT_FOUND */
    Future<StoredFile> find(String recording, String file);

    /**
     * @param tag of the file as it was found
     * @return the bytes from an offset on, fewer only where the file ends; or NOT_FOUND, or CONFLICT where it is another
     *     one by now
     */
    Future<Buffer> read(String recording, String file, String tag, long offset, int count);

    /** @return whether the recording is hidden */
    Future<Boolean> isHidden(String recording);

    /** @return a new file that nobody sees yet */
    Future<FileDraft> begin(String recording, String file);

    /** @return the name itself; fails with INVALID where it is none */
    static String checked(String file) {
        return RecordingFileName.check(file);
    }

    static Failure missing() {
        return Failure.notFound("there is no such file");
    }

    static Failure changed() {
        return new Failure(Failure.Kind.CONFLICT, "the file has been changed meanwhile");
    }

    static Failure taken(String recording, String file) {
        return new Failure(Failure.Kind.CONFLICT, "File %s/%s already exists.".formatted(recording, file));
    }
}
