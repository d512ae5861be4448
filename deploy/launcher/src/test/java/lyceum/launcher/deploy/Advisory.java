package lyceum.launcher.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * A record of OSV, schema 1: which versions of which artifacts something is wrong with.
 *
 * @param record as it was read
 */
record Advisory(JsonNode record) {

    /** @return all of a directory */
    static List<Advisory> all(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Advisory::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Advisory read(Path file) {
        try {
            return of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Advisory of(String json) {
        try {
            return new Advisory(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String id() {
        return record.path("id").asText();
    }

    /** @return the id, and others under which it is known */
    String names() {
        StringBuilder names = new StringBuilder(id());
        record.path("aliases").forEach(alias -> names.append(", ").append(alias.asText()));
        return names.toString();
    }

    /** @param name of an artifact, without its group */
    boolean affects(String name, String version) {
        return elements(record.path("affected"))
                .filter(affected -> affected.path("package")
                                .path("ecosystem")
                                .asText()
                                .equals("Maven")
                        && affected.path("package").path("name").asText().endsWith(':' + name))
                .anyMatch(affected -> elements(affected.path("versions"))
                                .anyMatch(listed -> listed.asText().equals(version))
                        || elements(affected.path("ranges")).anyMatch(range -> includes(range, version)));
    }

    /** Events are in the order of versions; the last one that is not beyond the version decides. */
    private static boolean includes(JsonNode range, String version) {
        ComparableVersion asked = new ComparableVersion(version);
        boolean isAffected = false;
        for (JsonNode event : range.path("events")) {
            if (event.has("introduced") && isReached(event.path("introduced").asText(), asked)) {
                isAffected = true;
            } else if (event.has("fixed") && isReached(event.path("fixed").asText(), asked)) {
                isAffected = false;
            } else if (event.has("last_affected")
                    && asked.compareTo(new ComparableVersion(
                                    event.path("last_affected").asText()))
                            > 0) {
                isAffected = false;
            }
        }
        return isAffected;
    }

    private static boolean isReached(String bound, ComparableVersion asked) {
        return bound.equals("0") || asked.compareTo(new ComparableVersion(bound)) >= 0;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return Stream.iterate(0, index -> index < array.size(), index -> index + 1)
                .map(array::get);
    }
}
