package lyceum.launcher;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** What makes lines in production of what is logged. */
final class JsonLines {

    private static final String CONFIGURATION = """
            <configuration>
              <include resource="lyceum/launcher/log-json.xml"/>
              <root level="INFO"><appender-ref ref="lines"/></root>
            </configuration>
            """;

    private JsonLines() {}

    static Encoder<ILoggingEvent> encoder() throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
        ConsoleAppender<ILoggingEvent> lines = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("lines");
        return lines.getEncoder();
    }
}
