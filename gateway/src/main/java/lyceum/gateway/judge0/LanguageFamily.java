package lyceum.gateway.judge0;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import lyceum.sandbox.Language;

/**
 * Languages of ours, and the ids that Judge0 CE gives to their versions: up to 89 those of its db/languages/active.rb, from
 * 91 on those of the hosted one. Every id of a language stands for the version that is here.
 */
enum LanguageFamily {
    BASH("bash", "Bash", "Bash (%s)", 46),
    C("c", "C", "C (GCC %s)", 48, 49, 50, 75, 103, 104, 110),
    CPP("c++", "C++", "C++ (GCC %s)", 52, 53, 54, 76, 105),
    GO("go", "Go", "Go (%s)", 60, 95, 106, 107),
    JAVA("java", "Java", "Java (OpenJDK %s)", 62, 91),
    JAVASCRIPT("javascript", "JavaScript", "JavaScript (Node.js %s)", 63, 93, 97, 102),
    PYTHON("python3", "Python", "Python (%s)", 71, 92, 100, 109),
    RUST("rust", "Rust", "Rust (%s)", 73, 108);

    private final String ours;
    private final String title;
    private final String versioned;
    private final List<Integer> ids;

    /**
     * @param ours a name or alias in the sandbox
     * @param title what it is called where it is not usable
     * @param versioned what it is called where it is; clients look for the words before the version
     */
    LanguageFamily(String ours, String title, String versioned, Integer... ids) {
        this.ours = ours;
        this.title = title;
        this.versioned = versioned;
        this.ids = List.of(ids);
    }

    List<Integer> ids() {
        return ids;
    }

    /** @return what there is of it here */
    Optional<Language> in(List<Language> languages) {
        return languages.stream().filter(this::is).findFirst();
    }

    private boolean is(Language language) {
        return language.usable()
                && (language.name().equals(ours) || language.aliases().contains(ours));
    }

    /** @return what it is called, by its version here */
    String title(Optional<Language> here) {
        return here.map(language -> versioned.formatted(language.version())).orElse(title);
    }

    /** @return the members that all answers have */
    JsonObject json(long id, Optional<Language> here) {
        return new JsonObject().put("id", id).put("name", title(here));
    }
}
