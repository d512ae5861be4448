package lyceum.launcher;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lyceum.launcher.backup.Backup;
import lyceum.launcher.backup.DatabaseStore;
import lyceum.launcher.backup.Refused;
import lyceum.launcher.backup.Restore;
import lyceum.platform.ImportReport;
import lyceum.platform.Settings;
import lyceum.platform.embedded.Tenancy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the command line does with stored data, without the suite: backup, restore, import. The thread that calls blocks until
 * it is done. The stores are those of the settings; embedded ones are started for it, and a suite that starts meanwhile
 * waits; or they are those of a suite that runs with the same data directory.
 */
final class DataWork {

    private static final Logger LOG = LoggerFactory.getLogger(DataWork.class);

    private final Settings settings;
    private final SuiteConfig suite;
    private final Consumer<String> report;

    /**
     * @param environment settings by key; those of services that are not needed here are only known
     * @param report told what was done, one line each
     */
    DataWork(Map<String, String> environment, Consumer<String> report) {
        this.settings = new Settings(environment);
        this.suite = SuiteConfig.from(settings);
        Plan.refuseUnknownSettings(Services.ALL, settings);
        this.report = report;
    }

    /**
     * @return whether it was done; what went wrong is in the log
     * @throws Refused where it is not done, for a reason that the operator can change
     */
    boolean run(Arguments arguments) {
        try {
            switch (arguments.action()) {
                case BACKUP -> backUp(Path.of(arguments.operand()));
                case RESTORE -> restore(Path.of(arguments.operand()), arguments.isReplacing());
                default -> takeOver(Origins.Order.of(arguments.operand()), arguments.isDry());
            }
            return true;
        } catch (Refused | Settings.WrongSetting e) {
            throw e;
        } catch (Exception e) {
            LOG.error("not done: {}", e.getMessage(), e);
            return false;
        }
    }

    private void backUp(Path place) throws Exception {
        Backup backup = new Backup(place, suite.keptBackups(), Build.info().version(), Clock.systemUTC(), report);
        withStores(
                (vertx, stores) -> backup.make(vertx, settings, stores.url(Store.POSTGRES), stores.url(Store.REDIS)));
    }

    private void restore(Path directory, boolean mayReplace) throws Exception {
        Restore.Verified backup = new Restore(directory, mayReplace, report).verify();
        withStores((vertx, stores) -> {
            refuseRunningSuite(stores);
            backup.restore(vertx, settings, stores.url(Store.POSTGRES), stores.url(Store.REDIS));
            return null;
        });
    }

    private void takeOver(Origins.Order order, boolean isDry) throws Exception {
        ImportReport done = withStores((vertx, stores) -> {
            refuseRunningSuite(stores);
            try (DatabaseStore database = DatabaseStore.open(stores.url(Store.POSTGRES))) {
                List<String> services = database.servicesAtWork();
                if (!services.isEmpty()) {
                    throw new Refused(
                            "services of Lyceum run on this database; stop them first: " + String.join(", ", services));
                }
            }
            Parts parts = Parts.ofStores(stores.url(Store.POSTGRES), stores.url(Store.REDIS));
            return order.origin().take(vertx, settings, parts, order.path(), isDry);
        });
        if (isDry) {
            report.accept("nothing was written (--dry-run); it would be:");
        }
        done.lines().forEach(report);
    }

    private static void refuseRunningSuite(Stores stores) {
        if (stores.areOfAnother()) {
            throw new Refused("Lyceum runs with this LYCEUM_DATA_DIR; stop it first");
        }
    }

    private interface Work<T> {
        T with(Vertx vertx, Stores stores) throws Exception;
    }

    private <T> T withStores(Work<T> work) throws Exception {
        try (Stores stores = Stores.start(suite, EnumSet.allOf(Store.class), Tenancy.PASSING, report)) {
            Vertx vertx = Vertx.vertx();
            try {
                return work.with(vertx, stores);
            } finally {
                vertx.close().await();
            }
        }
    }
}
