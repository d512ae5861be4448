package lyceum.platform.cluster;

import com.hazelcast.nio.MemberSocketInterceptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Properties;

/**
 * What two members say before Hazelcast's own protocol begins on a connection of theirs: each proves to the other that it
 * knows the secret, by an HMAC over what both have just drawn by lot.
 *
 * <pre>
 * who connects:  "LYCEUM1\n" (8 bytes), nonce (32 bytes)
 * who accepts:   nonce (32 bytes), HMAC(key, "accepts" nonce nonce)
 * who connects:  HMAC(key, "connects" nonce nonce)
 * </pre>
 *
 * <p>A proof names the side that gives it, so none can be sent back to its sender. It holds for the moment of connecting:
 * what follows is neither encrypted nor signed, for that is what Hazelcast's free edition has no place for. Where members
 * are and who listens to what can be read on the way, and by who sits on the way changed; no message of the bus ever goes
 * here.
 *
 * <p>Runs on threads that may block, Hazelcast's own; a stranger costs one of them for the limit at most.
 */
final class MemberHandshake implements MemberSocketInterceptor {

    private static final byte[] GREETING = ascii("LYCEUM1\n");
    private static final byte[] CONNECTS = ascii("connects");
    private static final byte[] ACCEPTS = ascii("accepts");
    private static final int NONCE_BYTES = 32;
    private static final int PROOF_BYTES = 32;

    private final byte[] key;
    private final Duration limit;
    private final SecureRandom random = new SecureRandom();

    /** @param limit how long all of it may take */
    MemberHandshake(ClusterSecret secret, Duration limit) {
        this.key = secret.keyFor("lyceum members HMAC-SHA-256");
        this.limit = limit;
    }

    /** Who is there is no member. Without a stack, which would make a page of the log of each stranger. */
    static final class Stranger extends IOException {
        private static final long serialVersionUID = 1L;

        Stranger(String text) {
            super(text);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    @Override
    public void init(Properties properties) {
        // Everything is known already.
    }

    @Override
    public void onConnect(Socket socket) throws IOException {
        Turn turn = new Turn(socket);
        byte[] own = nonce();
        turn.write(GREETING, own);
        byte[] theirs = turn.read(NONCE_BYTES);
        turn.check(proof(ACCEPTS, own, theirs), turn.read(PROOF_BYTES));
        turn.write(proof(CONNECTS, own, theirs));
        turn.end();
    }

    @Override
    public void onAccept(Socket socket) throws IOException {
        Turn turn = new Turn(socket);
        turn.expect(GREETING);
        byte[] theirs = turn.read(NONCE_BYTES);
        byte[] own = nonce();
        turn.write(own, proof(ACCEPTS, theirs, own));
        turn.check(proof(CONNECTS, theirs, own), turn.read(PROOF_BYTES));
        turn.end();
    }

    private byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    private byte[] proof(byte[] side, byte[] ofWhoConnects, byte[] ofWhoAccepts) {
        return ClusterSecret.hmac(key, side, ofWhoConnects, ofWhoAccepts);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** One handshake, on a socket that blocks; not a byte more than it needs is read. */
    private final class Turn {

        private final Socket socket;
        private final long deadlineNanos = System.nanoTime() + limit.toNanos();

        Turn(Socket socket) {
            this.socket = socket;
        }

        void write(byte[]... parts) throws IOException {
            for (byte[] part : parts) {
                socket.getOutputStream().write(part);
            }
        }

        /** Who says something else from the first letter on is not waited for. */
        void expect(byte[] greeting) throws IOException {
            for (byte letter : greeting) {
                check(new byte[] {letter}, read(1));
            }
        }

        byte[] read(int length) throws IOException {
            byte[] bytes = new byte[length];
            InputStream in = socket.getInputStream();
            int count = 0;
            while (count < length) {
                count += readSome(in, bytes, count);
            }
            return bytes;
        }

        private int readSome(InputStream in, byte[] bytes, int offset) throws IOException {
            long leftMillis =
                    Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis();
            if (leftMillis <= 0) {
                throw new Stranger("%s did not prove in time to be a member".formatted(peer()));
            }
            socket.setSoTimeout((int) leftMillis);
            try {
                int count = in.read(bytes, offset, bytes.length - offset);
                if (count < 0) {
                    throw new Stranger("%s went away before it was known as a member".formatted(peer()));
                }
                return count;
            } catch (SocketTimeoutException e) {
                throw new Stranger("%s did not prove in time to be a member".formatted(peer()));
            }
        }

        void check(byte[] expected, byte[] told) throws IOException {
            if (!MessageDigest.isEqual(expected, told)) {
                throw new Stranger(
                        "%s does not know the secret of this cluster (%s)".formatted(peer(), ClusterSecret.KEY));
            }
        }

        void end() throws IOException {
            socket.setSoTimeout(0);
        }

        private Object peer() {
            return socket.getRemoteSocketAddress();
        }
    }
}
