package lyceum.launcher;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Locale;
import lyceum.platform.Audit;

/**
 * Writes the log of the program to its standard output, in the form that {@link Logs} has chosen. It is code, because reading the
 * same from XML takes a twentieth of the time in which the program starts. Where {@code -Dlogback.configurationFile} names a file,
 * that is read instead.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    private static final int QUEUE_LINES = 8_192;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        context.getLogger("lyceum").setLevel(Level.toLevel(System.getProperty(Logs.LEVEL), Level.INFO));
        // Who changed which account is kept however little else is.
        context.getLogger(Audit.LOG_NAME).setLevel(Level.INFO);
        // vertx-micrometer-metrics registers the gauge of requests under way anew with each; Micrometer warns of it.
        context.getLogger("io.micrometer.core.instrument.MeterRegistry").setLevel(Level.ERROR);
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(queue(context, lines(context)));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static LogQueue queue(LoggerContext context, ConsoleAppender<ILoggingEvent> lines) {
        LogQueue queue = new LogQueue();
        queue.setContext(context);
        queue.setName("queue");
        queue.setQueueSize(QUEUE_LINES);
        queue.setNeverBlock(true);
        queue.addAppender(lines);
        queue.start();
        return queue;
    }

    private static ConsoleAppender<ILoggingEvent> lines(LoggerContext context) {
        String form = System.getProperty(Logs.FORM, LogForm.READABLE.name());
        ConsoleAppender<ILoggingEvent> lines = new ConsoleAppender<>();
        lines.setContext(context);
        lines.setName("lines");
        lines.setEncoder(LogForm.valueOf(form.toUpperCase(Locale.ROOT)).encoder(context));
        lines.start();
        return lines;
    }
}
