package lyceum.stream.internal.archive;

import java.util.Arrays;
import java.util.Comparator;

/** The order in which the contract lists names. */
public final class NameOrder {

    /** UTF-16, as {@code String} compares, puts what is beyond the first plane before U+E000. */
    public static final Comparator<String> BY_CODE_POINT = (one, other) ->
            Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    private NameOrder() {}
}
