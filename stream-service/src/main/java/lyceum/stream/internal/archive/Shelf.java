package lyceum.stream.internal.archive;

/** Where a recording lies: among those that are listed, or among the hidden ones. */
public enum Shelf {
    LISTED("raw", "post"),
    HIDDEN("raw_hidden", "post_hidden");

    private final String raw;
    private final String post;

    Shelf(String raw, String post) {
        this.raw = raw;
        this.post = post;
    }

    /** @return directory of what was recorded */
    String raw() {
        return raw;
    }

    /** @return directory of what was made of it */
    String post() {
        return post;
    }
}
