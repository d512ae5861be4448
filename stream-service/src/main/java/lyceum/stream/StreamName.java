package lyceum.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import lyceum.platform.Failure;

/** What may name a stream: the key of a stream in a Redis that holds other things too. */
public final class StreamName {

    /** Keys of the original that hold no stream (contract, 3.4), and what no path can name. */
    private static final Set<String> RESERVED =
            Set.of("recording:id", "recipe:id", "recipe:step", "session:id", ".", "..");

    /** The last one is what other parts of this house keep in Redis. */
    private static final List<String> RESERVED_PREFIXES = List.of("XMETA:", "recording:info:", "lyceum:");

    private StreamName() {}

    /** @return the name itself; fails with INVALID where it is none */
    public static String check(String name) {
        int bytes = name == null ? 0 : name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > StreamService.NAME_BYTES) {
            throw Failure.invalid("the name of a stream has 1 to %d bytes".formatted(StreamService.NAME_BYTES));
        }
        if (!isText(name)) {
            throw Failure.invalid("the name of a stream has no half of a surrogate pair");
        }
        if (isReserved(name)) {
            throw Failure.invalid("%s names no stream".formatted(name));
        }
        return name;
    }

    /** @return whether a text names a stream */
    public static boolean isOne(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes > 0 && bytes <= StreamService.NAME_BYTES && isText(name) && !isReserved(name);
    }

    /** Half of a pair would become a question mark on its way to Redis, and that may be the name of another stream. */
    private static boolean isText(String name) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    private static boolean isReserved(String name) {
        return RESERVED.contains(name) || RESERVED_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** @return the names themselves; fails with INVALID where one is none, or where they are too many or none at all */
    public static List<String> checkAll(List<String> names) {
        if (names.isEmpty() || names.size() > StreamService.MOST_STREAMS) {
            throw Failure.invalid("1 to %d streams may be named at once".formatted(StreamService.MOST_STREAMS));
        }
        names.forEach(StreamName::check);
        return names;
    }
}
