package lyceum.gateway.stream;

import java.util.List;

/** Names or positions of several streams in one text. */
public final class PlusList {

    private PlusList() {}

    /**
     * @param text items with {@code +} or a space between them: what reads a query makes the one out of the other
     * @return the items, at least one; empty texts among them
     */
    public static List<String> split(String text) {
        return List.of(text.split("[+ ]", -1));
    }
}
