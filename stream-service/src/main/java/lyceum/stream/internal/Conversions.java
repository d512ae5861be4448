package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.internal.ConvertedEntries.Wish;
import lyceum.stream.internal.StreamConfig.Converting;
import lyceum.stream.internal.convert.Conversion;
import lyceum.stream.internal.convert.Converters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts entries on a few threads of its own. However many want the same of an entry, it is done once: those who come
 * while it is under way wait for it too, those who come a little later get what was kept. Lives on one context.
 */
final class Conversions {

    private static final Logger LOG = LoggerFactory.getLogger(Conversions.class);

    static final String THREADS = "lyceum-conversion";

    private final Converting config;
    private final Budget budget;
    private final StreamMetrics metrics;
    private final Converters converters;
    private final WorkerExecutor threads;
    private final ConvertedEntries kept;
    private final Map<Wish, Work> works = new HashMap<>();
    private int underWay;

    /**
     * What has become of an entry.
     *
     * @param bytes what was made of it; none where nothing could be
     * @param refusal why nothing could be made of it, else null
     */
    record Outcome(Buffer bytes, Failure refusal) {

        Future<Buffer> answer() {
            return refusal == null ? Future.succeededFuture(bytes) : Future.failedFuture(refusal);
        }
    }

    private record Work(Buffer source, Future<Outcome> outcome) {}

    /** @param budget holds the bytes of entries that wait */
    Conversions(Vertx vertx, Converting config, Budget budget, StreamMetrics metrics) {
        this.config = config;
        this.budget = budget;
        this.metrics = metrics;
        this.converters = new Converters(config.limits());
        this.threads = vertx.createSharedWorkerExecutor(THREADS, config.threads());
        this.kept = new ConvertedEntries(config.keptBytes());
    }

    /** Fails with INVALID where entries of one of the streams cannot be converted like that, whatever they are. */
    void check(Iterable<String> streams, Format format) {
        streams.forEach(stream -> converters.conversion(stream, format.input(), format.output()));
    }

    /** @return how many are worked on, or wait for it */
    int underWay() {
        return underWay;
    }

    /** @return how many are worked on at once */
    int threads() {
        return config.threads();
    }

    /**
     * @param format that has been checked for the stream, and is not raw
     * @return what was made of the entry; or INVALID where nothing can be made of it, INTERNAL where that is a defect,
     *     BUSY where too many wait
     */
    Future<Buffer> convert(String stream, Entry entry, Format format) {
        Wish wish = new Wish(stream, entry.id(), format);
        Work work = works.get(wish);
        if (work != null && ConvertedEntries.isSame(work.source(), entry.payload())) {
            metrics.shared.increment();
            return work.outcome().compose(Outcome::answer);
        }
        return kept.find(wish, entry.payload())
                .map(outcome -> {
                    metrics.shared.increment();
                    return outcome.answer();
                })
                .orElseGet(() -> begin(wish, entry.payload()));
    }

    private Future<Buffer> begin(Wish wish, Buffer source) {
        if (underWay >= config.mostWaiting()) {
            metrics.busy.increment();
            return Future.failedFuture(new Failure(Kind.BUSY, "too many entries wait to be converted"));
        }
        budget.take(source.length());
        underWay++;
        Conversion conversion = converters
                .conversion(wish.stream(), wish.format().input(), wish.format().output())
                .orElseThrow();
        Future<Outcome> outcome = threads.executeBlocking(() -> work(conversion, source), false)
                .recover(defect -> Future.failedFuture(defect(wish, defect)));
        Work work = new Work(source, outcome);
        works.put(wish, work);
        return outcome.onComplete(done -> end(wish, work))
                .onSuccess(made -> kept.add(wish, source, made))
                .compose(Outcome::answer);
    }

    private void end(Wish wish, Work work) {
        underWay--;
        budget.giveBack(work.source().length());
        if (works.get(wish) == work) {
            works.remove(wish);
        }
    }

    private Outcome work(Conversion conversion, Buffer source) {
        return metrics.conversion.record(() -> {
            try {
                Buffer made = conversion.convert(source).bytes();
                metrics.converted.increment();
                return new Outcome(made, null);
            } catch (Failure refusal) {
                metrics.refused.increment();
                return new Outcome(Buffer.buffer(), refusal);
            }
        });
    }

    private Failure defect(Wish wish, Throwable defect) {
        metrics.failed.increment();
        LOG.error("entry {} cannot be converted to {}", wish.id(), wish.format().output(), defect);
        return new Failure(Kind.INTERNAL, "the entry cannot be converted");
    }

    /** @return done when nobody works any more */
    Future<Void> close() {
        return threads.close();
    }
}
