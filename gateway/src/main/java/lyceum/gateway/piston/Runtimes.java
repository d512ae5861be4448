package lyceum.gateway.piston;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lyceum.sandbox.Language;

/** The languages that can be used here, as clients of Piston know them. */
public final class Runtimes {

    private final List<PistonRuntime> runtimes;

    /** @param languages of the sandbox, usable or not */
    public Runtimes(List<Language> languages) {
        runtimes = languages.stream()
                .filter(Language::usable)
                .map(PistonRuntime::of)
                .toList();
    }

    /** @return the newest that has a name and is in a range of versions */
    Optional<PistonRuntime> find(String name, String versions) {
        return runtimes.stream()
                .filter(runtime -> runtime.isCalled(name) && VersionRange.contains(versions, runtime.version()))
                .max(Comparator.comparing(PistonRuntime::version));
    }

    /** @return the list of runtimes */
    public JsonArray json() {
        List<JsonObject> rows = runtimes.stream().map(PistonRuntime::json).toList();
        return new JsonArray(rows);
    }

    /** @return the list of packages, which are those that are installed */
    public JsonArray packages() {
        List<JsonObject> rows =
                runtimes.stream().map(PistonRuntime::packageJson).distinct().toList();
        return new JsonArray(rows);
    }
}
