package lyceum.launcher;

import ch.qos.logback.classic.LoggerContext;
import lyceum.platform.Profile;
import org.slf4j.LoggerFactory;

/** Chooses what log lines look like. {@link LogConfigurator} reads what is set here. */
final class Logs {

    /** System properties: a {@link LogForm}, and a {@link LogLevel}. */
    static final String FORM = "lyceum.log.form";

    static final String LEVEL = "lyceum.log.level";

    private Logs() {}

    /** To be called before the first logger is made. */
    static void configure(Profile profile, LogLevel level) {
        System.setProperty(FORM, (profile == Profile.PROD ? LogForm.JSON : LogForm.READABLE).name());
        System.setProperty(LEVEL, level.name());
    }

    /** Writes what still waits; to be called last. */
    static void flush() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
