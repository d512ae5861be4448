package lyceum.launcher;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.HashMap;
import java.util.Map;
import lyceum.platform.RequestId;
import lyceum.platform.Trace;

/**
 * Between event loops and the standard output: a loop never waits for whoever reads it. When the queue is full, lines
 * are lost. The ids of request and trace are taken along, because they belong to the thread that logs.
 */
public final class LogQueue extends AsyncAppender {

    /** Their names in the MDC. */
    static final String REQUEST = "request";

    static final String TRACE = "trace";

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
