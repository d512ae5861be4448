package lyceum.stream;

import lyceum.platform.Failure;

/** What may name a document: the last part of a path. */
public final class DocumentId {

    /** In UTF-16, as long names of files are. */
    public static final int MOST_CHARACTERS = 255;

    private DocumentId() {}

    /** @return the id itself; fails with INVALID where it is none */
    public static String check(String id) {
        if (id == null || id.isEmpty() || id.length() > MOST_CHARACTERS) {
            throw Failure.invalid("an id has 1 to %d characters".formatted(MOST_CHARACTERS));
        }
        if (id.chars().anyMatch(character -> character == '/' || Character.isISOControl(character))) {
            throw Failure.invalid("an id has neither '/' nor control characters");
        }
        return DocumentText.check(id);
    }

    /**
     * @return an id that a document may get; fails with INVALID where it is none, or a segment of a path that clients and
     *     servers take out, so that the document could be neither found nor deleted
     */
    public static String checkNew(String id) {
        if (".".equals(id) || "..".equals(id)) {
            throw Failure.invalid("an id is neither '.' nor '..'");
        }
        return check(id);
    }
}
