package lyceum.launcher.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection on which bytes are said as they are. */
final class Wire implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,9})\r\n");
    private static final String HEAD_END = "\r\n\r\n";

    private final Socket socket = new Socket();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    Wire(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Says it, as far as somebody listens. */
    void say(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException hungUp) {
            // Who refuses early need not hear the rest; what was answered is still to be read.
        }
    }

    /**
     * @param patienceMillis how long a pause may be
     * @return the status of an answer that has come with the whole of its body, as far as that is told; 0 for none
     */
    int answer(int patienceMillis) {
        hear(patienceMillis, this::isWhole);
        return status();
    }

    /** @return everything that has come until nothing came for a while, or the other side hung up */
    byte[] rest(int patienceMillis) {
        hear(patienceMillis, () -> false);
        return heard.toByteArray();
    }

    /** @return what has come so far */
    String text() {
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    private int status() {
        Matcher status = STATUS.matcher(text());
        return status.lookingAt() ? Integer.parseInt(status.group(1)) : 0;
    }

    private void hear(int patienceMillis, BooleanSupplier isEnough) {
        byte[] part = new byte[8192];
        try {
            socket.setSoTimeout(patienceMillis);
            InputStream in = socket.getInputStream();
            while (!isEnough.getAsBoolean() && heard.size() < MOST_BYTES) {
                int count = in.read(part);
                if (count < 0) {
                    return;
                }
                heard.write(part, 0, count);
            }
        } catch (SocketTimeoutException enough) {
            // An answer that takes its time, as one that waits for entries does, is not waited for.
        } catch (IOException hungUp) {
            // That is an answer as well.
        }
    }

    private boolean isWhole() {
        String text = text();
        int head = text.indexOf(HEAD_END);
        if (head < 0) {
            return false;
        }
        if (status() == 100) {
            String behind = text.substring(head + HEAD_END.length());
            heard.reset();
            byte[] rest = behind.getBytes(StandardCharsets.ISO_8859_1);
            heard.write(rest, 0, rest.length);
            return false;
        }
        Matcher length = LENGTH.matcher(text.substring(0, head + 2));
        return length.find() && text.length() >= head + HEAD_END.length() + Integer.parseInt(length.group(1))
                || text.endsWith("\r\n0\r\n\r\n")
                || status() == 204
                || status() == 304
                || status() == 101;
    }

    @Override
    public void close() throws IOException {
        // Not politely: there are many of them, and none is to be kept waiting for.
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
