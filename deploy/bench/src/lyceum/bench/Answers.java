package lyceum.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of a {@link Load}: asks, and knows when the answer has come. All bodies are as long as the first. */
final class Answers {

    private static final int READ_BYTES = 256 * 1024;
    private static final int LEAST_HEAD_BYTES = 16;
    private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE);
    private static final byte[] OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer question;
    private final ByteBuffer read = ByteBuffer.allocate(READ_BYTES);

    private int bodyBytes = -1;
    private int headBytes;
    private long asked;

    Answers(ByteBuffer question) {
        this.question = question;
    }

    void ask(SocketChannel channel) throws IOException {
        read.clear();
        headBytes = 0;
        asked = System.nanoTime();
        channel.write(question.rewind());
        if (question.hasRemaining()) {
            throw new IOException("a question did not fit into the socket");
        }
    }

    /** @return when the answer was asked for, by {@link System#nanoTime()} */
    long asked() {
        return asked;
    }

    /** @return whether the answer is whole now */
    boolean read(SocketChannel channel) throws IOException {
        if (channel.read(read) < 0) {
            throw new EOFException("the server has closed the connection");
        }
        if (headBytes == 0) {
            headBytes = head();
        }
        return headBytes > 0 && read.position() >= headBytes + bodyBytes;
    }

    /** @return its length, 0 while it is not whole */
    private int head() throws IOException {
        byte[] bytes = read.array();
        for (int i = LEAST_HEAD_BYTES; i <= read.position(); i++) {
            if (bytes[i - 1] == '\n' && bytes[i - 2] == '\r' && bytes[i - 3] == '\n') {
                check(bytes, i);
                return i;
            }
        }
        return 0;
    }

    private void check(byte[] bytes, int length) throws IOException {
        String head = bodyBytes < 0 ? new String(bytes, 0, length, StandardCharsets.US_ASCII) : "";
        Matcher found = LENGTH.matcher(head);
        if (found.find()) {
            bodyBytes = Integer.parseInt(found.group(1));
        }
        if (bodyBytes < 0 || !Arrays.equals(bytes, 0, OK.length, OK, 0, OK.length)) {
            throw new IOException("an answer is not 200, or has no length");
        }
    }
}
