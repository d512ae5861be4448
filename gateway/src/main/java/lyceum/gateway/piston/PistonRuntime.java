package lyceum.gateway.piston;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.sandbox.Language;

/**
 * A language of ours as Piston knows it.
 *
 * @param name its name there
 * @param aliases what it is called there too, and here
 * @param runtime what runs it, where Piston has more than one program for it; else null
 */
public record PistonRuntime(String name, List<String> aliases, String runtime, Language language) {

    /** From the metadata.json of Piston's packages, by our names; the others have the same name and no aliases. */
    private static final Map<String, Known> KNOWN = Map.of(
            "bash", new Known("bash", List.of("sh"), null),
            "c", new Known("c", List.of("gcc"), "gcc"),
            "c++", new Known("c++", List.of("cpp", "g++"), "gcc"),
            "go", new Known("go", List.of("go", "golang"), null),
            "javascript", new Known("javascript", List.of("node-javascript", "node-js", "javascript", "js"), "node"),
            "python3", new Known("python", List.of("py", "py3", "python3"), null),
            "rust", new Known("rust", List.of("rs"), null));

    private record Known(String name, List<String> aliases, String runtime) {}

    static PistonRuntime of(Language language) {
        Known known = KNOWN.getOrDefault(language.name(), new Known(language.name(), List.of(), null));
        List<String> aliases = Stream.concat(known.aliases().stream(), language.aliases().stream())
                .distinct()
                .toList();
        return new PistonRuntime(known.name(), aliases, known.runtime(), language);
    }

    SemanticVersion version() {
        return SemanticVersion.in(language.version());
    }

    boolean isCalled(String wanted) {
        return name.equals(wanted) || aliases.contains(wanted);
    }

    /** @return how it is told in the list of runtimes */
    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("language", name)
                .put("version", version().toString())
                .put("aliases", new JsonArray(aliases));
        return runtime == null ? json : json.put("runtime", runtime);
    }

    /** @return how it is told in the list of packages */
    JsonObject packageJson() {
        return new JsonObject()
                .put("language", runtime == null ? name : runtime)
                .put("language_version", version().toString())
                .put("installed", true);
    }
}
