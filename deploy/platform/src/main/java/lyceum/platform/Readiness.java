package lyceum.platform;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What a process must have before it is asked for work, by name. Services add their checks while they start; the
 * management port asks them.
 */
public final class Readiness {

    private final Map<String, Supplier<Future<String>>> checks = new ConcurrentHashMap<>();

    /**
     * @param name what is checked, one word
     * @param check a future of one line that describes what is there, failed where it is not there
     */
    public void add(String name, Supplier<Future<String>> check) {
        checks.put(name, check);
    }

    /** @return the answer of each check by its name, in the order of the names */
    public Map<String, Future<String>> ask() {
        Map<String, Future<String>> answers = new LinkedHashMap<>();
        checks.keySet().stream()
                .sorted()
                .forEach(name -> answers.put(
                        // A check that throws has answered too.
                        name,
                        Future.succeededFuture()
                                .compose(asked -> checks.get(name).get())));
        return answers;
    }
}
