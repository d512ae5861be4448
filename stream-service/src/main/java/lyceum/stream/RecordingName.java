package lyceum.stream;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import lyceum.platform.Failure;

/**
 * What may name a recording: it becomes the name of a directory, and a segment of a path. So it has no slash of either
 * kind, no control character, and no dot in front.
 */
public final class RecordingName {

    /** Longest name, in UTF-8; file systems take 255. */
    public static final int MOST_BYTES = 200;

    /** What a name must be, for people. */
    public static final String RULE =
            "the name of a recording has 1 to %d bytes, no slash, no control character, and no dot in front"
                    .formatted(MOST_BYTES);

    /** What routes have in the place of a name, and what clients ask for that know none. */
    private static final Set<String> TAKEN = Set.of("cache", "current", "undefined");

    private RecordingName() {}

    /** @return the name itself; fails with INVALID where it is none */
    public static String check(String name) {
        if (!isOne(name)) {
            throw Failure.invalid(RULE);
        }
        return name;
    }

    /**
     * @return a name that a recording may get; fails with INVALID where it is none, or one by which the recording could not
     *     be asked for
     */
    public static String checkNew(String name) {
        if (TAKEN.contains(check(name))) {
            throw Failure.invalid("no recording can be called " + name);
        }
        return name;
    }

    /** @return whether a text names a recording */
    public static boolean isOne(String name) {
        if (name == null || name.isEmpty() || name.startsWith(".")) {
            return false;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MOST_BYTES
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))
                // Half a surrogate pair does not come back as what it was.
                && new String(bytes, StandardCharsets.UTF_8).equals(name);
    }
}
