package lyceum.stream.internal.archive;

import java.util.List;

/**
 * What there is of a recording; of one that does not exist nothing.
 *
 * @param streams by name
 * @param files names of what was made of it, in order
 */
public record StoredRecording(List<StoredStream> streams, List<String> files) {

    /** Nothing. */
    public static final StoredRecording NONE = new StoredRecording(List.of(), List.of());
}
