package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lyceum.sandbox.Program.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one nursery process and waits until it has called back, over a socket in a directory that only we can enter; the
 * process keeps the connection, and the directory is gone before any cell is opened.
 */
final class Birth {

    private static final Logger LOG = LoggerFactory.getLogger(Birth.class);
    private static final String PREFIX = "lyceum-nursery-";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final NurserySetup setup;
    private final Directory directory;

    /**
     * A process that has called back.
     *
     * @param server what the channel came through: it lives as long as that
     */
    record Child(Process process, NetSocket channel, NetServer server) {}

    Birth(Vertx vertx, NurserySetup setup, Directory directory) {
        this.vertx = vertx;
        this.setup = setup;
        this.directory = directory;
    }

    /** @return the process; fails, with one line that says why, where it has ended or not called */
    Future<Child> await() {
        return vertx.executeBlocking(
                        () -> Files.createTempDirectory(
                                PREFIX + ProcessHandle.current().pid() + "-"),
                        false)
                .compose(room -> listen(room).eventually(() -> remove(room)));
    }

    /** Removes what services have left that died over a birth. Blocks; used at start. */
    static void sweep() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> rooms = Files.newDirectoryStream(temporary, PREFIX + "*-*")) {
            for (Path room : rooms) {
                long pid = Long.parseLong(room.getFileName().toString().split("-")[2]);
                if (ProcessHandle.of(pid).isEmpty()) {
                    removeTree(room);
                }
            }
        }
    }

    private Future<Child> listen(Path room) {
        Promise<NetSocket> called = Promise.promise();
        Path socket = room.resolve("socket");
        NetServer server = vertx.createNetServer().connectHandler(channel -> {
            // It says that it is there, and then nothing before it is asked.
            channel.handler(hello -> called.tryComplete(channel));
        });
        return server.listen(SocketAddress.domainSocketAddress(socket.toString()))
                .compose(listening -> vertx.executeBlocking(() -> start(room, socket), false))
                .compose(process -> await(process, called, room).map(channel -> new Child(process, channel, server)))
                .recover(error -> server.close().transform(closed -> Future.failedFuture(error)));
    }

    private Future<NetSocket> await(Process process, Promise<NetSocket> called, Path room) {
        Future.fromCompletionStage(process.onExit(), vertx.getOrCreateContext())
                .compose(exit -> vertx.executeBlocking(() -> complaint(room)))
                .map(complaint -> new IOException("no cell could be built: " + complaint))
                .onComplete(called::tryFail, called::tryFail);
        return called.future()
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(error -> process.destroyForcibly());
    }

    private Process start(Path room, Path socket) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(setup.command())
                .directory(Path.of("/").toFile())
                .redirectError(room.resolve("complaint").toFile());
        builder.environment().clear();
        Process process = builder.start();
        try (OutputStream settings = process.getOutputStream()) {
            settings.write(setup.settings(socket, directory).getBytes());
        } catch (IOException e) {
            LOG.debug("a nursery does not read: it has ended, and says itself why", e);
        }
        return process;
    }

    private static String complaint(Path room) throws IOException {
        String text = Files.readString(room.resolve("complaint"), StandardCharsets.UTF_8)
                .strip();
        return text.isEmpty()
                ? "the nursery has ended"
                : text.lines().reduce((a, b) -> b).orElse(text);
    }

    private Future<Void> remove(Path room) {
        return vertx.executeBlocking(() -> {
            removeTree(room);
            return null;
        });
    }

    private static void removeTree(Path room) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(room)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.deleteIfExists(room);
    }
}
