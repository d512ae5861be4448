package lyceum.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ports of this machine that nobody listens on at the moment, and that the system gives to no connection
 * (ip_local_port_range), which could have them before they are used.
 */
public final class FreePort {

    private static final Logger LOG = LoggerFactory.getLogger(FreePort.class);

    private FreePort() {}

    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                LOG.debug("port {} is taken", port);
            }
        }
    }
}
