package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Json;

/** One header of a recorded answer. */
record RecordedHeader(String name, String value, Comparison comparison) {

    /** @return what differs, empty where nothing does */
    Optional<String> difference(Answer answer) {
        String actual = answer.header(name);
        return isLike(actual)
                ? Optional.empty()
                : Optional.of("%s: expected %s, got %s".formatted(name, value, actual.isEmpty() ? "none" : actual));
    }

    private boolean isLike(String actual) {
        return switch (name) {
            // How a body is framed is the business of HTTP, not of the contract.
            case "transfer-encoding" -> true;
            case "content-length" -> actual.isEmpty() || actual.equals(value);
            case "entry-offset" -> isJson(actual);
            // The original names the methods of one route only; RFC 9110 wants all of the path.
            case "allow", "vary" -> items(actual, ",").containsAll(items(value, ","));
            case "set-cookie" -> isCookie(actual);
            default -> comparison.placeholders().matches(value, actual);
        };
    }

    /** Decision 13: in ASCII, whatever streams are called. */
    private boolean isJson(String actual) {
        Optional<JsonNode> json = Json.maybe(actual.getBytes(StandardCharsets.UTF_8));
        return StandardCharsets.US_ASCII.newEncoder().canEncode(actual)
                && json.isPresent()
                && comparison.differences(Json.parse(value), json.get()).isEmpty();
    }

    /** The pair comes first, attributes in any order. */
    private boolean isCookie(String actual) {
        List<String> expected = List.of(value.split("; ", 2));
        List<String> parts = List.of(actual.split("; ", 2));
        return parts.size() == expected.size()
                && comparison.placeholders().matches(expected.get(0), parts.get(0))
                && items(parts.get(1), ";").equals(items(expected.get(1), ";"));
    }

    private static Set<String> items(String list, String separator) {
        Set<String> items = new TreeSet<>();
        Arrays.stream(list.split(separator))
                .map(item -> item.strip().toLowerCase(Locale.ROOT))
                .forEach(items::add);
        return items;
    }
}
