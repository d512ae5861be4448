package lyceum.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import lyceum.launcher.backup.Manifest.Kind;
import lyceum.launcher.backup.Manifest.Part;
import lyceum.launcher.backup.Schemas.Migration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupDirectoryTest {

    private static final byte[] TEXT = "what was said".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private BackupDirectory backup;
    private Manifest manifest;

    @BeforeEach
    void write() throws Exception {
        backup = new BackupDirectory(directory);
        Part part = backup.write("part", Kind.TABLE, "elicast.lesson", sink -> {
            sink.write(TEXT);
            return 3;
        });
        manifest = new Manifest(
                "1.0",
                "2026-11-29T02:00:00Z",
                Map.of("elicast", List.of(new Migration("V1__lesson", 4_000_000_000L))),
                Map.of("elicast.lesson_id_seq", 5_000_000_000L),
                List.of(part));
        backup.seal(manifest);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        assertThat(backup.manifest()).isEqualTo(manifest);
        assertThat(backup.read(manifest.parts().get(0))).hasBinaryContent(TEXT);
        assertThat(manifest.parts().get(0).bytes()).isEqualTo(TEXT.length);
        backup.verify(manifest);
    }

    @Test
    void isNobodyElsesToRead() throws IOException {
        for (String file : List.of("part", "manifest.json", "manifest.json.sha256")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void isDamagedByOneBitOfAPart() throws IOException {
        flip(directory.resolve("part"));

        assertThatThrownBy(() -> backup.verify(manifest))
                .isInstanceOf(Refused.class)
                .hasMessage("the backup is damaged: part");
    }

    @Test
    void isDamagedByOneBitOfTheManifest() throws IOException {
        flip(directory.resolve("manifest.json"));

        assertThatThrownBy(() -> backup.manifest())
                .isInstanceOf(Refused.class)
                .hasMessage("the backup is damaged: manifest.json");
    }

    @Test
    void isDamagedWhereAPartIsMissing() throws IOException {
        Files.delete(directory.resolve("part"));

        assertThatThrownBy(() -> backup.verify(manifest))
                .isInstanceOf(Refused.class)
                .hasMessage("the backup is damaged: part is missing");
    }

    @Test
    void isNoneWithoutAManifest() throws IOException {
        Files.delete(directory.resolve("manifest.json"));

        assertThatThrownBy(() -> backup.manifest()).isInstanceOf(Refused.class).hasMessageContaining("is no backup");
    }

    @Test
    void leadsNowhereElse() {
        Part outside = new Part("../part", Kind.TABLE, "elicast.lesson", 3, TEXT.length, "");
        Manifest wrong = new Manifest("1.0", "", Map.of(), Map.of(), List.of(outside));

        assertThatThrownBy(() -> backup.verify(wrong)).isInstanceOf(Refused.class);
    }

    @Test
    void isNotReadInAFormatOfTheFuture() {
        assertThatThrownBy(() -> Manifest.read(manifest.text().replace("\"format\" : 2", "\"format\" : 3")))
                .isInstanceOf(Refused.class)
                .hasMessage("the backup has format 3, this program reads 1 to 2");
        assertThatThrownBy(() -> Manifest.read("{\"format\": 1}")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Manifest.read("no JSON")).isInstanceOf(Refused.class);
    }

    @Test
    void isReadInTheFormatOfThePast() {
        assertThat(Manifest.read(manifest.text().replace("\"format\" : 2", "\"format\" : 1")))
                .isEqualTo(manifest);
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
