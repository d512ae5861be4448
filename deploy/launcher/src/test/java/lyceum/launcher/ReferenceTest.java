package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    @Test
    void isWhatTheRepositoryShows() throws IOException {
        assertThat(Files.readString(Path.of("../CONFIGURATION.md")))
                .as("""
                        deploy/CONFIGURATION.md is stale. To write it anew:
                        java -jar deploy/launcher/target/lyceum.jar --config-reference > deploy/CONFIGURATION.md
                        """)
                .isEqualTo(Reference.of(Services.ALL).text());
    }

    @Test
    void namesEachSettingOnceAndWhoReadsIt() {
        String text = Reference.of(new House().services).text();

        assertThat(text)
                .containsOnlyOnce("`LYCEUM_MANAGEMENT_PORT`")
                .contains("| `LYCEUM_PROFILE` | dev\\|prod | `dev` |")
                .contains("## cellar\n", "| `LYCEUM_CELLAR_ROOMS` | number 0..9 | `1` | Rooms of the cellar |\n")
                .doesNotContain("## hall");
    }
}
