package lyceum.platform.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The port of an embedded server: that of last time where it is free, so that processes which use the server of another one
 * find it again when that one has been started anew.
 */
final class KeptPort {

    /** A server whose process was killed is told so at once, and needs a moment to end. */
    private static final Duration LEFTOVER_WAIT = Duration.ofSeconds(3);

    private KeptPort() {}

    /**
     * Chooses a port of the loopback interface; blocks for a moment where that of last time is taken.
     *
     * @param directory which is ours
     * @return one that is free at this moment, and is remembered if others may use the server
     */
    static int choose(StoreDirectory directory) {
        if (!directory.isLasting()) {
            // Nobody may find what is there while a backup is being put back.
            return any();
        }
        Path file = directory.resolve("port");
        int before = last(file);
        if (before > 0 && becomesFree(before)) {
            return before;
        }
        int port = any();
        directory.writePrivately(file, Integer.toString(port));
        return port;
    }

    /** @return 0 where there was none, or the file is none of ours */
    private static int last(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.matches("[1-9]\\d{3,4}") ? Integer.parseInt(text) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean becomesFree(int port) {
        Instant limit = Instant.now().plus(LEFTOVER_WAIT);
        while (!isFree(port)) {
            if (Instant.now().isAfter(limit)) {
                return false;
            }
            EmbeddedStore.pause();
        }
        return true;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException | IllegalArgumentException e) {
            // The second for what is above 65535.
            return false;
        }
    }

    private static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
