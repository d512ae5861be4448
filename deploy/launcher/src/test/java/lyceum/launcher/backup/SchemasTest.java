package lyceum.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import lyceum.launcher.backup.Schemas.Migration;
import org.junit.jupiter.api.Test;

class SchemasTest {

    @Test
    void areThoseThatHaveMigrations() throws IOException, URISyntaxException {
        TreeSet<String> found = new TreeSet<>();
        for (URL place : Collections.list(SchemasTest.class.getClassLoader().getResources("db"))) {
            found.addAll(children(place));
        }
        // Of the tests of platform.
        found.remove("migrated");

        assertThat(Schemas.ALL).containsExactlyElementsOf(found);
    }

    private static List<String> children(URL place) throws IOException, URISyntaxException {
        if (place.getProtocol().equals("file")) {
            return names(Path.of(place.toURI()));
        }
        try (FileSystem jar = FileSystems.newFileSystem(place.toURI(), Map.of())) {
            return names(jar.getPath("db"));
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString().replace("/", ""))
                    .toList();
        }
    }

    @Test
    void orderMigrationsByNumber() {
        List<Migration> migrations = new ArrayList<>(
                List.of(new Migration("V10__c", 0), new Migration("V2__b", 0), new Migration("V1__a", 0)));

        migrations.sort(Migration.ORDER);

        assertThat(migrations).extracting(Migration::name).containsExactly("V1__a", "V2__b", "V10__c");
    }
}
