package lyceum.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Many viewers of MJPEG, on one thread. Of what comes it looks for the ends of pictures only. */
final class MjpegSockets implements AutoCloseable {

    private static final int READ_BYTES = 1 << 18;
    private static final byte[] BOUNDARY = "--frame\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final AtomicLong pictures = new AtomicLong();
    private final Thread thread = new Thread(this::run, "viewers");
    private volatile IOException failure;

    /** How much of a boundary a viewer has seen. */
    private static final class Seen {
        int bytes;
    }

    MjpegSockets() throws IOException {
        thread.setDaemon(true);
    }

    /** @param path with its query, the token included */
    void open(int port, String path, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.write(StandardCharsets.US_ASCII.encode("GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Seen());
        }
        thread.start();
    }

    private void run() {
        ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
        try {
            while (selector.isOpen()) {
                selector.select(key -> read(key, bytes));
            }
        } catch (IOException e) {
            failure = e;
        } catch (ClosedSelectorException closed) {
            return;
        }
    }

    private void read(SelectionKey key, ByteBuffer bytes) {
        try {
            bytes.clear();
            int count = ((SocketChannel) key.channel()).read(bytes);
            if (count < 0) {
                failure = new IOException("a viewer was left");
                key.cancel();
                return;
            }
            count((Seen) key.attachment(), bytes.array(), count);
        } catch (IOException e) {
            failure = e;
            key.cancel();
        }
    }

    private void count(Seen seen, byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == BOUNDARY[seen.bytes]) {
                seen.bytes++;
            } else if (bytes[i] != '-') {
                seen.bytes = 0;
            } else {
                // Behind two hyphens a third one is the second of a boundary, anywhere else it is the first.
                seen.bytes = seen.bytes == 2 ? 2 : 1;
            }
            if (seen.bytes == BOUNDARY.length) {
                pictures.incrementAndGet();
                seen.bytes = 0;
            }
        }
    }

    /** @return how many have begun, of all viewers */
    long pictures() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return pictures.get();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
