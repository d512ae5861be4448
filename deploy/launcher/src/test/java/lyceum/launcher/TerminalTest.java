package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(Optional.of(new PrintStream(screen, true, StandardCharsets.UTF_8)));

    @Test
    void showsProgressAndThenTheAddresses() {
        terminal.progress("unpacking PostgreSQL");
        terminal.ready(8080, 9090, Duration.ofMillis(1_440));

        assertThat(screen.toString(StandardCharsets.UTF_8)).isEqualTo("""
                          unpacking PostgreSQL

                        Lyceum is ready after 1.4 s.
                          http://localhost:8080   all routes; /docs lists them
                          http://localhost:9090   /health/ready /metrics /info
                        Ctrl-C ends it.
                        """);
    }

    @Test
    void namesNoDoorWhereThereIsNone() {
        terminal.ready(0, 9090, Duration.ofSeconds(1));

        assertThat(screen.toString(StandardCharsets.UTF_8)).doesNotContain("/docs");
    }
}
