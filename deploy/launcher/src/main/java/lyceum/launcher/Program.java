package lyceum.launcher;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lyceum.platform.Settings.WrongSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the process: it starts a suite, says where it is, and drains it when the process is told to end. */
final class Program {

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);

    private final Terminal terminal;
    private final Duration stopLimit;

    private volatile Future<Suite> starting;

    /** @param stopLimit how long the end may take */
    Program(Terminal terminal, Duration stopLimit) {
        this.terminal = terminal;
        this.stopLimit = stopLimit;
    }

    /**
     * Returns when everything serves; the threads of the suite keep the process alive.
     *
     * @return false where the start failed, after it has said why
     * @throws WrongSetting before anything was started
     */
    boolean start(Map<String, String> environment, Set<String> services) {
        long begin = System.nanoTime();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "lyceum-drain"));
        try {
            starting = Suite.start(environment, services, terminal::progress);
            Suite suite = starting.await();
            terminal.ready(suite.httpPort(), suite.managementPort(), Duration.ofNanos(System.nanoTime() - begin));
            return true;
        } catch (WrongSetting e) {
            throw e;
        } catch (Exception e) {
            // Not only runtime exceptions: await() throws whatever a future failed with.
            LOG.error("cannot start: {}", e.getMessage(), e);
            return false;
        }
    }

    /** @return whether nothing lacks of a program that has started; what does has been told */
    boolean serves() {
        List<String> lacks = starting.result().lacks().await();
        lacks.forEach(lack -> LOG.error("does not serve: {}", lack));
        return lacks.isEmpty();
    }

    /** Before there is a suite nothing has to be drained: embedded stores notice by themselves that we are gone. */
    private void end() {
        if (starting != null && !starting.failed()) {
            terminal.progress("stopping");
            drain();
        }
        Logs.flush();
    }

    private void drain() {
        try {
            starting.otherwiseEmpty()
                    .compose(suite -> suite == null ? Future.succeededFuture() : suite.close())
                    .await(stopLimit.toMillis(), TimeUnit.MILLISECONDS);
            terminal.progress("stopped");
        } catch (TimeoutException e) {
            LOG.error("not everything has ended after {} s; ending anyway", stopLimit.toSeconds());
        }
    }
}
