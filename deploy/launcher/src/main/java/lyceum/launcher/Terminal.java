package lyceum.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how the program is getting on: to the person at the terminal, or to the log where there is none. */
final class Terminal {

    private static final Logger LOG = LoggerFactory.getLogger("lyceum");

    private final Optional<PrintStream> person;

    Terminal(Optional<PrintStream> person) {
        this.person = person;
    }

    static Terminal ofThisProcess() {
        return new Terminal(isTerminal() ? Optional.of(System.out) : Optional.empty());
    }

    /** From JDK 22 on {@code System.console()} is there without a terminal too; Linux knows what standard output is. */
    private static boolean isTerminal() {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException e) {
            return System.console() != null;
        }
    }

    /** One line about what is being done. */
    void progress(String line) {
        person.ifPresentOrElse(screen -> screen.println("  " + line), () -> LOG.info("{}", line));
    }

    /** @param httpPort 0 where no gateway is in this process */
    void ready(int httpPort, int managementPort, Duration after) {
        person.ifPresentOrElse(
                screen -> screen.print(addresses(httpPort, managementPort, after)),
                () -> LOG.info("ready http={} management={} in={} ms", httpPort, managementPort, after.toMillis()));
    }

    private static String addresses(int httpPort, int managementPort, Duration after) {
        String door = httpPort == 0 ? "" : "  http://localhost:%-6d all routes; /docs lists them\n".formatted(httpPort);
        String text = """

                Lyceum is ready after %.1f s.
                %s  http://localhost:%-6d /health/ready /metrics /info
                Ctrl-C ends it.
                """;
        return String.format(Locale.ROOT, text, after.toMillis() / 1_000.0, door, managementPort);
    }
}
