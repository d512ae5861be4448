package lyceum.gateway.piston;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which versions somebody wants: {@code 3.10.0}, {@code 3.x}, {@code *}, {@code ^1.2}, {@code ~1.2.3}, {@code >=3.8 <4},
 * {@code 1.2 - 2}, any of them with {@code ||} between (the grammar of npm's node-semver). Versions that come before a
 * release are not known here.
 *
 * @param from the first that is wanted
 * @param below the first that is not wanted any more
 */
record VersionRange(SemanticVersion from, SemanticVersion below) {

    private static final VersionRange ANY = new VersionRange(SemanticVersion.LEAST, SemanticVersion.MOST);
    private static final VersionRange NONE = new VersionRange(SemanticVersion.MOST, SemanticVersion.LEAST);

    /** More than anybody needs, and few enough for every expression below. */
    private static final int MOST_CHARACTERS = 256;

    private static final String NUMBER = "([xX*]|\\d{1,9})";
    private static final String PARTIAL = "[v=\\s]*" + NUMBER + "(?:\\." + NUMBER + ")?(?:\\." + NUMBER + ")?";
    private static final Pattern HYPHEN = Pattern.compile(PARTIAL + "\\s+-\\s+" + PARTIAL);
    private static final Pattern COMPARATOR = Pattern.compile("(>=|<=|>|<|\\^|~>?|)" + PARTIAL);
    private static final Pattern SPACE_BEHIND_OPERATOR = Pattern.compile("(>=|<=|>|<|=|\\^|~>?)\\s+");

    /** @return whether a version is among those that are wanted; nothing is among what cannot be read */
    static boolean contains(String wanted, SemanticVersion version) {
        return wanted.length() <= MOST_CHARACTERS
                && Arrays.stream(wanted.split("\\|\\|", -1))
                        .anyMatch(set -> ranges(set.strip()).allMatch(range -> range.contains(version)));
    }

    private boolean contains(SemanticVersion version) {
        return version.compareTo(from) >= 0 && version.compareTo(below) < 0;
    }

    private static Stream<VersionRange> ranges(String set) {
        if (set.isEmpty()) {
            return Stream.of(ANY);
        }
        Matcher hyphen = HYPHEN.matcher(set);
        if (hyphen.matches()) {
            return Stream.of(new VersionRange(
                    Partial.of(hyphen, 1).least(), Partial.of(hyphen, 4).next()));
        }
        String tight = SPACE_BEHIND_OPERATOR.matcher(set).replaceAll("$1");
        return Arrays.stream(tight.split("\\s+")).map(VersionRange::range);
    }

    private static VersionRange range(String comparator) {
        Matcher matcher = COMPARATOR.matcher(comparator);
        if (!matcher.matches()) {
            return NONE;
        }
        Partial partial = Partial.of(matcher, 2);
        return switch (matcher.group(1)) {
            case ">=" -> new VersionRange(partial.least(), SemanticVersion.MOST);
            case ">" -> new VersionRange(partial.next(), SemanticVersion.MOST);
            case "<" -> new VersionRange(SemanticVersion.LEAST, partial.least());
            case "<=" -> new VersionRange(SemanticVersion.LEAST, partial.next());
            case "^" -> new VersionRange(partial.least(), partial.nextIncompatible());
            case "~", "~>" -> new VersionRange(partial.least(), partial.nextMinor());
            default -> new VersionRange(partial.least(), partial.next());
        };
    }

    /**
     * A version of which only the first numbers are said.
     *
     * @param numbers 0 to 3
     */
    private record Partial(List<Integer> numbers) {

        static Partial of(Matcher matcher, int group) {
            return new Partial(Stream.of(group, group + 1, group + 2)
                    .map(matcher::group)
                    .map(Partial::number)
                    .takeWhile(Optional::isPresent)
                    .map(Optional::get)
                    .toList());
        }

        private static Optional<Integer> number(String digits) {
            return digits == null || "xX*".contains(digits) ? Optional.empty() : Optional.of(Integer.valueOf(digits));
        }

        private int number(int index) {
            return index < numbers.size() ? numbers.get(index) : 0;
        }

        /** @return the first version that it stands for */
        SemanticVersion least() {
            return new SemanticVersion(number(0), number(1), number(2));
        }

        /** @return the first version behind all that it stands for */
        SemanticVersion next() {
            return switch (numbers.size()) {
                case 0 -> SemanticVersion.MOST;
                case 1 -> least().nextMajor();
                case 2 -> least().nextMinor();
                default -> least().nextPatch();
            };
        }

        /** @return the first one behind it with another minor version, or major one where no minor one is said */
        SemanticVersion nextMinor() {
            return numbers.size() < 2 ? next() : least().nextMinor();
        }

        /** @return the first one behind it whose leftmost number that is not 0 is another */
        SemanticVersion nextIncompatible() {
            boolean isMajor = numbers.size() < 2 || number(0) > 0;
            boolean isMinor = numbers.size() < 3 || number(1) > 0;
            if (numbers.isEmpty()) {
                return SemanticVersion.MOST;
            }
            return isMajor ? least().nextMajor() : isMinor ? least().nextMinor() : least().nextPatch();
        }
    }
}
