package lyceum.stream.internal;

import java.util.List;

/** How many entries may be asked for at once without knowing their length: as many as the last ones let expect. */
final class ReadSize {

    private static final long WANTED_BYTES = 4L << 20;
    private static final int MOST = 1024;

    /** Before anything is known. */
    private static final long FIRST_GUESS_BYTES = 64 * 1024;

    private long largest = FIRST_GUESS_BYTES;

    int count() {
        return (int) Math.max(1, Math.min(MOST, WANTED_BYTES / largest));
    }

    /** Long entries count at once; it takes a few short ones to forget them. */
    void learn(List<Entry> entries) {
        long present = entries.stream().mapToLong(Entry::weight).max().orElse(largest);
        largest = Math.max(present, largest - largest / 8);
    }
}
