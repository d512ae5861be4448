package lyceum.launcher;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A program that knows some services only, and looks for no others: what a test asks nothing need not be started. */
public final class SmallHouse {

    private SmallHouse() {}

    /**
     * @param services their names, empty for all
     * @return as {@link Suite#start}
     */
    public static Future<Suite> start(Map<String, String> environment, Set<String> services) {
        List<ServiceEntry<?>> house = Services.ALL.stream()
                .filter(service -> services.isEmpty() || services.contains(service.name()))
                .toList();
        return Suite.start(house, environment, Set.of(), line -> {});
    }
}
