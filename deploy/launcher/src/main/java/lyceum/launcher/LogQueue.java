package lyceum.launcher;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import lyceum.platform.Audit;
import lyceum.platform.RequestId;
import lyceum.platform.Trace;

/**
 * Between event loops and the standard output: a loop never waits for whoever reads it. When the queue is nearly full, lines of
 * little weight are lost, and when it is full, all are; how many is counted. What is written down of who did what weighs as
 * much as a warning. The ids of request and trace are taken along, because they belong to the thread that logs.
 */
public final class LogQueue extends AsyncAppender {

    /** Their names in the MDC. */
    static final String REQUEST = "request";

    static final String TRACE = "trace";

    /** Of the whole process, which has one standard output. */
    private static final LongAdder LOST = new LongAdder();

    /** Counts lines that are lost as {@code lyceum.log.lost}. */
    static void measure(MeterRegistry registry) {
        FunctionCounter.builder("lyceum.log.lost", LOST, LongAdder::sum).register(registry);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (getRemainingCapacity() == 0) {
            LOST.increment();
        } else {
            super.append(event);
        }
    }

    /** Asked where little of the queue is left. */
    @Override
    protected boolean isDiscardable(ILoggingEvent event) {
        boolean isLost = super.isDiscardable(event) && !event.getLoggerName().equals(Audit.LOG_NAME);
        if (isLost) {
            LOST.increment();
        }
        return isLost;
    }

    @Override
    protected void preprocess(ILoggingEvent event) {
        if (event instanceof LoggingEvent line) {
            Map<String, String> ids = new HashMap<>();
            ids.computeIfAbsent(REQUEST, absent -> RequestId.current());
            ids.computeIfAbsent(TRACE, absent -> Trace.id());
            line.setMDCPropertyMap(ids);
        }
        super.preprocess(event);
    }
}
