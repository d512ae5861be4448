package lyceum.launcher.deploy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A question to Prometheus, looked at by its words: no parser of PromQL is on Maven Central.
 *
 * @param text in PromQL
 */
record PromQuery(String text) {

    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern METRIC = Pattern.compile("\\b(?:lyceum|vertx|jvm|process|system)_\\w+");
    private static final Pattern RECORDED = Pattern.compile("\\blyceum:\\w+:\\w+");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern SELECTION = Pattern.compile("(\\w+)\\{([^}]*)}");
    private static final Pattern CONDITION = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");
    private static final Pattern CALL = Pattern.compile("\\b([a-z_]+) ?\\(");
    private static final Pattern MADE_LABEL = Pattern.compile("label_replace\\(.*?, \"(\\w+)\", \"\\$1\"");

    private static final Set<String> FUNCTIONS = Set.of(
            "count",
            "histogram_quantile",
            "increase",
            "label_replace",
            "max",
            "rate",
            "sum",
            "sum_over_time",
            "topk",
            "vector");

    private static final Set<String> WORDS = Set.of("by", "and", "or", "on");
    private static final Map<Character, Character> OPENING = Map.of(')', '(', '}', '{', ']', '[');

    /** One condition of a selection. */
    record Condition(String metric, String label, String operator, String value) {}

    private String withoutStrings() {
        return STRING.matcher(text).replaceAll("\"\"");
    }

    /** @return names of what the program tells */
    Set<String> metrics() {
        return found(METRIC, withoutStrings(), 0);
    }

    /** @return names of what rules record */
    Set<String> recorded() {
        return found(RECORDED, text, 0);
    }

    /** @return labels that it groups by */
    Set<String> groups() {
        return found(BY, text, 1).stream()
                .flatMap(labels -> Stream.of(labels.split(",\\s*")))
                .collect(Collectors.toSet());
    }

    /** @return labels that it makes itself */
    Set<String> made() {
        return found(MADE_LABEL, text, 1);
    }

    /** @return what it selects series by, where it names them */
    Set<Condition> conditions() {
        return SELECTION
                .matcher(text)
                .results()
                .flatMap(selection -> CONDITION
                        .matcher(selection.group(2))
                        .results()
                        .map(each -> new Condition(selection.group(1), each.group(1), each.group(2), each.group(3))))
                .collect(Collectors.toSet());
    }

    /** @return functions that Prometheus may not know: nobody here has used them so far */
    Set<String> unknownFunctions() {
        Set<String> unknown = found(CALL, withoutStrings(), 1);
        unknown.removeAll(FUNCTIONS);
        unknown.removeAll(WORDS);
        return unknown;
    }

    boolean isBalanced() {
        Deque<Character> open = new ArrayDeque<>();
        for (char each : withoutStrings().toCharArray()) {
            if (OPENING.containsValue(each)) {
                open.push(each);
            } else if (OPENING.containsKey(each) && !OPENING.get(each).equals(open.poll())) {
                return false;
            }
        }
        return open.isEmpty() && text.chars().filter(each -> each == '"').count() % 2 == 0;
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
