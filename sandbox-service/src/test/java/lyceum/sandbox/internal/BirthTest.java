package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import lyceum.sandbox.Program.Directory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A nursery that dies before it calls: what it said is told at once, so that the next interpreter has its turn. */
class BirthTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @ParameterizedTest
    @CsvSource({"/bin/false, the nursery has ended", "/bin/sh, option -S"})
    void tellsWhatADeadNurserySaid(Path executable, String complaint) {
        Interpreter interpreter = new Interpreter(executable, null, "", "3.0.0");
        NurserySetup setup = new NurserySetup(interpreter, Path.of("/no-scripts"), 65_534, List.of());

        Future<Birth.Child> birth = new Birth(vertx, setup, Directory.OWN).await();

        assertThatThrownBy(birth::await)
                .hasMessageStartingWith("no cell could be built: ")
                .message()
                .containsIgnoringCase(complaint);
    }
}
