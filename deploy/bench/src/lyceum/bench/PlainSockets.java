package lyceum.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One thread that writes the same frame to all its WebSockets, and does nothing else: what the sockets of this machine cost
 * whoever sends so much to so many.
 */
final class PlainSockets implements AutoCloseable {

    private static final byte[] OPENED = "HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte BINARY = (byte) 0x82;
    private static final byte LONG = 127;

    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final List<SocketChannel> sockets = new ArrayList<>();
    private final Thread door = new Thread(this::open, "plain door");

    PlainSockets() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        door.start();
    }

    int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Opens whatever comes, until it is closed; what it says is not listened to. */
    private void open() {
        try {
            while (true) {
                SocketChannel socket = server.accept();
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                socket.write(ByteBuffer.wrap(OPENED));
                synchronized (sockets) {
                    sockets.add(socket);
                }
            }
        } catch (IOException e) {
            if (server.isOpen()) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Writes a frame to all of them, one after the other. */
    void send(byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocateDirect(2 + Long.BYTES + payload.length);
        frame.put(BINARY).put(LONG).putLong(payload.length).put(payload).flip();
        synchronized (sockets) {
            for (SocketChannel socket : sockets) {
                ByteBuffer each = frame.duplicate();
                while (each.hasRemaining()) {
                    socket.write(each);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel socket : sockets) {
            socket.close();
        }
    }
}
