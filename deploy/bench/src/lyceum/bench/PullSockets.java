package lyceum.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many WebSockets that pull, on one thread, which looks at no more of what comes than it must. */
final class PullSockets implements AutoCloseable {

    private static final int CONNECTED = 1 << 18;

    private final Selector selector = Selector.open();
    private final List<Deliveries> sockets = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "pullers");
    private volatile IOException failure;

    PullSockets() throws IOException {
        thread.setDaemon(true);
    }

    /** @param path with its query, the token included */
    void open(int port, String path, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.write(ByteBuffer.wrap(PushSocket.handshake(path)));
            skipHead(channel);
            channel.configureBlocking(false);
            Deliveries deliveries = new Deliveries();
            sockets.add(deliveries);
            channel.register(selector, SelectionKey.OP_READ, deliveries);
        }
        thread.start();
    }

    private static void skipHead(SocketChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("no WebSocket: " + head);
            }
            head.append(new String(one.array(), StandardCharsets.US_ASCII));
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
    }

    private void run() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(CONNECTED);
        try {
            while (selector.isOpen()) {
                selector.select(key -> read(key, bytes));
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException e) {
            if (selector.isOpen()) {
                failure = new IOException(e);
            }
        }
    }

    private void read(SelectionKey key, ByteBuffer bytes) {
        try {
            bytes.clear();
            if (((SocketChannel) key.channel()).read(bytes) < 0) {
                failure = new IOException("a puller was closed");
                key.cancel();
                return;
            }
            bytes.flip();
            ((Deliveries) key.attachment()).take(bytes);
        } catch (IOException e) {
            failure = e;
            key.cancel();
        }
    }

    /** Forgets what has come until now. */
    void forget() {
        sockets.forEach(Deliveries::forget);
    }

    /** @return what each socket got, since it was last forgotten */
    List<Deliveries> deliveries() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return sockets;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
