package lyceum.gateway.judge0;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lyceum.sandbox.Language;

/** The languages of this machine as clients of Judge0 know them. One that cannot be used here is told as archived. */
public final class Judge0Languages {

    private final Map<LanguageFamily, Language> usable = new EnumMap<>(LanguageFamily.class);

    /** @param languages of the sandbox */
    public Judge0Languages(List<Language> languages) {
        for (LanguageFamily family : LanguageFamily.values()) {
            family.in(languages).ifPresent(language -> usable.put(family, language));
        }
    }

    /** @return those that can be used, by name: {@code id} and {@code name} */
    public JsonArray active() {
        return list(usable::containsKey, (family, json) -> json);
    }

    /** @return all, by name: {@code id}, {@code name}, {@code is_archived} */
    public JsonArray all() {
        return list(family -> true, (family, json) -> json.put("is_archived", !usable.containsKey(family)));
    }

    /** @return one, usable or not, with all that is told of a language; the commands are nobody's business */
    public Optional<JsonObject> describe(String id) {
        return family(id)
                .map(family -> family.json(Long.parseLong(id), find(family))
                        .put("is_archived", !usable.containsKey(family))
                        .put("source_file", find(family).map(Language::mainFile).orElse(null))
                        .put("compile_cmd", null)
                        .put("run_cmd", null));
    }

    /** @return a language that can be used */
    Optional<Language> find(long id) {
        return family(Long.toString(id)).flatMap(this::find);
    }

    /** @return what is wrong with an id, if something is */
    Optional<String> complaint(String id) {
        if (family(id).isEmpty()) {
            return Optional.of("language with id %s doesn't exist".formatted(id));
        }
        return family(id).filter(usable::containsKey).isPresent()
                ? Optional.empty()
                : Optional.of("language with id %s is archived and cannot be used anymore".formatted(id));
    }

    /** @return {@code id} and {@code name} of a language that can be used */
    JsonObject json(long id) {
        return family(Long.toString(id))
                .map(family -> family.json(id, find(family)))
                .orElseThrow();
    }

    private Optional<Language> find(LanguageFamily family) {
        return Optional.ofNullable(usable.get(family));
    }

    private static Optional<LanguageFamily> family(String id) {
        return Arrays.stream(LanguageFamily.values())
                .filter(family -> family.ids().stream()
                        .anyMatch(known -> Integer.toString(known).equals(id)))
                .findFirst();
    }

    private interface Telling {
        JsonObject tell(LanguageFamily family, JsonObject json);
    }

    private JsonArray list(Predicate<LanguageFamily> wanted, Telling telling) {
        List<JsonObject> rows = Arrays.stream(LanguageFamily.values())
                .filter(wanted)
                .flatMap(family -> rows(family, telling))
                .sorted(Comparator.comparing(row -> row.getString("name")))
                .toList();
        return new JsonArray(rows);
    }

    private Stream<JsonObject> rows(LanguageFamily family, Telling telling) {
        return family.ids().stream().map(id -> telling.tell(family, family.json(id, find(family))));
    }
}
