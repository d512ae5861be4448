package lyceum.elicast.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import lyceum.platform.Meters;

/**
 * What the operator sees of lessons, {@code lyceum.elicast.*}:
 *
 * <ul>
 *   <li>{@code lessons} by {@code change}: how often one was created, modified, deleted;
 *   <li>{@code drafts} by {@code step}: uploads that were opened, saved, discarded by who sent them, or outlived; what is
 *       opened and has no other step yet is on its way;
 *   <li>{@code pieces} and {@code bytes}: what was uploaded;
 *   <li>{@code runs} by {@code kind}, code or answer, and {@code outcome}: passed with exit status 0, else failed;
 *       cancelled; lost where the sandbox gave no outcome or it could not be stored;
 *   <li>{@code tickets} and {@code logs}: pages that keep a study log, and batches of it;
 *   <li>{@code repairs} by {@code outcome}: recordings that media-service has mended, or has not.
 * </ul>
 */
final class ElicastMetrics implements AutoCloseable {

    final Counter created;
    final Counter modified;
    final Counter deleted;
    final Counter tickets;
    final Counter logs;

    private final Meters meters;
    private final Counter opened;
    private final Counter saved;
    private final Counter discarded;
    private final Counter outlived;
    private final Counter pieces;
    private final Counter bytes;
    private final Outcomes code;
    private final Outcomes answers;
    private final Counter repaired;
    private final Counter unrepaired;

    private record Outcomes(Counter passed, Counter failed, Counter cancelled, Counter lost) {}

    ElicastMetrics(MeterRegistry registry) {
        meters = new Meters(registry, "lyceum.elicast.");
        created = meters.counter("lessons", "change", "created");
        modified = meters.counter("lessons", "change", "modified");
        deleted = meters.counter("lessons", "change", "deleted");
        opened = meters.counter("drafts", "step", "opened");
        saved = meters.counter("drafts", "step", "saved");
        discarded = meters.counter("drafts", "step", "discarded");
        outlived = meters.counter("drafts", "step", "outlived");
        pieces = meters.counter("pieces");
        bytes = meters.counter("bytes");
        code = outcomes("code");
        answers = outcomes("answer");
        tickets = meters.counter("tickets");
        logs = meters.counter("logs");
        repaired = meters.counter("repairs", "outcome", "done");
        unrepaired = meters.counter("repairs", "outcome", "failed");
    }

    private Outcomes outcomes(String kind) {
        return new Outcomes(runs(kind, "passed"), runs(kind, "failed"), runs(kind, "cancelled"), runs(kind, "lost"));
    }

    private Counter runs(String kind, String outcome) {
        return meters.counter("runs", "kind", kind, "outcome", outcome);
    }

    void opened() {
        opened.increment();
    }

    void appended(long count, long length) {
        pieces.increment(count);
        bytes.increment(length);
    }

    /** A draft has become a lesson. */
    void saved() {
        saved.increment();
    }

    void discarded() {
        discarded.increment();
    }

    void outlived(long count) {
        outlived.increment(count);
    }

    /** Counts a program of a lesson, or an answer to an exercise, when it is stored. */
    void ran(boolean isAnswer, FinishedRun run) {
        Outcomes outcomes = isAnswer ? answers : code;
        if (run.cancelled()) {
            outcomes.cancelled.increment();
        } else {
            (run.exitCode() == 0 ? outcomes.passed : outcomes.failed).increment();
        }
    }

    void lost(boolean isAnswer) {
        (isAnswer ? answers : code).lost.increment();
    }

    /** Counts one when it is over. */
    <T> Future<T> repair(Future<T> repair) {
        return repair.onComplete(end -> (end.succeeded() ? repaired : unrepaired).increment());
    }

    @Override
    public void close() {
        meters.close();
    }
}
