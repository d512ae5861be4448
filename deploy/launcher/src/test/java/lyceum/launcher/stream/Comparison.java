package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Compares JSON by value with what was recorded. */
record Comparison(Placeholders placeholders) {

    /** Stands for an error's member of that name: a text, or a list of objects that say what and of which kind. */
    static final String DETAIL = "{{detail}}";

    /** Any text; a finding with such a message may have what the message is made of, its {@code ctx}. */
    static final String ANY = "{{any}}";

    /** The recorded seconds went through a 32-bit number. */
    private static final BigDecimal TOLERANCE = new BigDecimal("0.000001");

    /** Figures that depend on how Redis was built. */
    private static final Set<String> OF_THE_BUILD = Set.of("radix-tree-keys", "radix-tree-nodes");

    /** Decision 24: Redis tells them from version 7 on. */
    private static final Set<String> SINCE_REDIS_7 =
            Set.of("entries-added", "recorded-first-entry-id", "max-deleted-entry-id");

    /** @return what differs, one line each, with the place of it */
    List<String> differences(JsonNode expected, JsonNode actual) {
        List<String> differences = new ArrayList<>();
        compare(expected, actual, "", differences);
        return differences;
    }

    private void compare(JsonNode expected, JsonNode actual, String place, List<String> differences) {
        if (expected.isObject() && actual.isObject()) {
            compareMembers(expected, actual, place, differences);
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            Iterator<JsonNode> items = actual.iterator();
            int index = 0;
            for (JsonNode item : expected) {
                compare(item, items.next(), place + "/" + index++, differences);
            }
        } else if (!isLike(expected, actual)) {
            differences.add("%s: expected %s, got %s".formatted(place.isEmpty() ? "/" : place, expected, actual));
        }
    }

    private void compareMembers(JsonNode expected, JsonNode actual, String place, List<String> differences) {
        Set<String> names = new LinkedHashSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        actual.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> SINCE_REDIS_7.contains(name) && !actual.has(name));
        names.removeIf(
                name -> name.equals("ctx") && expected.path("msg").asText().equals(ANY));
        for (String name : names) {
            if (OF_THE_BUILD.contains(name) && expected.has(name)) {
                expectNumber(actual.path(name), place + "/" + name, differences);
            } else {
                compare(expected.path(name), actual.path(name), place + "/" + name, differences);
            }
        }
    }

    private static void expectNumber(JsonNode actual, String place, List<String> differences) {
        if (!actual.isIntegralNumber()) {
            differences.add("%s: expected a number, got %s".formatted(place, actual));
        }
    }

    private boolean isLike(JsonNode expected, JsonNode actual) {
        if (expected.asText().equals(DETAIL)) {
            return isDetail(actual);
        }
        if (expected.isTextual()) {
            return actual.isTextual() && placeholders.matches(expected.textValue(), actual.textValue());
        }
        return expected.isNumber() && actual.isNumber()
                ? expected.decimalValue().subtract(actual.decimalValue()).abs().compareTo(TOLERANCE) <= 0
                : expected.equals(actual);
    }

    private static boolean isDetail(JsonNode actual) {
        if (actual.isTextual()) {
            return !actual.textValue().isBlank();
        }
        for (JsonNode finding : actual) {
            if (!finding.path("msg").isTextual() || !finding.path("type").isTextual()) {
                return false;
            }
        }
        return actual.isArray() && !actual.isEmpty();
    }
}
