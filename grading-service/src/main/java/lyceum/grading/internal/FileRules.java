package lyceum.grading.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which files students get and may hand in (contracts/grading.md, section 5.5). The first rule that matches decides; rules
 * of this house come before those of a file. Paths are relative, with {@code /} between their parts.
 */
final class FileRules {

    /** What becomes of a file. */
    enum Action {
        /** Students get it, and what they hand in replaces it. */
        ACCEPT,
        /** Students get it; handed in, it is ignored. */
        LOCK,
        /** Students do not get it; handed in, it is ignored. */
        HIDE,
        /** Students do not get it; who hands it in is rejected. */
        DENY
    }

    /** One line of the rules. */
    record Rule(Action action, AnchoredPattern pattern) {}

    /** What editors and systems drop, anywhere, and names that would shadow modules of the judge, at the top. */
    private static final List<Rule> DROPPINGS = hides(
            "(.*/)?Thumbs\\.db$",
            "(.*/)?\\.DS_Store$",
            "(.*/)?__MACOSX(/|$)",
            "(.*/)?\\._[^/]*$",
            "(.*/)?\\.directory$",
            ".*\\.py[cdo]$",
            "(railgun|pyhost|javahost|unittest|coverage|pep8|traceback|SafeRunner)(\\.py$|/)");

    private static final List<Rule> OF_PACKAGE = hides("code\\.xml$");
    private static final List<Rule> OF_HOMEWORK = hides("hw\\.xml$", "code\\.xml$", "(code|desc|solve)(/|$)");

    private final List<Rule> rules;

    private FileRules(List<Rule> builtIn, List<Rule> rules) {
        this.rules = Stream.of(builtIn, DROPPINGS, rules).flatMap(List::stream).toList();
    }

    /** @return the rules of a {@code code.xml}, behind those of this house */
    static FileRules ofPackage(List<Rule> rules) {
        return new FileRules(OF_PACKAGE, rules);
    }

    /** @return the rules of a {@code hw.xml}, behind those of this house */
    static FileRules ofHomework(List<Rule> rules) {
        return new FileRules(OF_HOMEWORK, rules);
    }

    private static List<Rule> hides(String... patterns) {
        return Stream.of(patterns)
                .map(pattern -> new Rule(Action.HIDE, AnchoredPattern.of(pattern)))
                .toList();
    }

    /** @return what the first matching rule says, or nothing; DENY where a pattern takes too long to tell */
    Optional<Action> match(String path) {
        try {
            for (Rule rule : rules) {
                if (rule.pattern().matches(path)) {
                    return Optional.of(rule.action());
                }
            }
            return Optional.empty();
        } catch (AnchoredPattern.Undecided undecided) {
            return Optional.of(Action.DENY);
        }
    }

    /** @return whether students get the file */
    boolean shows(String path) {
        Action action = match(path).orElse(Action.LOCK);
        return action == Action.ACCEPT || action == Action.LOCK;
    }

    /** @return what becomes of a file that is handed in, by the rules of its package, then those of its homework */
    static Action ofHandIn(String path, FileRules ofPackage, FileRules ofHomework) {
        return ofPackage.match(path).or(() -> ofHomework.match(path)).orElse(Action.LOCK);
    }
}
