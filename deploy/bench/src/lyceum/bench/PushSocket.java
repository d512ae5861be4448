package lyceum.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket that pushes batches; masked with zeros, which costs a client nothing (RFC 6455, section 5.3). */
final class PushSocket implements AutoCloseable {

    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** @param path with its query, the token included */
    PushSocket(int port, String path) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(handshake(path));
        int[] last = new int[4];
        StringBuilder head = new StringBuilder();
        while (last[0] != '\r' || last[1] != '\n' || last[2] != '\r' || last[3] != '\n') {
            System.arraycopy(last, 1, last, 0, 3);
            last[3] = in.readUnsignedByte();
            head.append((char) last[3]);
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
    }

    static byte[] handshake(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** @return header and blob of a batch of equal entries, as {@code ptgctl} sends them */
    static byte[] batch(byte[] payload, int count) {
        StringBuilder ends = new StringBuilder("[");
        for (int i = 1; i <= count; i++) {
            ends.append(i == 1 ? "" : ",").append((long) i * payload.length);
        }
        byte[] header = ends.append(']').toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frames = ByteBuffer.allocate(header.length + payload.length * count + 28);
        head(frames, TEXT, header.length);
        frames.put(header);
        head(frames, BINARY, payload.length * count);
        for (int i = 0; i < count; i++) {
            frames.put(payload);
        }
        byte[] bytes = new byte[frames.position()];
        frames.flip().get(bytes);
        return bytes;
    }

    /** @return the frame of a message that is one entry */
    static byte[] entry(byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        head(frame, BINARY, payload.length);
        frame.put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    private static void head(ByteBuffer frames, int opcode, int length) {
        int last = 0x80;
        int masked = 0x80;
        frames.put((byte) (last | opcode));
        if (length < 126) {
            frames.put((byte) (masked | length));
        } else if (length < 1 << 16) {
            frames.put((byte) (masked | 126)).putShort((short) length);
        } else {
            frames.put((byte) (masked | 127)).putLong(length);
        }
        frames.putInt(0);
    }

    void send(byte[] frames) throws IOException {
        out.write(frames);
    }

    /** Waits for one acknowledgement. */
    void awaitAck() throws IOException {
        int opcode = in.readUnsignedByte() & 15;
        int length = in.readUnsignedByte() & 127;
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        byte[] text = in.readNBytes(length);
        if (opcode != TEXT) {
            throw new IOException("no acknowledgement: " + new String(text, StandardCharsets.UTF_8));
        }
    }

    /** Says that nothing more will come, and waits until the other side has closed, too. */
    void closeAndWait() throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(8);
        head(frame, CLOSE, 2);
        frame.putShort((short) 1000);
        out.write(frame.array());
        in.readAllBytes();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
