package lyceum.launcher;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import lyceum.platform.Settings.WrongSetting;
import lyceum.platform.embedded.EmbeddedRedis;
import lyceum.platform.embedded.EmbeddedStore;

/** A {@code dump.rdb}, loaded by a Redis that runs for that and nothing else: nobody but Redis need know the format. */
final class LoadedDump implements AutoCloseable {

    private final Path directory;
    private final EmbeddedStore server;

    private LoadedDump(Path directory, EmbeddedStore server) {
        this.directory = directory;
        this.server = server;
    }

    /** @throws WrongSetting where Redis does not load it */
    static LoadedDump of(Path dump, SuiteConfig config) throws IOException {
        Path directory = Files.createTempDirectory("lyceum-dump");
        try {
            return new LoadedDump(
                    directory, EmbeddedRedis.ofDump(dump, directory, config.programDirectory(), line -> {}));
        } catch (IllegalStateException e) {
            delete(directory);
            throw new WrongSetting(("--import=ptg: Redis does not load '%s'; if it is of a newer one than that of this"
                            + " machine, give the address of a Redis that has loaded it: --import=ptg:redis://host:port")
                    .formatted(dump));
        }
    }

    String url() {
        return server.url();
    }

    @Override
    public void close() throws IOException {
        server.close();
        delete(directory);
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException error) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
