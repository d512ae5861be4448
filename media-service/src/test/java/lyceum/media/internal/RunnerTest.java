package lyceum.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of the kernel, with programs that would go beyond them. */
class RunnerTest {

    private static final int SIGXFSZ = 25;

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void tellsHowAProgramEndedAndWhatItPrinted() {
        Runner.Exit exit = shell("echo out; echo err >&2; exit 7");

        assertThat(exit.status()).isEqualTo(7);
        assertThat(exit.log()).isEqualTo("out\nerr\n");
        assertThat(exit.lastWords()).isEqualTo("out err ");
    }

    @Test
    void givesNoInputAndNoEnvironmentButThePath() {
        assertThat(shell("cat; env").log().lines()).allMatch(line -> line.matches("(PATH|PWD|_|SHLVL|OLDPWD)=.*"));
    }

    @Test
    void keepsFilesSmall() throws Exception {
        Runner.Exit exit = shell("exec head -c 5000000 /dev/zero > large");

        assertThat(exit.status()).isEqualTo(128 + SIGXFSZ);
        assertThat(Files.size(data.resolve("large"))).isLessThanOrEqualTo(1_000_000 + 512);
    }

    @Test
    void keepsLimitsOnMemoryTimeAndOpenFiles() {
        Runner.Exit exit = shell("ulimit -v; ulimit -t; ulimit -n; ulimit -c; nice");

        List<String> lines = exit.log().lines().toList();
        assertThat(lines).startsWith("2097152", "11", "64", "0").hasSize(5);
        assertThat(Integer.parseInt(lines.get(4))).isGreaterThanOrEqualTo(10);
    }

    private Runner.Exit shell(String script) {
        RunLimits limits = RunLimits.oneThread(Duration.ofSeconds(10), 1_000_000);
        Runner runner = new Runner(vertx, data, Future.succeededFuture(Room.outside(vertx)), limits);
        return runner.run(List.of("sh", "-c", script)).await();
    }
}
