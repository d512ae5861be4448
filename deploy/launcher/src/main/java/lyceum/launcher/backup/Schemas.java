package lyceum.launcher.backup;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The schemas of PostgreSQL that services own, and the order of their migrations. */
final class Schemas {

    /** A test compares them with the migrations of the class path. */
    static final List<String> ALL = List.of("account", "elicast", "grading", "sandbox", "social", "stream");

    private static final Pattern NAME = Pattern.compile("V(\\d{1,6})__.*");

    private Schemas() {}

    /**
     * A migration that has been applied.
     *
     * @param name of its file, without ending
     * @param crc CRC-32 of its text
     */
    record Migration(String name, long crc) {

        /** As they were written; as texts, the tenth would come before the second. */
        static final Comparator<Migration> ORDER =
                Comparator.comparing(Migration::version).thenComparing(Migration::name);

        private int version() {
            Matcher matcher = NAME.matcher(name);
            return matcher.matches() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
        }
    }
}
