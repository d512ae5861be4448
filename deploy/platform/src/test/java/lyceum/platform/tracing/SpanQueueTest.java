package lyceum.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpanQueueTest {

    private static final int MANY = 3 * SpanQueue.MOST_WAITING;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch isHeldUp = new CountDownLatch(1);

    /** Takes nothing until it is let. */
    private final class HeldUp implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            try {
                return isHeldUp.await(10, TimeUnit.SECONDS)
                        ? CompletableResultCode.ofSuccess()
                        : CompletableResultCode.ofFailure();
            } catch (InterruptedException e) {
                return CompletableResultCode.ofFailure();
            }
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @Test
    void dropsWhatHasNoRoomAndKeepsNobodyWaiting() {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(new SpanQueue(new HeldUp(), meters))
                .build();
        Tracer tracer = provider.get("test");

        for (int i = 0; i < MANY; i++) {
            tracer.spanBuilder("one").startSpan().end();
        }

        double dropped = meters.counter("lyceum.traces.dropped").count();
        assertThat(dropped).isGreaterThanOrEqualTo(MANY - 2 * SpanQueue.MOST_WAITING);
        isHeldUp.countDown();
        provider.shutdown().join(10, TimeUnit.SECONDS);
        assertThat(meters.counter("lyceum.traces.exported").count()
                        + meters.counter("lyceum.traces.dropped").count())
                .isEqualTo(MANY);
    }
}
