package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.BooleanSupplier;
import lyceum.platform.Failure;
import lyceum.stream.RecordingService.Gone;
import lyceum.stream.RecordingService.Moved;

/**
 * Where recordings are kept; {@code package-info} says how. Names of recordings have been checked. Everything may fail
 * with UNAVAILABLE where the store does not answer.
 */
public interface RecordingStore {

    /** @return whether a recording can be called so here: the names of files may have fewer letters */
    boolean takesName(String recording);

    /** @return names of recordings that are not hidden, in order */
    Future<List<String>> list();

    /** @return whether there is such a recording, not hidden */
    Future<Boolean> contains(String recording);

    /** @return what there is of a recording that is not hidden */
    Future<StoredRecording> find(String recording);

    /** @return the files of a stream, in the order of their first ids; none where there is no such stream */
    Future<List<StoredZip>> zips(String recording, String stream);

    /** @param place of a {@link StoredZip}. @return its bytes, to be closed; or NOT_FOUND */
    Future<StoredBytes> open(String place);

    /**
     * Stores a chunk; the same one twice is one. It is there as a whole or not at all.
     *
     * @param permission asked on another thread right before the chunk becomes visible
     * @return true once it would survive the end of the machine, false where the permission was not given
     */
    Future<Boolean> add(String recording, Chunk chunk, BooleanSupplier permission);

    /**
     * Moves a recording and what was made of it to another name or another shelf.
     *
     * @return what has become of it; or CONFLICT where something is there already
     */
    Future<Moved> move(String recording, Shelf from, String newName, Shelf to);

    /** Deletes a recording that is not hidden, and what was made of it. */
    Future<Gone> delete(String recording);

    /** @return where the files of recordings are */
    FileStore files();

    /** Removes what others have left half-written, and finishes what was to be deleted. */
    Future<Void> sweep();

    /** Lets go of threads and connections. */
    Future<Void> close();

    /** @return whether a stream can be kept: its name may be too long for a directory */
    static boolean takes(String stream) {
        return DirectoryName.of(stream).isPresent();
    }

    static Failure taken(String recording) {
        return new Failure(Failure.Kind.CONFLICT, "Recording %s already exists!".formatted(recording));
    }

    static Failure unnameable(String name) {
        return Failure.invalid("%s cannot be the name of a file at this server".formatted(name));
    }

    static Failure away() {
        return new Failure(Failure.Kind.UNAVAILABLE, "the store of recordings does not answer, please try again");
    }
}
