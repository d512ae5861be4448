package lyceum.launcher;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lyceum.account.internal.AccountConfig;
import lyceum.account.internal.RailgunAccounts;
import lyceum.elicast.internal.ElicastConfig;
import lyceum.elicast.internal.ElicastImport;
import lyceum.grading.internal.GradingConfig;
import lyceum.grading.internal.RailgunHandIns;
import lyceum.launcher.railgun.RailgunDump;
import lyceum.platform.ImportReport;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import lyceum.social.internal.FrustImport;
import lyceum.social.internal.SocialConfig;
import lyceum.stream.internal.PtgImport;
import lyceum.stream.internal.StreamConfig;

/** The original servers whose data can be taken over, by the names that {@code --import} has for them. */
enum Origins {
    /** The SQLite database of elicast-server. */
    ELICAST {
        @Override
        ImportReport take(Vertx vertx, Settings settings, Parts parts, String path, boolean isDry) {
            return ElicastImport.take(vertx, ElicastConfig.from(settings, parts.postgresUrl()), Path.of(path), isDry);
        }
    },
    /** The {@code db.sqlite} of frust-api. */
    FRUST {
        @Override
        ImportReport take(Vertx vertx, Settings settings, Parts parts, String path, boolean isDry) {
            return FrustImport.take(vertx, SocialConfig.from(settings, parts.postgresUrl()), Path.of(path), isDry);
        }
    },
    /** The database of Railgun: a dump as SQL, or the file of SQLite. */
    RAILGUN {
        @Override
        ImportReport take(Vertx vertx, Settings settings, Parts parts, String path, boolean isDry) throws Exception {
            RailgunDump dump = RailgunDump.open(Path.of(path));
            ImportReport report = new ImportReport();
            RailgunAccounts.take(vertx, AccountConfig.from(settings, parts.postgresUrl()), dump.users(), isDry, report);
            RailgunHandIns.take(vertx, GradingConfig.from(settings, parts.postgresUrl()), dump::handIns, isDry, report);
            return report;
        }
    },
    /** A directory of the PTG data store, with dump.rdb, recordings, recipes.json, sessions.json; or its running Redis. */
    PTG {
        @Override
        ImportReport take(Vertx vertx, Settings settings, Parts parts, String path, boolean isDry) throws Exception {
            StreamConfig config = StreamConfig.from(settings, parts.redisUrl(), parts.postgresUrl());
            if (path.startsWith("redis://") || path.startsWith("rediss://")) {
                return PtgImport.take(vertx, config, Optional.of(path), Optional.empty(), isDry);
            }
            Path directory = Path.of(path);
            if (!Files.isDirectory(directory)) {
                throw new WrongSetting("--import=ptg: '%s' is no directory".formatted(path));
            }
            Path dump = directory.resolve("dump.rdb");
            if (!Files.isRegularFile(dump)) {
                return PtgImport.take(vertx, config, Optional.empty(), Optional.of(directory), isDry);
            }
            try (LoadedDump loaded = LoadedDump.of(dump, SuiteConfig.from(settings))) {
                return PtgImport.take(vertx, config, Optional.of(loaded.url()), Optional.of(directory), isDry);
            }
        }
    };

    /**
     * Takes it over; blocks.
     *
     * @param path where its data are, as the operator wrote it
     * @param isDry whether everything is read and checked, and nothing written
     */
    abstract ImportReport take(Vertx vertx, Settings settings, Parts parts, String path, boolean isDry)
            throws Exception;

    /** @param path what comes behind the colon */
    record Order(Origins origin, String path) {

        /** @throws WrongSetting where it is not {@code ORIGIN:PATH} */
        static Order of(String operand) {
            int colon = operand.indexOf(':');
            return Arrays.stream(values())
                    .filter(origin -> colon > 0 && operand.length() > colon + 1)
                    .filter(origin -> origin.name().toLowerCase(Locale.ROOT).equals(operand.substring(0, colon)))
                    .findFirst()
                    .map(origin -> new Order(origin, operand.substring(colon + 1)))
                    .orElseThrow(() -> new WrongSetting("--import=%s: not ORIGIN:PATH, where the origins are %s"
                            .formatted(operand, String.join(", ", names()))));
        }
    }

    static List<String> names() {
        return Arrays.stream(values())
                .map(origin -> origin.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
