package lyceum.gateway.route;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import lyceum.platform.Failure;

/**
 * A JSON object of a client, asked for one member after the other. A member that is missing, of another type, out of its
 * range or never asked for is INVALID, and the failure's text begins with its path: {@code files[0].name}. Null is a type
 * of its own and nowhere wanted.
 */
public final class StrictObject {

    /** Each value and each name is one; a tree of them takes some hundred bytes for each, whatever the body's length. */
    private static final int MOST_TOKENS = 50_000;

    private static final int DEEPEST = 16;
    private static final int LONGEST_NAME_SHOWN = 40;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final String path;
    private final ObjectNode members;
    private final Set<String> asked = new HashSet<>();

    private StrictObject(String path, JsonNode value) {
        if (!value.isObject()) {
            throw Failure.invalid((path.isEmpty() ? "the JSON" : path) + " is not an object");
        }
        this.path = path;
        this.members = (ObjectNode) value;
    }

    /** @return the object; INVALID where the text is not one, in UTF-8, as RFC 8259 has it, without a name that is there twice */
    public static StrictObject parse(byte[] text) {
        try {
            return new StrictObject("", MAPPER.readTree(text));
        } catch (StreamConstraintsException e) {
            throw Failure.invalid("the JSON has more than %d parts, is deeper than %d, or has a number that is too long"
                    .formatted(MOST_TOKENS, DEEPEST));
        } catch (JsonProcessingException e) {
            throw Failure.invalid("this is not JSON, or a name is there twice: line %d, column %d"
                    .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return whether there is such a member, whatever it is */
    public boolean has(String name) {
        asked.add(name);
        return members.has(name);
    }

    /** @return a text that must be there */
    public String text(String name) {
        return text(path(name), need(name));
    }

    /** @return a text, or another one where there is none */
    public String textOr(String name, String fallback) {
        return has(name) ? text(name) : fallback;
    }

    /** @return a whole number that must be there, within two bounds, both included */
    public long number(String name, long least, long most) {
        JsonNode value = need(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "is not a whole number of 64 bits");
        }
        long number = value.longValue();
        if (number < least || number > most) {
            throw wrong(name, "is %d, not within %d..%d".formatted(number, least, most));
        }
        return number;
    }

    /** @return a whole number of at least 1, or 0 where there is none */
    public long positiveOrZero(String name, long most) {
        return has(name) ? number(name, 1, most) : 0;
    }

    /** @return a boolean, or another one where there is none */
    public boolean flagOr(String name, boolean fallback) {
        if (!has(name)) {
            return fallback;
        }
        if (!need(name).isBoolean()) {
            throw wrong(name, "is neither true nor false");
        }
        return need(name).booleanValue();
    }

    /** @return one of the constants of an enum, which clients write in lower case */
    public <E extends Enum<E>> E choiceOr(String name, E fallback) {
        List<E> choices = Arrays.asList(fallback.getDeclaringClass().getEnumConstants());
        String text = textOr(name, wireName(fallback));
        return choices.stream()
                .filter(choice -> wireName(choice).equals(text))
                .findFirst()
                .orElseThrow(() -> notOneOf(
                        name, choices.stream().map(StrictObject::wireName).toList()));
    }

    /** @return texts; none where the member is missing */
    public List<String> texts(String name) {
        return items(name, StrictObject::text);
    }

    /** @return objects; none where the member is missing */
    public List<StrictObject> objects(String name) {
        return items(name, StrictObject::new);
    }

    /** @return an object; empty where the member is missing */
    public Optional<StrictObject> object(String name) {
        return has(name) ? Optional.of(new StrictObject(path(name), need(name))) : Optional.empty();
    }

    /** @return the members of an object whose names are free, all of them texts; none where it is missing */
    public Map<String, String> textsByName(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(name)
                .ifPresent(object ->
                        object.members.fieldNames().forEachRemaining(key -> texts.put(key, object.text(key))));
        return texts;
    }

    /** Says that all has been asked for: what else is there is refused. */
    public void end() {
        Iterator<String> names = members.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!asked.contains(name)) {
                throw wrong(name, "is not known here");
            }
        }
    }

    /** @return a failure that says what is wrong with a member */
    public Failure wrong(String name, String what) {
        return Failure.invalid(path(name) + " " + what);
    }

    /** @return a failure that says what a member may be */
    public Failure notOneOf(String name, Collection<String> permitted) {
        return wrong(name, "is not one of " + permitted.stream().sorted().collect(Collectors.joining(", ")));
    }

    private JsonNode need(String name) {
        if (!has(name)) {
            throw wrong(name, "is missing");
        }
        return members.get(name);
    }

    private <T> List<T> items(String name, BiFunction<String, JsonNode, T> read) {
        List<T> items = new ArrayList<>();
        if (has(name)) {
            if (!need(name).isArray()) {
                throw wrong(name, "is not a list");
            }
            need(name).forEach(item -> items.add(read.apply("%s[%d]".formatted(path(name), items.size()), item)));
        }
        return items;
    }

    private static String text(String path, JsonNode value) {
        if (!value.isTextual()) {
            throw Failure.invalid(path + " is not a text");
        }
        return value.textValue();
    }

    private String path(String name) {
        String shown = name.length() > LONGEST_NAME_SHOWN ? name.substring(0, LONGEST_NAME_SHOWN) + '…' : name;
        return path.isEmpty() ? shown : path + '.' + shown;
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
