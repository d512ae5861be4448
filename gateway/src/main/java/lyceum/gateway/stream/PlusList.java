package lyceum.gateway.stream;

import java.util.List;

/** Names or positions of several streams in one text. */
public final class PlusList {

    private PlusList() {}

    /**
     * @param text of a query: items with {@code +} or a space between them, since what reads it makes the one out of the other
     * @return the items, at least one; empty texts among them
     */
    public static List<String> ofQuery(String text) {
        return List.of(text.split("[+ ]", -1));
    }

    /**
     * @param text of a path, decoded: items with {@code +} between them; a space belongs to a name
     * @return the items, at least one; empty texts among them
     */
    public static List<String> ofPath(String text) {
        return List.of(text.split("\\+", -1));
    }
}
