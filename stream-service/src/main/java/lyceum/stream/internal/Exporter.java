package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.RecordingExportService;
import lyceum.stream.RecordingExportService.Phase;
import lyceum.stream.RecordingExportService.RecordingExported;
import lyceum.stream.RecordingExportService.StreamExport;
import lyceum.stream.internal.ExportLedger.Due;
import lyceum.stream.internal.archive.BrokenZip;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.export.ExportKind;
import lyceum.stream.internal.export.StreamExporter;
import lyceum.stream.internal.export.StreamExporter.Made;
import lyceum.stream.internal.export.StreamExporter.Order;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports what is due, one stream at a time, while this instance is the one that records. Whatever it was doing when it died
 * is due still. Lives on one context.
 */
final class Exporter {

    /** How often one export is begun; whoever wants it after that orders it once more. */
    static final int MOST_ATTEMPTS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** How long a stop waits for the entry that is being converted. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    /** How often it is told how far one is. */
    private static final Duration TOLD = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Parties parties;
    private final Duration pause;

    private long timer = -1;
    private Future<Void> work = Future.succeededFuture();
    private Future<Void> told = Future.succeededFuture();
    private boolean isStopping;

    /**
     * Whom it works with.
     *
     * @param isHolder whether this instance records, and so exports
     */
    record Parties(
            Bus bus,
            RecordingStore store,
            ExportLedger ledger,
            StreamExporter exporter,
            RecordingInfos infos,
            BooleanSupplier isHolder) {}

    /** @param pause before the second attempt; before the third it is twice as long, and so on */
    Exporter(Vertx vertx, Parties parties, Duration pause) {
        this.vertx = vertx;
        this.parties = parties;
        this.pause = pause;
    }

    void start() {
        timer = vertx.setPeriodic(INTERVAL.toMillis(), tick -> look());
        look();
    }

    /** Looks for what is due; it does so by itself too. */
    void look() {
        if (!work.isComplete() || !isWanted()) {
            return;
        }
        work = Loop.whileTrue(() -> isWanted() ? next() : Future.succeededFuture(false))
                .onFailure(error -> LOG.debug("exports have to wait", error));
    }

    private boolean isWanted() {
        return !isStopping && parties.isHolder().getAsBoolean();
    }

    /** @return whether there may be more that is due */
    private Future<Boolean> next() {
        return parties.ledger()
                .nextDue(System.currentTimeMillis())
                .compose(due -> due.isEmpty()
                        ? Future.succeededFuture(false)
                        : export(due.get()).map(true));
    }

    /** One that cannot be looked at is looked at again later, behind the others. */
    private Future<Void> export(Due due) {
        String recording = due.recording();
        return parties.store()
                .contains(recording)
                .compose(isThere -> isThere
                        ? plan(recording).compose(plan -> run(recording, plan)).compose(done -> settle(due))
                        : parties.ledger().followOrForget(recording))
                .recover(error -> isWanted() ? postpone(recording, error) : Future.failedFuture(error));
    }

    private Future<Void> postpone(String recording, Throwable error) {
        LOG.warn("exports of recording={} have to wait: {}", recording, error.toString());
        return parties.ledger().postpone(recording, System.currentTimeMillis() + pause.toMillis());
    }

    /** Where nothing was ordered in particular it is all that is usual. */
    private Future<Map<String, StreamExport>> plan(String recording) {
        return parties.ledger()
                .find(recording)
                .compose(known -> known.isEmpty()
                        ? parties.store()
                                .find(recording)
                                .compose(stored -> Loop.each(
                                        stored.streams().stream()
                                                .map(stream -> stream.stream())
                                                .filter(ExportKind::isUsual)
                                                .toList(),
                                        stream -> parties.ledger().put(recording, waiting(stream))))
                                .compose(planned -> parties.ledger().find(recording))
                        : Future.succeededFuture(known));
    }

    /** @return an export that has not been begun */
    static StreamExport waiting(String stream) {
        String file = ExportKind.isUsual(stream) ? ExportKind.of(stream).get(0).file(stream) : "";
        return new StreamExport(stream, file, Phase.WAITING, 0, 0, 0, 0, 0, "");
    }

    private static boolean isOpen(StreamExport export) {
        return export.phase() == Phase.WAITING || export.phase() == Phase.RUNNING;
    }

    private Future<Void> run(String recording, Map<String, StreamExport> plan) {
        return Loop.each(
                plan.values().stream().filter(Exporter::isOpen).toList(),
                export -> isWanted() ? attempt(recording, export) : Future.failedFuture(over()));
    }

    private static Failure over() {
        return new Failure(Kind.UNAVAILABLE, "this instance does not export any more");
    }

    /** The attempt is counted before it is made: one that kills this instance is not made for ever. */
    private Future<Void> attempt(String recording, StreamExport export) {
        if (export.attempts() >= MOST_ATTEMPTS) {
            return end(recording, failed(export, "it was begun %d times and never ended".formatted(MOST_ATTEMPTS)));
        }
        StreamExport begun = running(export);
        long[] toldNanos = {System.nanoTime()};
        Order order = new Order(recording, export.stream(), this::isWanted, fraction -> {
            if (System.nanoTime() - toldNanos[0] > TOLD.toNanos()) {
                toldNanos[0] = System.nanoTime();
                tell(recording, begun, fraction);
            }
        });
        return parties.ledger()
                .put(recording, begun)
                .compose(counted -> parties.exporter().export(order))
                // What is told last must be known last.
                .transform(made -> told.transform(known -> made.succeeded()
                        ? end(recording, done(begun, made.result()))
                        : give(recording, begun, made.cause())));
    }

    private void tell(String recording, StreamExport export, double fraction) {
        told = told.transform(before -> parties.ledger().put(recording, progress(export, Phase.RUNNING, fraction, "")))
                .onFailure(error -> LOG.debug("it is not told how far an export is", error));
    }

    private static StreamExport running(StreamExport before) {
        return new StreamExport(
                before.stream(), before.file(), Phase.RUNNING, 0, before.attempts() + 1, 0, 0, 0, before.failure());
    }

    private static StreamExport progress(StreamExport export, Phase phase, double fraction, String failure) {
        return new StreamExport(export.stream(), export.file(), phase, fraction, export.attempts(), 0, 0, 0, failure);
    }

    private static StreamExport failed(StreamExport export, String failure) {
        return progress(export, Phase.FAILED, 0, failure);
    }

    private static StreamExport done(StreamExport export, Made made) {
        return new StreamExport(
                export.stream(),
                made.file(),
                Phase.DONE,
                1,
                export.attempts(),
                made.bytes(),
                made.entries(),
                made.leftOut(),
                "");
    }

    /** What may be different later is tried again then; an instance that stops leaves it to the next one. */
    private Future<Void> give(String recording, StreamExport export, Throwable error) {
        if (!isWanted()) {
            return Future.failedFuture(error);
        }
        boolean isForNow = error instanceof Failure failure && failure.kind().status() == Kind.BUSY.status();
        String text = text(error);
        if (isForNow && export.attempts() < MOST_ATTEMPTS) {
            LOG.info("export of recording={} stream={} is tried again: {}", recording, export.stream(), text);
            return parties.ledger().put(recording, progress(export, Phase.WAITING, 0, text));
        }
        return end(recording, failed(export, text));
    }

    private static String text(Throwable error) {
        if (error instanceof Failure || error instanceof BrokenZip) {
            return error.getMessage();
        }
        LOG.error("defect in an export", error);
        return "internal error";
    }

    private Future<Void> end(String recording, StreamExport export) {
        LOG.info(
                "export of recording={} stream={} is {} entries={} leftOut={} {}",
                recording,
                export.stream(),
                export.phase(),
                export.entries(),
                export.leftOut(),
                export.failure());
        return parties.ledger()
                .put(recording, export)
                .compose(put -> parties.infos().forget(recording))
                .onSuccess(forgotten -> parties.bus()
                        .publish(
                                RecordingExportService.EXPORTED,
                                new RecordingExported(recording, export.stream(), export.file(), export.failure())))
                .mapEmpty();
    }

    private Future<Void> settle(Due due) {
        return parties.ledger().find(due.recording()).compose(known -> {
            int attempts = known.values().stream()
                    .filter(Exporter::isOpen)
                    .mapToInt(StreamExport::attempts)
                    .max()
                    .orElse(-1);
            return attempts < 0
                    ? parties.ledger().settle(due)
                    : parties.ledger()
                            .postpone(
                                    due.recording(),
                                    System.currentTimeMillis() + pause.toMillis() * Math.max(1, attempts));
        });
    }

    /** Ends where it is; what was begun stays due, and what a film has waited for is waited for by nobody. */
    Future<Void> stop() {
        isStopping = true;
        vertx.cancelTimer(timer);
        return work.timeout(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .transform(ended -> parties.exporter().close());
    }
}
