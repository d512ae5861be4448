package lyceum.launcher.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts in which {@code {{name}}} stands for what differs from run to run. A numbered one, {@code {{id:1}}}, is bound on
 * its first use and stands for the same text from then on.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([\\w-]+)(?::\\d+)?}}");

    private static final String ENTRY_ID = "id";

    private static final Map<String, String> SHAPES = Map.ofEntries(
            Map.entry(ENTRY_ID, "\\d+-\\d+"),
            Map.entry("jwt", "[\\w-]+\\.[\\w-]+\\.[\\w-]+"),
            Map.entry("datetime", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{6})?"),
            Map.entry("epoch_s", "\\d{10}"),
            Map.entry("http-date", "\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"),
            Map.entry("etag", "\"[^\"]+\""),
            Map.entry("any", "(?s:.+)"),
            Map.entry("recid", "\\d{4}\\.\\d\\d\\.\\d\\d-\\d\\d\\.\\d\\d\\.\\d\\d"),
            Map.entry("oid", "[0-9a-f]{24}"),
            Map.entry("b36", "[0-9a-z]+"));

    /** By the whole placeholder, braces included. */
    private final Map<String, String> bound = new HashMap<>();

    /** @param placeholder with its braces */
    void bind(String placeholder, String value) {
        bound.put(placeholder, value);
    }

    /** Entry ids are counted anew in each case, all else in each file. */
    void forgetEntryIds() {
        bound.keySet().removeIf(placeholder -> placeholder.startsWith("{{" + ENTRY_ID + ":"));
    }

    /** @return the text with what its placeholders are bound to */
    String fill(String template) {
        return PLACEHOLDER.matcher(template).replaceAll(found -> {
            String value = bound.get(found.group());
            if (value == null) {
                throw new IllegalStateException("nothing is known of " + found.group() + " yet");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** @return whether the text is one that the template allows; if so, its numbered placeholders are bound */
    boolean matches(String template, String text) {
        Map<String, Integer> groups = new HashMap<>();
        Matcher match = pattern(template, groups).matcher(text);
        if (!match.matches()) {
            return false;
        }
        groups.forEach((placeholder, group) -> bound.put(placeholder, match.group(group)));
        return true;
    }

    /** @param groups gets the group of each numbered placeholder that is not bound */
    private Pattern pattern(String template, Map<String, Integer> groups) {
        StringBuilder pattern = new StringBuilder();
        Matcher found = PLACEHOLDER.matcher(template);
        int plainFrom = 0;
        while (found.find()) {
            pattern.append(Pattern.quote(template.substring(plainFrom, found.start())))
                    .append(shape(found, groups));
            plainFrom = found.end();
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(template.substring(plainFrom))).toString());
    }

    private String shape(Matcher found, Map<String, Integer> groups) {
        String placeholder = found.group();
        String shape = SHAPES.get(found.group(1));
        if (shape == null) {
            throw new IllegalArgumentException("no shape of " + placeholder);
        }
        if (!placeholder.contains(":")) {
            return "(?:" + shape + ")";
        }
        if (bound.containsKey(placeholder)) {
            return Pattern.quote(bound.get(placeholder));
        }
        if (groups.containsKey(placeholder)) {
            return "(?:\\" + groups.get(placeholder) + ")";
        }
        groups.put(placeholder, groups.size() + 1);
        return "(" + shape + ")";
    }
}
