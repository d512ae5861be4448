package lyceum.launcher;

import ch.qos.logback.classic.LoggerContext;
import lyceum.platform.Profile;
import org.slf4j.LoggerFactory;

/** Chooses what log lines look like. {@code logback.xml} reads what is set here. */
final class Logs {

    private Logs() {}

    /** To be called before the first logger is made. */
    static void configure(Profile profile, LogLevel level) {
        System.setProperty("lyceum.log.form", profile == Profile.PROD ? "json" : "readable");
        System.setProperty("lyceum.log.level", level.name());
    }

    /** Writes what still waits; to be called last. */
    static void flush() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
