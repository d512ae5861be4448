package lyceum.gateway.judge0;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Members of a JSON object, taken for what is wanted as Rails takes them: numbers may be texts and texts numbers, what is
 * a list or an object counts as absent.
 */
record Scalars(JsonObject json) {

    /** Long enough for every number that is allowed, short enough to be compared at once. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,3})?");

    /** ActiveModel::Type::Boolean of Rails 6.1; everything else is true. */
    private static final Set<String> FALSE = Set.of("false", "0", "f", "F", "FALSE", "off", "OFF");

    /** @return a text, maybe an empty one */
    Optional<String> text(String name) {
        return Optional.ofNullable(json.getValue(name))
                .filter(value -> value instanceof String || value instanceof Number || value instanceof Boolean)
                .map(Object::toString);
    }

    /** @return a text that has more than white space in it */
    Optional<String> present(String name) {
        return text(name).filter(text -> !text.isBlank());
    }

    /** @return whether there is something that is no number */
    boolean isNoNumber(String name) {
        return present(name)
                .filter(text -> !NUMBER.matcher(text.strip()).matches())
                .isPresent();
    }

    /** @return a number; absent too where there is something else */
    Optional<BigDecimal> number(String name) {
        return present(name)
                .map(String::strip)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(BigDecimal::new);
    }

    /** @return whether it is set and true */
    boolean isTrue(String name) {
        return text(name)
                .filter(text -> !text.isEmpty() && !FALSE.contains(text))
                .isPresent();
    }
}
