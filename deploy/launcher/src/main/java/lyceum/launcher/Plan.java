package lyceum.launcher;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lyceum.platform.Profile;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import lyceum.platform.cluster.ClusterConfig;
import lyceum.platform.cluster.ClusterSecret;
import lyceum.platform.management.ManagementConfig;
import lyceum.platform.tracing.TracesConfig;

/**
 * What a start is going to do; to have one means that every setting is right.
 *
 * @param settings of which everything else was read
 * @param cluster how the others are found, empty for a process that has all services in it
 * @param services in the order of their start
 * @param stores what they need; a process that has all services has all stores
 */
record Plan(
        Settings settings,
        SuiteConfig suite,
        ManagementConfig management,
        TracesConfig traces,
        Optional<ClusterConfig> cluster,
        List<ServiceEntry<?>> services,
        Set<Store> stores) {

    /**
     * @param house every service there is
     * @param chosen names of those that are wanted here, and others may be elsewhere; empty for all of them, and no cluster
     * @throws WrongSetting for a wrong value, a setting or a service that does not exist
     */
    static Plan of(List<ServiceEntry<?>> house, Set<String> chosen, Settings settings) {
        refuseUnknownServices(Services.names(house), chosen);
        boolean whole = chosen.isEmpty() || chosen.containsAll(Services.names(house));
        List<ServiceEntry<?>> services = house.stream()
                .filter(service -> whole || chosen.contains(service.name()))
                .toList();
        SuiteConfig suite = SuiteConfig.from(settings);
        ManagementConfig management = ManagementConfig.from(settings);
        TracesConfig traces = TracesConfig.from(settings);
        ClusterConfig cluster = ClusterConfig.from(settings);
        services.forEach(service -> service.rehearse(settings));
        refuseOneSecretForTwo(suite.profile(), cluster, settings);
        refuseUnknownSettings(house, settings);
        Optional<ClusterConfig> joined =
                chosen.isEmpty() ? Optional.empty() : Optional.of(cluster.fitFor(suite.profile()));
        Set<Store> stores = stores(whole, services, settings);
        if (joined.isPresent() && suite.profile() == Profile.PROD) {
            stores.forEach(store -> refuseStoreOfItsOwn(store, suite));
        }
        return new Plan(settings, suite, management, traces, joined, services, stores);
    }

    /** Members that lack the address would each keep what they should share. */
    private static void refuseStoreOfItsOwn(Store store, SuiteConfig suite) {
        if (suite.url(store).isEmpty()) {
            throw new WrongSetting("%s: required with --services where LYCEUM_PROFILE is prod".formatted(store.key()));
        }
    }

    private static void refuseUnknownServices(List<String> names, Set<String> chosen) {
        Set<String> unknown = new TreeSet<>(chosen);
        names.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new WrongSetting("--services: there is no %s; there are: %s"
                    .formatted(String.join(", ", unknown), String.join(", ", names)));
        }
    }

    /** Who may sign tokens needs not be a member, and the other way round. */
    private static void refuseOneSecretForTwo(Profile profile, ClusterConfig cluster, Settings settings) {
        String tokens = "LYCEUM_JWT_SECRET";
        boolean isOne = cluster.secret()
                .filter(secret -> secret.isSameAs(settings.text(tokens, "", "signs tokens")))
                .isPresent();
        if (isOne && profile == Profile.PROD) {
            throw new WrongSetting("%s: is the same as %s; where LYCEUM_PROFILE is prod, each has its own"
                    .formatted(ClusterSecret.KEY, tokens));
        }
    }

    /** Settings of services that run elsewhere are known: all processes may be given the same ones. */
    static void refuseUnknownSettings(List<ServiceEntry<?>> house, Settings settings) {
        List<String> unknown = settings.unknown("LYCEUM_", Reference.of(house).keys());
        if (!unknown.isEmpty()) {
            throw new WrongSetting(String.join(", ", unknown) + ": no such setting; --config-reference lists all");
        }
    }

    private static Set<Store> stores(boolean whole, List<ServiceEntry<?>> services, Settings settings) {
        Set<Store> stores = whole ? EnumSet.allOf(Store.class) : EnumSet.noneOf(Store.class);
        services.forEach(service -> stores.addAll(service.stores().apply(settings)));
        return stores;
    }
}
