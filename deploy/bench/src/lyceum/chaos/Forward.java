package lyceum.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An address that stays while the server behind it comes and goes. */
final class Forward implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MOST_WAITING = 50;

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    Forward(int target) throws IOException {
        this.target = target;
        door = new ServerSocket(0, MOST_WAITING, InetAddress.getLoopbackAddress());
        thread("forward", this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on the server is there. */
    void to(int port) {
        target = port;
    }

    /** Ends all connections, as the end of a server does. */
    void cut() {
        open.forEach(Forward::closeQuietly);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            closeQuietly(client); // as a port at which nobody listens
            return;
        }
        open.add(client);
        open.add(server);
        thread("up", () -> pump(client, server));
        thread("down", () -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side has gone; the other one is told by what follows.
        }
        closeQuietly(from);
        closeQuietly(to);
        open.remove(from);
        open.remove(to);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
