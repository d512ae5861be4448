package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What hostile programs look for on this machine and must not find, and what they would leave there. */
final class Canaries implements AutoCloseable {

    /** Is in the environment of the service and in a file. */
    static final String TEXT = System.getenv("HOSTILE_CANARY");

    private static final Path FILE = Path.of("/tmp/hostile-canary.txt");
    private static final int LISTENED_PORT = 18_099;
    private static final int BOUND_PORT = 18_098;
    private static final List<Path> TRACES = Stream.of(
                    "/tmp/hostile-daemon-alive",
                    "/dev/shm/hostile-daemon-alive",
                    "/etc/hostile-was-here",
                    "/usr/hostile-was-here",
                    "/hostile-was-here",
                    "/tmp/.hostile-mark",
                    "/dev/shm/.hostile-mark")
            .map(Path::of)
            .toList();

    private final ServerSocket listener;

    Canaries() throws IOException {
        assertThat(TEXT).isNotBlank();
        Files.writeString(FILE, TEXT);
        listener = new ServerSocket(LISTENED_PORT, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(1);
    }

    /** Fails where a program's port can be reached from here. */
    static void assertNothingListens() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), BOUND_PORT)) {
            assertThat(socket.isConnected()).as("reached a program's port").isFalse();
        } catch (ConnectException refused) {
            Thread.onSpinWait();
        }
    }

    /** Fails where a program has reached a port of ours. */
    void assertNobodyCame() throws IOException {
        try (Socket caller = listener.accept()) {
            assertThat(caller).as("a program has reached the host").isNull();
        } catch (SocketTimeoutException nobody) {
            assertThat(nobody).isNotNull();
        }
    }

    @Override
    public void close() throws IOException {
        assertNobodyCame();
        listener.close();
        assertThat(TRACES).noneMatch(Files::exists);
        Files.delete(FILE);
    }
}
