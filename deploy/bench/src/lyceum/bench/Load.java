package lyceum.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Asks one server on 127.0.0.1 the same question over some keep-alive connections for a time, each connection again as
 * soon as it has its answer. One thread, nothing parsed but what counts, so that on a small machine the servers get most
 * of the processor.
 */
final class Load {

    private static final int MOST_REQUESTS = 2_000_000;
    private static final long ANSWER_LIMIT_MILLIS = 10_000;

    private final int port;
    private final String path;
    private final long[] nanos = new long[MOST_REQUESTS];

    private int count;

    Load(int port, String path) {
        this.port = port;
        this.path = path;
    }

    /** @throws IOException where an answer is not 200 or does not come */
    Times run(int connections, Duration duration) throws IOException {
        count = 0;
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                open(selector);
            }
            while (System.nanoTime() < end && count < MOST_REQUESTS - connections) {
                if (selector.select(this::answered, ANSWER_LIMIT_MILLIS) == 0) {
                    throw new IOException("no answer in " + ANSWER_LIMIT_MILLIS + " ms");
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return Times.of(Arrays.copyOf(nanos, count), System.nanoTime() - begin);
    }

    private void open(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Answers answers = new Answers(ByteBuffer.wrap("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
                .formatted(path, port)
                .getBytes(StandardCharsets.US_ASCII)));
        answers.ask(channel);
        channel.register(selector, SelectionKey.OP_READ, answers);
    }

    private void answered(SelectionKey key) {
        try {
            Answers answers = (Answers) key.attachment();
            SocketChannel channel = (SocketChannel) key.channel();
            if (answers.read(channel)) {
                nanos[count++] = System.nanoTime() - answers.asked();
                answers.ask(channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
