package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory of one bench, which goes with it. */
public final class Scratch implements AutoCloseable {

    private final Path path;

    /** Makes one that is empty. */
    public Scratch() throws IOException {
        path = Files.createTempDirectory("lyceum-bench");
        // Embedded stores may run as another user, who has to pass here.
        path.toFile().setExecutable(true, false);
    }

    /** @return a path below it */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(path)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
