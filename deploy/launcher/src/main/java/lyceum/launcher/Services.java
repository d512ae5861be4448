package lyceum.launcher;

import java.util.List;

/** Every service there is, one line each, in the order in which they start. */
final class Services {

    static final List<ServiceEntry<?>> ALL = List.of();

    private Services() {}

    /** @return their names in that order */
    static List<String> names(List<ServiceEntry<?>> services) {
        return services.stream().map(ServiceEntry::name).toList();
    }
}
