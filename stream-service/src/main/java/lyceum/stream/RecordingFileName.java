package lyceum.stream;

import lyceum.platform.Failure;

/**
 * What may name a file of a recording. The same rule as for a {@link RecordingName}, and for the same reason: it is one
 * segment of a path, so it leads nowhere else.
 */
public final class RecordingFileName {

    /** What a name must be, for people. */
    public static final String RULE =
            "the name of a file has 1 to %d bytes, no slash, no control character, and no dot in front"
                    .formatted(RecordingName.MOST_BYTES);

    private RecordingFileName() {}

    /** @return the name itself; fails with INVALID where it is none */
    public static String check(String name) {
        if (!isOne(name)) {
            throw Failure.invalid(RULE);
        }
        return name;
    }

    /** @return whether a text names a file */
    public static boolean isOne(String name) {
        return RecordingName.isOne(name);
    }
}
