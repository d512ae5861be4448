package lyceum.launcher;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Map;
import lyceum.platform.RequestId;

/**
 * Between event loops and the standard output: a loop never waits for whoever reads it. When the queue is full, lines
 * are lost. The request id is taken along, because it belongs to the thread that logs.
 */
public final class LogQueue extends AsyncAppender {

    /** Its name in the MDC. */
    static final String REQUEST = "request";

    @Override
    protected void preprocess(ILoggingEvent event) {
        String id = RequestId.current();
        if (id != null && event instanceof LoggingEvent line) {
            line.setMDCPropertyMap(Map.of(REQUEST, id));
        }
        super.preprocess(event);
    }
}
