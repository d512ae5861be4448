package lyceum.platform;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what a logger is told, instead of printing it. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private LogLines(Logger logger, Level level) {
        this.logger = logger;
        logger.setLevel(level);
        logger.setAdditive(false);
        logger.addAppender(this);
        start();
    }

    /** @return what operators are told, from INFO on */
    public static LogLines of(String name) {
        return new LogLines((Logger) LoggerFactory.getLogger(name), Level.INFO);
    }

    /** @return all that a class says, from DEBUG on */
    public static LogLines of(Class<?> source) {
        return new LogLines((Logger) LoggerFactory.getLogger(source), Level.DEBUG);
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    public List<ILoggingEvent> events() {
        return events;
    }

    /** @return the texts */
    public List<String> lines() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(null);
    }
}
