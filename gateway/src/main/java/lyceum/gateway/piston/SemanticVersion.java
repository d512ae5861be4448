package lyceum.gateway.piston;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of three numbers (semver.org), which is what programs are asked for by. */
record SemanticVersion(int major, int minor, int patch) implements Comparable<SemanticVersion> {

    /** Below everything. */
    static final SemanticVersion LEAST = new SemanticVersion(0, 0, 0);

    /** Above everything. */
    static final SemanticVersion MOST = new SemanticVersion(Integer.MAX_VALUE, 0, 0);

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?");

    private static final Comparator<SemanticVersion> ORDER = Comparator.comparingInt(SemanticVersion::major)
            .thenComparingInt(SemanticVersion::minor)
            .thenComparingInt(SemanticVersion::patch);

    /** @return the first numbers in a text such as {@code 17.0.12+7}; what is missing is 0 */
    static SemanticVersion in(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        return matcher.find()
                ? new SemanticVersion(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)))
                : LEAST;
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    SemanticVersion nextMajor() {
        return new SemanticVersion(major + 1, 0, 0);
    }

    SemanticVersion nextMinor() {
        return new SemanticVersion(major, minor + 1, 0);
    }

    SemanticVersion nextPatch() {
        return new SemanticVersion(major, minor, patch + 1);
    }

    @Override
    public int compareTo(SemanticVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%d.%d.%d".formatted(major, minor, patch);
    }
}
