package lyceum.stream.internal.archive;

import java.util.Optional;
import lyceum.stream.internal.EntryId;

/** Name of a file that holds the entries of a stream from one id to another. */
record ChunkName(EntryId first, EntryId last) {

    static final String ENDING = ".zip";

    private static final String BETWEEN = "_";

    /** @return what a file name says; empty where it names no chunk */
    static Optional<ChunkName> parse(String file) {
        int between = file.indexOf(BETWEEN);
        if (between < 0 || !file.endsWith(ENDING)) {
            return Optional.empty();
        }
        Optional<EntryId> first = EntryId.parse(file.substring(0, between));
        Optional<EntryId> last = EntryId.parse(file.substring(between + 1, file.length() - ENDING.length()));
        return first.flatMap(begin -> last.map(end -> new ChunkName(begin, end)));
    }

    String file() {
        return first + BETWEEN + last + ENDING;
    }
}
