package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JwtSecretTest {

    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    private Path directory;

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    @Test
    void keepsTheSecretInAFileOfItsOwner() throws IOException {
        Path data = directory.resolve("new/data");

        JwtSecret made = JwtSecret.keptIn(data, VERTX).await();
        JwtSecret found = JwtSecret.keptIn(data, VERTX).await();

        assertThat(found.key()).isEqualTo(made.key());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("jwt-secret"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void isTheSameForAllThatStartAtOnce() {
        List<Future<JwtSecret>> starts = IntStream.range(0, 8)
                .mapToObj(i -> JwtSecret.keptIn(directory, VERTX))
                .toList();

        assertThat(starts.stream().map(start -> start.await().key()).distinct()).hasSize(1);
    }

    @Test
    void refusesAFileThatHoldsTooLittle() throws IOException {
        Path file = Files.writeString(directory.resolve("jwt-secret"), "short");

        assertThatThrownBy(() -> JwtSecret.keptIn(directory, VERTX).await())
                .isInstanceOf(WrongSetting.class)
                .hasMessage("%s: a secret of at least 32 bytes is needed, this one has 5", file);
    }
}
