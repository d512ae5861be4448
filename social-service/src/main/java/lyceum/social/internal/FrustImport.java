package lyceum.social.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import lyceum.platform.ImportReport;
import lyceum.platform.Loop;
import lyceum.platform.Migrations;
import lyceum.platform.Settings.WrongSetting;
import lyceum.social.SocialService.Hour;
import lyceum.social.internal.ImportStore.Intake;
import lyceum.social.internal.OriginalStore.Rows;

/**
 * Takes over what frust-api has stored, into the main class, all of it or nothing, and once: where somebody has clicked here,
 * or an earlier import was, nothing is taken. Its totals are those of its hours: they count secret events, which stand in no
 * other table.
 */
public final class FrustImport {

    private static final int ROWS_AT_ONCE = 1000;

    private final Vertx vertx;
    private final ImportStore store;
    private final LocalHours hours;
    private final Clock clock;
    private final ImportReport report = new ImportReport();

    private Hour last = new Hour(0, 0, 0, 0, 0);

    private FrustImport(Vertx vertx, ImportStore store, LocalHours hours, Clock clock) {
        this.vertx = vertx;
        this.store = store;
        this.hours = hours;
        this.clock = clock;
    }

    /**
     * Blocks until it is done; for the command line, while no social-service runs.
     *
     * @param file {@code db.sqlite}
     * @param isDry whether nothing is written in the end
     * @return what came of it
     * @throws WrongSetting where the file is none of that server
     */
    public static ImportReport take(Vertx vertx, SocialConfig config, Path file, boolean isDry) {
        return take(vertx, config, Clock.systemUTC(), file, isDry);
    }

    static ImportReport take(Vertx vertx, SocialConfig config, Clock clock, Path file, boolean isDry) {
        LocalHours hours = new LocalHours(config.zone());
        return new Migrations(config.database(), SocialVerticle.MIGRATIONS)
                .run(vertx)
                .compose(migrated -> ImportStore.withOne(
                        vertx,
                        config.database(),
                        hours.hourStart(clock.instant()),
                        store -> new FrustImport(vertx, store, hours, clock).take(file, isDry)))
                .await();
    }

    private Future<ImportReport> take(Path file, boolean isDry) {
        return vertx.executeBlocking(() -> new OriginalStore(file, report))
                .compose(original -> store.inOneGo(isDry, intake -> takeAll(intake, original))
                        .eventually(() -> vertx.executeBlocking(() -> close(original))))
                .recover(error -> Future.failedFuture(error instanceof SQLException ? wrong(file, error) : error))
                .map(done -> report);
    }

    private Future<Void> takeAll(Intake intake, OriginalStore original) {
        if (!intake.isUsed()) {
            long now = hours.hourStart(clock.instant());
            return intake.begin()
                    .compose(begun -> pass("clicks", original::clicks, intake::addClicks))
                    .compose(done -> pass("events", original::events, intake::addEvents))
                    .compose(done -> pass("users", original::users, intake::addUsers))
                    .compose(done -> pass("hours", original::hours, some -> {
                        last = some.get(some.size() - 1);
                        return intake.addHours(some);
                    }))
                    .compose(done -> intake.goOn(last, now, hours.dayStart(now)));
        }
        report.remark("the class is in use, or was taken over before: nothing was taken");
        return count("clicks", original::clicks)
                .compose(done -> count("events", original::events))
                .compose(done -> count("users", original::users))
                .compose(done -> count("hours", original::hours));
    }

    private <T> Future<Void> pass(String name, Table<T> table, Function<List<T>, Future<Void>> sink) {
        return each(table, some -> {
            report.imported(name, some.size());
            return sink.apply(some);
        });
    }

    private <T> Future<Void> count(String name, Table<T> table) {
        return each(table, some -> {
            report.present(name, some.size());
            return Future.succeededFuture();
        });
    }

    private <T> Future<Void> each(Table<T> table, Function<List<T>, Future<Void>> sink) {
        return vertx.executeBlocking(table::open)
                .compose(opened -> Loop.whileTrue(() -> vertx.executeBlocking(() -> opened.next(ROWS_AT_ONCE))
                        .compose(some -> some.isEmpty()
                                ? Future.succeededFuture(false)
                                : sink.apply(some).map(true))));
    }

    private interface Table<T> {
        Rows<T> open() throws SQLException;
    }

    private static Void close(OriginalStore original) throws SQLException {
        original.close();
        return null;
    }

    private static WrongSetting wrong(Path file, Throwable error) {
        return new WrongSetting(
                "--import=frust: '%s' is not a database of frust-api: %s".formatted(file, error.getMessage()));
    }
}
