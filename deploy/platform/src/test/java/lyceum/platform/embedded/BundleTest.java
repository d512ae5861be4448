package lyceum.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

    @TempDir
    Path programs;

    @Test
    void unpacksProgramsFilesAndLinks() {
        Path unpacked = Bundle.archive("/bundle/good.txz", programs.resolve("good"));

        assertThat(unpacked.resolve("share/run.sh")).isExecutable();
        assertThat(unpacked.resolve("share/note")).hasContent("text");
        assertThat(unpacked.resolve("share/link")).isSymbolicLink().isExecutable();
    }

    @Test
    void unpacksToAPathThatIsWrittenWithDots() {
        Bundle.archive("/bundle/good.txz", programs.resolve("./../" + programs.getFileName() + "/good"));

        assertThat(programs.resolve("good/share/note")).exists();
    }

    @Test
    void writesNothingOutsideAndLeavesNoHalfBundle() {
        assertThatThrownBy(() -> Bundle.archive("/bundle/escaping.txz", programs.resolve("escaping")))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("entry outside of its archive: ../evil");

        assertThat(programs).isEmptyDirectory();
    }
}
