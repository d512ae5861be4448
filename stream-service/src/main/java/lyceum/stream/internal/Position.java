package lyceum.stream.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;

/** Where a reader begins in a stream (contract, 2.5 and 3.3). */
record Position(Kind kind, EntryId id) {

    enum Kind {
        /** With what comes from now on, {@code $}. */
        NOW,
        /** With the newest, {@code *}. */
        NEWEST,
        /** Before everything, {@code -}. */
        START,
        /** Behind an id. */
        AFTER
    }

    /** @return what a client means, or INVALID where it means nothing */
    static Position parse(String text) {
        return switch (text) {
            case "$" -> new Position(Kind.NOW, EntryId.NONE);
            case "*" -> new Position(Kind.NEWEST, EntryId.NONE);
            case "-" -> new Position(Kind.START, EntryId.NONE);
            default -> new Position(Kind.AFTER, EntryId.parse(text).orElseThrow(() -> wrong(text)));
        };
    }

    /**
     * @param positions cycled over the names
     * @return each stream once with its position; of a name that comes twice the place of the first and the position of
     *     the last, as in the original
     */
    static Map<String, Position> of(List<String> streams, List<String> positions) {
        if (positions.isEmpty()) {
            throw Failure.invalid("last_entry_id is missing");
        }
        Map<String, Position> all = new LinkedHashMap<>();
        for (int i = 0; i < streams.size(); i++) {
            all.put(streams.get(i), parse(positions.get(i % positions.size())));
        }
        return all;
    }

    static Failure wrong(String text) {
        return Failure.invalid("last_entry_id: '%s' is no position".formatted(text));
    }
}
