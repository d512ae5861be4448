package lyceum.launcher;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import lyceum.platform.Profile;
import lyceum.platform.embedded.EmbeddedPostgres;
import lyceum.platform.embedded.EmbeddedRedis;
import lyceum.platform.embedded.EmbeddedStore;
import lyceum.platform.embedded.Tenancy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores of one process: external ones where they are configured, embedded ones otherwise. To start them blocks. */
final class Stores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

    private final Map<Store, String> urls = new EnumMap<>(Store.class);
    private final Map<Store, EmbeddedStore> embedded = new EnumMap<>(Store.class);

    private final Tenancy tenancy;

    private Stores(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * @param tenancy of embedded ones
     * @param progress told what takes time, one line each
     * @throws RuntimeException where one does not start; those that had started are stopped then
     */
    static Stores start(SuiteConfig config, Set<Store> needed, Tenancy tenancy, Consumer<String> progress) {
        Stores stores = new Stores(tenancy);
        try {
            needed.forEach(store -> stores.start(store, config, progress));
            return stores;
        } catch (RuntimeException e) {
            stores.close();
            throw e;
        }
    }

    private void start(Store store, SuiteConfig config, Consumer<String> progress) {
        Optional<String> external = config.url(store);
        external.ifPresentOrElse(url -> urls.put(store, url), () -> startEmbedded(store, config, progress));
    }

    private void startEmbedded(Store store, SuiteConfig config, Consumer<String> progress) {
        if (config.profile() == Profile.PROD) {
            LOG.warn("{} is not set: an embedded one keeps its data on this machine only", store.key());
        }
        config.makeDataDirectory();
        Path programs = config.programDirectory();
        EmbeddedStore started = switch (store) {
            case POSTGRES ->
                EmbeddedPostgres.start(config.dataDirectory().resolve("postgres"), programs, progress, tenancy);
            case REDIS -> EmbeddedRedis.start(config.dataDirectory().resolve("redis"), programs, progress, tenancy);
        };
        embedded.put(store, started);
        urls.put(store, started.url());
    }

    /** @return where a store can be reached, password included; empty for one that nobody needs */
    String url(Store store) {
        return urls.getOrDefault(store, "");
    }

    /** @return whether one of them is the embedded server of another process */
    boolean areOfAnother() {
        return embedded.values().stream().anyMatch(store -> !store.isOurs());
    }

    /** Stops the embedded ones. */
    @Override
    public void close() {
        embedded.values().forEach(EmbeddedStore::close);
    }
}
