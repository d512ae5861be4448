package lyceum.launcher.backup;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lyceum.launcher.backup.Manifest.Kind;
import lyceum.launcher.backup.Manifest.Part;
import lyceum.platform.Settings;

/** Puts a backup in the place of what is there. The order, and why: see the package. */
public final class Restore {

    private final BackupDirectory backup;
    private final boolean mayReplace;
    private final Consumer<String> report;

    /**
     * @param directory of one backup
     * @param mayReplace whether what is there is removed; otherwise nothing may be there
     * @param report told what was done, one line each
     */
    public Restore(Path directory, boolean mayReplace, Consumer<String> report) {
        this.backup = new BackupDirectory(directory.toAbsolutePath().normalize());
        this.mayReplace = mayReplace;
        this.report = report;
    }

    /**
     * Reads all of the backup before anything is started.
     *
     * @return what it holds
     * @throws Refused where it is damaged, or not for this program
     */
    public Verified verify() throws IOException {
        Manifest manifest = backup.manifest();
        backup.verify(manifest);
        RestoreStore.check(manifest);
        report.accept("verified %d parts, made %s by %s"
                .formatted(manifest.parts().size(), manifest.made(), manifest.program()));
        return new Verified(manifest);
    }

    /** A backup that can be restored. */
    public final class Verified {

        private final Manifest manifest;

        private Verified(Manifest manifest) {
            this.manifest = manifest;
        }

        /** @throws Refused where services run, or something is there that must not be replaced; nothing is touched then */
        public void restore(Vertx vertx, Settings settings, String postgresUrl, String redisUrl) throws Exception {
            List<FileStore> stores = FileStore.from(settings);
            try (DatabaseStore database = DatabaseStore.open(postgresUrl);
                    Keys keys = new Keys(vertx, redisUrl)) {
                refuseServicesAtWork(database);
                refuseToReplace(database, keys, stores);
                replace(database, keys, stores);
            }
        }

        private void refuseServicesAtWork(DatabaseStore database) throws SQLException {
            List<String> services = database.servicesAtWork();
            if (!services.isEmpty()) {
                throw new Refused(
                        "services of Lyceum run on this database; stop them first: " + String.join(", ", services));
            }
        }

        private void refuseToReplace(DatabaseStore database, Keys keys, List<FileStore> stores) throws Exception {
            if (mayReplace || database.isMarked()) {
                return;
            }
            List<String> occupied = new ArrayList<>();
            if (!new RestoreStore(database).isEmpty()) {
                occupied.add("PostgreSQL");
            }
            if (!keys.isEmpty()) {
                occupied.add("Redis");
            }
            for (FileStore store : stores) {
                if (!store.children().isEmpty()) {
                    occupied.add(store.root().toString());
                }
            }
            if (!occupied.isEmpty()) {
                throw new Refused(
                        "there is something in %s; --replace removes it".formatted(String.join(", ", occupied)));
            }
        }

        private void replace(DatabaseStore database, Keys keys, List<FileStore> stores) throws Exception {
            List<Swap> swaps = new ArrayList<>();
            boolean wasMarked = database.isMarked();
            try {
                prepare(stores, swaps);
                for (Swap swap : swaps) {
                    swap.check();
                }
                database.mark();
                new RestoreStore(database).replace(manifest, backup);
            } catch (Exception e) {
                if (!wasMarked) {
                    database.unmark();
                }
                for (Swap swap : swaps) {
                    swap.clear();
                }
                throw e;
            }
            report.accept("PostgreSQL: %d rows".formatted(items(Kind.TABLE)));
            for (Swap swap : swaps) {
                swap.perform();
            }
            report.accept("files: " + items(Kind.FILES));
            Optional<Part> dump = parts(Kind.KEYS).stream().findFirst();
            if (dump.isPresent()) {
                try (InputStream source = backup.read(dump.get())) {
                    keys.replace(source);
                }
            }
            report.accept("Redis: %d keys".formatted(items(Kind.KEYS)));
            database.unmark();
            for (Swap swap : swaps) {
                swap.clear();
            }
        }

        /** Files of a store that this installation does not have (it has a bucket, say) are left out, and told. */
        private void prepare(List<FileStore> stores, List<Swap> swaps) throws IOException {
            for (Part part : parts(Kind.FILES)) {
                Optional<FileStore> store = stores.stream()
                        .filter(one -> one.name().equals(part.of()))
                        .findFirst();
                if (store.isEmpty()) {
                    report.accept("%s is left out: no setting says where they are kept".formatted(part.name()));
                    continue;
                }
                Swap swap = new Swap(store.get());
                swaps.add(swap);
                try (InputStream archive = backup.read(part)) {
                    swap.prepare(archive);
                }
            }
        }

        private List<Part> parts(Kind kind) {
            return manifest.parts().stream().filter(part -> part.kind() == kind).toList();
        }

        private long items(Kind kind) {
            return parts(kind).stream().mapToLong(Part::items).sum();
        }
    }
}
