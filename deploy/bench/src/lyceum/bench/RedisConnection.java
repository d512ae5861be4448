package lyceum.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A plain connection to Redis, RESP 2, which does nothing that costs more than it must. */
final class RedisConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RedisConnection(int port, String password) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
        ask("AUTH", password);
    }

    /** @return what it answers, as text */
    String ask(String... words) throws IOException {
        out.write(command(List.of(words), null));
        return answer();
    }

    /** @return many orders to append one entry, as Lyceum gives them, in one piece */
    static byte[] appends(String stream, byte[] payload, int count) throws IOException {
        byte[] one = command(List.of("XADD", stream, "MAXLEN", "~", "1000", "*", "d"), payload);
        ByteArrayOutputStream all = new ByteArrayOutputStream(one.length * count);
        for (int i = 0; i < count; i++) {
            all.write(one);
        }
        return all.toByteArray();
    }

    /** @return the same in one transaction, answered by twice as many lines and two more: queued, and done */
    static byte[] transaction(String stream, byte[] payload, int count) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(command(List.of("MULTI"), null));
        all.write(appends(stream, payload, count));
        all.write(command(List.of("EXEC"), null));
        return all.toByteArray();
    }

    /** Sends a pipeline, whose answers are to be awaited. */
    void send(byte[] pipeline) throws IOException {
        out.write(pipeline);
    }

    void awaitAnswers(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            answer();
        }
    }

    private static byte[] command(List<String> words, byte[] last) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(("*" + (words.size() + (last == null ? 0 : 1)) + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (String word : words) {
            write(bytes, word.getBytes(StandardCharsets.UTF_8));
        }
        if (last != null) {
            write(bytes, last);
        }
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream bytes, byte[] word) throws IOException {
        bytes.write(("$" + word.length + "\r\n").getBytes(StandardCharsets.UTF_8));
        bytes.write(word);
        bytes.write('\r');
        bytes.write('\n');
    }

    private String answer() throws IOException {
        String line = line();
        if (line.startsWith("-")) {
            throw new IOException(line);
        }
        if (!line.startsWith("$")) {
            return line.substring(1);
        }
        byte[] text = in.readNBytes(Integer.parseInt(line.substring(1)) + 2);
        return new String(text, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c != '\r') {
            if (c < 0) {
                throw new IOException("Redis has closed the connection");
            }
            line.append((char) c);
            c = in.read();
        }
        in.read();
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
