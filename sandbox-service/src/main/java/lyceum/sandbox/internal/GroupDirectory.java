package lyceum.sandbox.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our directory in one hierarchy of control groups: {@code lyceum-<pid>-<start>-<n>}, in it one directory for each run.
 * The name tells whose it is, so that the next service can remove what a dead one has left.
 */
final class GroupDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(GroupDirectory.class);
    private static final String PREFIX = "lyceum-";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path base;
    private final Path path;
    private final Deque<Path> leftOver = new ArrayDeque<>();

    /** @param base where we may make directories */
    GroupDirectory(Path base) throws IOException {
        this.base = base;
        long pid = ProcessHandle.current().pid();
        this.path = Files.createDirectory(
                base.resolve(PREFIX + pid + "-" + startMillis(pid) + "-" + COUNT.incrementAndGet()));
    }

    Path path() {
        return path;
    }

    /** @return a new group in it */
    synchronized Path open(String name) throws IOException {
        leftOver.removeIf(GroupDirectory::removed);
        return Files.createDirectory(path.resolve(name));
    }

    /** Removes a group; later, where the kernel has not yet buried the last of its processes. */
    synchronized void remove(Path group) {
        if (!removed(group)) {
            leftOver.add(group);
        }
    }

    /** Removes what services have left that are dead. */
    void sweep() throws IOException {
        try (DirectoryStream<Path> services = Files.newDirectoryStream(base, PREFIX + "*-*-*")) {
            services.forEach(GroupDirectory::removeIfDead);
        }
    }

    /** Removes itself with all that is in it. */
    void close() {
        removeTree(path);
    }

    static void write(Path file, Object value) throws IOException {
        Files.writeString(file, value.toString(), StandardOpenOption.WRITE);
    }

    static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    /** @return the number behind a key in a file of lines, 0 where there is none */
    static long read(Path file, String key) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals(key))
                .mapToLong(words -> Long.parseLong(words[1]))
                .findFirst()
                .orElse(0);
    }

    private static void removeIfDead(Path service) {
        String[] words = service.getFileName().toString().split("-");
        if (startMillis(Long.parseLong(words[1])) != Long.parseLong(words[2])) {
            removeTree(service);
        }
    }

    private static void removeTree(Path service) {
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(service, Files::isDirectory)) {
            groups.forEach(GroupDirectory::removed);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot look into {}", service, e);
        }
        if (!removed(service)) {
            LOG.warn("cannot remove {}: a process is still in it", service);
        }
    }

    private static boolean removed(Path group) {
        try {
            Files.deleteIfExists(group);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static long startMillis(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toEpochMilli)
                .orElse(0L);
    }
}
