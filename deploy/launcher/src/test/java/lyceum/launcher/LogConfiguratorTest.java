package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogConfiguratorTest {

    private final LoggerContext context = new LoggerContext();
    /** The build names a file for the tests. */
    private final String fileOfTests = System.clearProperty(ClassicConstants.CONFIG_FILE_PROPERTY);

    @BeforeEach
    void configure() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        new LogConfigurator().configure(context);
    }

    @AfterEach
    void stop() {
        System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, fileOfTests);
        context.stop();
    }

    @Test
    void writesWhatIsOursFromInfoAndWhatIsOfOthersFromWarn() {
        assertThat(level("lyceum.elicast.internal.LessonStore")).isEqualTo(Level.INFO);
        assertThat(level("io.vertx.core.net.NetServer")).isEqualTo(Level.WARN);
        assertThat(level("lyceum.audit")).isEqualTo(Level.INFO);
    }

    @Test
    void neverLetsALoopWaitForTheOutput() {
        LogQueue queue = (LogQueue) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("queue");

        assertThat(queue.isNeverBlock()).isTrue();
        assertThat(queue.isStarted()).isTrue();
        assertThat(queue.getAppender("lines").isStarted()).isTrue();
    }

    @Test
    void leavesItToAFileThatIsNamed() {
        LoggerContext other = new LoggerContext();
        System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, fileOfTests);

        assertThat(new LogConfigurator().configure(other)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(other.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders())
                .isExhausted();
    }

    @Test
    void isFoundByLogback() {
        assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(LogConfigurator.class);
    }

    private Level level(String logger) {
        return context.getLogger(logger).getEffectiveLevel();
    }
}
