package lyceum.social.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import lyceum.platform.Loop;
import lyceum.platform.Settings.WrongSetting;
import lyceum.social.SocialService.Hour;
import lyceum.social.internal.ImportStore.Intake;
import lyceum.social.internal.OriginalStore.Rows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what the original server has stored, once. Its totals are those of its hours: they count secret events, which
 * stand in no other table.
 */
final class Import {

    private static final Logger LOG = LoggerFactory.getLogger(Import.class);

    private static final int ROWS_AT_ONCE = 1000;

    private final Vertx vertx;
    private final ImportStore store;
    private final LocalHours hours;
    private final Clock clock;

    private long rows;
    private Hour last = new Hour(0, 0, 0, 0, 0);

    Import(Vertx vertx, ImportStore store, LocalHours hours, Clock clock) {
        this.vertx = vertx;
        this.store = store;
        this.hours = hours;
        this.clock = clock;
    }

    /** @return done when all is here, or the main class is in use already; fails where the file is none of that server */
    Future<Void> take(Path file) {
        return store.whereUnused(intake -> takeInto(intake, file))
                .onSuccess(taken -> {
                    if (taken.isPresent()) {
                        LOG.info("took over rows={} of {}", rows, file);
                    } else {
                        LOG.warn("{} is not taken over: the class is in use, or it was before", file);
                    }
                })
                .mapEmpty();
    }

    private Future<Long> takeInto(Intake intake, Path file) {
        return vertx.executeBlocking(() -> new OriginalStore(file))
                .compose(original ->
                        takeAll(intake, original).eventually(() -> vertx.executeBlocking(() -> close(original))))
                .recover(error -> Future.failedFuture(error instanceof SQLException ? wrong(file, error) : error))
                .map(done -> rows);
    }

    private Future<Void> takeAll(Intake intake, OriginalStore original) {
        long now = hours.hourStart(clock.instant());
        return take(original::clicks, intake::addClicks)
                .compose(done -> take(original::events, intake::addEvents))
                .compose(done -> take(original::users, intake::addUsers))
                .compose(done -> take(original::hours, some -> {
                    last = some.get(some.size() - 1);
                    return intake.addHours(some);
                }))
                .compose(done -> intake.goOn(last, now, hours.dayStart(now)));
    }

    private <T> Future<Void> take(Table<T> table, Function<List<T>, Future<Void>> sink) {
        return vertx.executeBlocking(table::open)
                .compose(opened -> Loop.whileTrue(() -> vertx.executeBlocking(() -> opened.next(ROWS_AT_ONCE))
                        .compose(some -> some.isEmpty() ? Future.succeededFuture(false) : pass(some, sink))));
    }

    private <T> Future<Boolean> pass(List<T> some, Function<List<T>, Future<Void>> sink) {
        rows += some.size();
        return sink.apply(some).map(true);
    }

    private interface Table<T> {
        Rows<T> open() throws SQLException;
    }

    private static Void close(OriginalStore original) throws SQLException {
        original.close();
        return null;
    }

    private static WrongSetting wrong(Path file, Throwable error) {
        return new WrongSetting("%s: '%s' is not a database of frust-api: %s"
                .formatted(SocialConfig.IMPORT_KEY, file, error.getMessage()));
    }
}
