package lyceum.stream.internal;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import lyceum.platform.ImportReport;
import lyceum.platform.Migrations;
import lyceum.stream.internal.archive.OldRecordings;

/**
 * Takes over what the PTG data store has kept: streams and metadata from its Redis, recordings from its folder, and recipes and
 * sessions as {@code mongoexport} writes them. What is here already stays as it is here, so it can be repeated.
 *
 * <p>Blocks: for the command line, while no stream-service runs.
 */
public final class PtgImport {

    private PtgImport() {}

    /**
     * @param redisUrl a Redis that has the keys
     * @param directory with {@code recordings} (or what is in it), {@code recipes.json}, {@code sessions.json}, or some of them
     * @param isDry whether nothing is written
     * @return what came of it
     */
    public static ImportReport take(
            Vertx vertx, StreamConfig config, Optional<String> redisUrl, Optional<Path> directory, boolean isDry)
            throws Exception {
        ImportReport report = new ImportReport();
        if (redisUrl.isPresent()) {
            takeKeys(vertx, config, redisUrl.get(), isDry, report);
        }
        if (directory.isPresent()) {
            takeRecordings(config.recordings(), directory.get(), isDry, report);
            takeDocuments(vertx, config, directory.get(), isDry, report);
        }
        return report;
    }

    private static void takeKeys(Vertx vertx, StreamConfig config, String url, boolean isDry, ImportReport report) {
        try (OriginalKeys keys = new OriginalKeys(vertx, url, config.redis().url(), isDry, report)) {
            keys.takeAll();
        }
    }

    private static void takeRecordings(RecordingConfig config, Path directory, boolean isDry, ImportReport report)
            throws Exception {
        Path inside = directory.resolve("recordings");
        Path folder = OldRecordings.isIn(inside) ? inside : directory;
        if (!OldRecordings.isIn(folder)) {
            report.remark("no recordings: there is neither raw nor post in %s".formatted(directory));
        } else if (config.bucket().isPresent()) {
            report.remark("recordings are kept in a bucket: copy %s into it, the layout is the same".formatted(folder));
        } else {
            new OldRecordings(folder, config.directory(), isDry, report).take();
        }
    }

    private static void takeDocuments(
            Vertx vertx, StreamConfig config, Path directory, boolean isDry, ImportReport report) throws Exception {
        new Migrations(config.documents().database(), RecipeVerticle.MIGRATIONS)
                .run(vertx)
                .await();
        DocumentImportStore.inOneGo(vertx, config.documents().database(), isDry, store -> {
            OriginalDocuments documents = new OriginalDocuments(store, report);
            documents.takeRecipes(directory.resolve("recipes.json"));
            documents.takeSessions(directory.resolve("sessions.json"));
        });
    }
}
