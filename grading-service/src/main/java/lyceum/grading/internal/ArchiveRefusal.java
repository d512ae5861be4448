package lyceum.grading.internal;

import java.io.IOException;
import lyceum.grading.Text;

/**
 * Why an archive is not unpacked. Nothing of it has been used. It is an IOException so that it comes through the streams
 * that unpack.
 */
final class ArchiveRefusal extends IOException {

    private static final long serialVersionUID = 1L;

    private static final String NOT_EXTRACTED = "Couldn't extract your archive file.";

    /** What to do with it. */
    enum Kind {
        /** It breaks a rule: refused when it is uploaded, there is no hand-in. */
        FORBIDDEN,
        /** It is not what its name says, or damaged: a hand-in that is rejected with {@link #rejection()}. */
        UNREADABLE
    }

    private final Kind kind;
    private final String entry;
    private final String rule;
    private final String rejection;

    private ArchiveRefusal(Kind kind, String entry, String rule, String rejection) {
        super(entry == null ? rule : entry + ": " + rule);
        this.kind = kind;
        this.entry = entry;
        this.rule = rule;
        this.rejection = rejection;
    }

    static ArchiveRefusal forbidden(String entry, String rule) {
        return new ArchiveRefusal(Kind.FORBIDDEN, entry == null ? null : shown(entry), rule, NOT_EXTRACTED);
    }

    static ArchiveRefusal tooManyFiles(String rule) {
        return new ArchiveRefusal(Kind.FORBIDDEN, null, rule, "Archive contains too many files.");
    }

    static ArchiveRefusal unreadable(String reason) {
        return new ArchiveRefusal(Kind.UNREADABLE, null, reason, NOT_EXTRACTED);
    }

    /** It was named by a stranger and goes into a message. */
    private static String shown(String entry) {
        String line = TextJson.storable(entry).replaceAll("\\p{Cntrl}", "\ufffd");
        return line.length() <= EntryPath.MAX_CHARS ? line : line.substring(0, EntryPath.MAX_CHARS) + "…";
    }

    Kind kind() {
        return kind;
    }

    /** @return the entry that breaks the rule, or null where it is the whole archive */
    String entry() {
        return entry;
    }

    /** @return the rule, in one line */
    String rule() {
        return rule;
    }

    /** @return what a rejected hand-in says */
    Text rejection() {
        return Text.lazy(rejection);
    }
}
