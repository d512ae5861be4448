package lyceum.gateway.route;

import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.Optional;

/** A parameter of a query, whose name is so in this case only, whatever the map thinks of it. */
public final class QueryParameter {

    private QueryParameter() {}

    /** @return the last of its values; empty where it is not there */
    public static Optional<String> last(MultiMap query, String name) {
        if (query.getAll(name).isEmpty()) {
            return Optional.empty();
        }
        return query.entries().stream()
                .filter(entry -> entry.getKey().equals(name))
                .map(Map.Entry::getValue)
                .reduce((former, latter) -> latter);
    }
}
