package lyceum.launcher;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.Encoder;

/** What log lines look like. */
enum LogForm {
    /** For people: the time of day, the level, who says it, the id of the request where there is one. */
    READABLE {
        @Override
        Encoder<ILoggingEvent> encoder(Context context) {
            PatternLayoutEncoder encoder = new PatternLayoutEncoder();
            encoder.setPattern(
                    "%d{HH:mm:ss.SSS} %-5level %-20.20logger{0} %replace([%X{request}] ){'^\\[\\] $', ''}%msg%n%ex");
            return started(encoder, context);
        }
    },

    /** For collectors of logs: one object a line, whatever is logged. */
    JSON {
        @Override
        Encoder<ILoggingEvent> encoder(Context context) {
            JsonEncoder encoder = new JsonEncoder();
            encoder.setWithSequenceNumber(false);
            encoder.setWithNanoseconds(false);
            encoder.setWithContext(false);
            encoder.setWithMessage(false);
            encoder.setWithArguments(false);
            encoder.setWithFormattedMessage(true);
            return started(encoder, context);
        }
    };

    /** @return what makes lines of events, ready to be used */
    abstract Encoder<ILoggingEvent> encoder(Context context);

    private static Encoder<ILoggingEvent> started(Encoder<ILoggingEvent> encoder, Context context) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
