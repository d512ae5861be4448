package lyceum.platform.tracing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans between those who end them and the collector, which is told on a thread of its own, many at once. What has no room, and
 * what the collector does not take, is lost and counted: {@code lyceum.traces.dropped}, beside {@code lyceum.traces.exported}.
 * Why not the batch processor of the SDK: it does not tell the first of these without a second set of metrics.
 */
final class SpanQueue implements SpanProcessor {

    /** About 4 MiB, and a second of a busy gateway. */
    static final int MOST_WAITING = 4_096;

    private static final int MOST_AT_ONCE = 512;
    private static final Duration PACE = Duration.ofSeconds(1);
    /** Longer than the exporter takes to give up. */
    private static final Duration EXPORT_LIMIT = Duration.ofSeconds(10);

    private static final Duration COMPLAINT_PAUSE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);

    private final SpanExporter exporter;
    private final Counter exported;
    private final Counter dropped;
    private final BlockingQueue<ReadableSpan> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(this::run, "lyceum-traces");
    private final CompletableResultCode ended = new CompletableResultCode();

    private long complainedNanos = System.nanoTime() - COMPLAINT_PAUSE.toNanos();
    private volatile boolean isEnding;

    SpanQueue(SpanExporter exporter, MeterRegistry meters) {
        this.exporter = exporter;
        this.exported = meters.counter("lyceum.traces.exported");
        this.dropped = meters.counter("lyceum.traces.dropped");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // Told of when it has ended.
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled() && (isEnding || !waiting.offer(span))) {
            dropped.increment();
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    /** Tells of what waits, and of nothing more. */
    @Override
    public CompletableResultCode shutdown() {
        isEnding = true;
        thread.interrupt();
        return ended;
    }

    private void run() {
        List<SpanData> batch = new ArrayList<>();
        while (!isEnding || !waiting.isEmpty()) {
            gather(batch);
            if (!batch.isEmpty()) {
                export(batch);
                batch.clear();
            }
        }
        exporter.shutdown().whenComplete(ended::succeed);
    }

    /** Waits for a second of spans, or for as many as are told at once; not at the end. */
    private void gather(List<SpanData> batch) {
        long endNanos = System.nanoTime() + PACE.toNanos();
        while (batch.size() < MOST_AT_ONCE) {
            ReadableSpan span = next(endNanos - System.nanoTime());
            if (span == null) {
                return;
            }
            batch.add(span.toSpanData());
        }
    }

    private ReadableSpan next(long nanos) {
        try {
            return isEnding ? waiting.poll() : waiting.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Only shutdown() does that.
            return waiting.poll();
        }
    }

    private void export(List<SpanData> batch) {
        CompletableResultCode told =
                exporter.export(List.copyOf(batch)).join(EXPORT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        if (told.isSuccess()) {
            exported.increment(batch.size());
            return;
        }
        dropped.increment(batch.size());
        long nowNanos = System.nanoTime();
        if (nowNanos - complainedNanos >= COMPLAINT_PAUSE.toNanos()) {
            complainedNanos = nowNanos;
            LOG.warn("the collector of traces does not take them; spans are dropped: {}", reason(told));
        }
    }

    private static String reason(CompletableResultCode told) {
        Throwable error = told.getFailureThrowable();
        return error == null ? "no answer" : error.getMessage();
    }
}
