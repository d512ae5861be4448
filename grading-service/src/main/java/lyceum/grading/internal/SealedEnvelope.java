package lyceum.grading.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lyceum.grading.RunnerService;

/**
 * The envelope that a runner is to use: authenticated, under a key of the runner's own, once, now, for one address. It is
 * told from the old one by its content type, {@link #CONTENT_TYPE}. A body is
 *
 * <pre>
 * offset    bytes  what
 * 0         1      version, 2
 * 1         1      n, the length of the runner's id, 1 to 64
 * 2         n      the runner's id, ASCII, of A-Z a-z 0-9 . _ -
 * 2 + n     8      when it was sealed: milliseconds since 1970-01-01T00:00Z, unsigned, big endian
 * 10 + n    12     nonce, drawn at random for each body
 * 22 + n    m      ciphertext of the m bytes of JSON, UTF-8
 * 22+n+m    16     tag
 * </pre>
 *
 * The cipher is AES-256-GCM with that nonce, under {@code HKDF-SHA-256(key of the runner, no salt, "lyceum.envelope.v2")},
 * 32 bytes. The additional authenticated data are all bytes before the ciphertext, followed by {@code METHOD SP path} in
 * UTF-8 as in the request line, from {@code /handin/} on, without a query: {@code POST /handin/report/5f0c…30/}. What
 * proxies put before that, or take away, does not matter.
 *
 * <p>The answer to a body that opened has the same layout and content type, with the same id, under the same key, and its
 * plaintext is the text of the answer. Its additional data are its own bytes before the ciphertext, followed by {@code
 * REPLY SP status SP}, the HTTP status in decimal, and the 12 bytes of the request's nonce. A runner that finds the tag
 * right knows that the answer is this server's, and to that request.
 *
 * <p>What does not open gets one and the same answer, whatever was wrong with it; the runner seals it anew and tries again.
 * Opening the largest body takes milliseconds: not on an event loop.
 */
final class SealedEnvelope {

    static final String CONTENT_TYPE = RunnerService.SEALED_ENVELOPE;

    private static final byte VERSION = 2;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int MAX_RUNNER_BYTES = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RunnerKeys keys;
    private final Clock clock;

    SealedEnvelope(RunnerKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * @param method of the request, in capitals
     * @param path as in the request line, without query
     * @return what it holds, which is to be believed only if its stamp is of now and was never seen ({@link ReplayWindow});
     *     or nothing: not of this form, runner unknown, tag wrong
     */
    Optional<Opened> open(byte[] body, String method, String path) {
        int runnerBytes = body.length < 2 || body[0] != VERSION ? 0 : body[1];
        int headerBytes = 2 + runnerBytes + Long.BYTES + NONCE_BYTES;
        if (runnerBytes < 1 || runnerBytes > MAX_RUNNER_BYTES || body.length < headerBytes + TAG_BYTES) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(body, 0, headerBytes);
        String runner = new String(body, 2, runnerBytes, StandardCharsets.ISO_8859_1);
        long millis = header.getLong(2 + runnerBytes);
        byte[] nonce = Arrays.copyOfRange(body, headerBytes - NONCE_BYTES, headerBytes);
        byte[] address = (method + " " + path).getBytes(StandardCharsets.UTF_8);
        for (byte[] key : keys.of(runner)) {
            Optional<byte[]> payload = crypt(false, key, nonce, body, headerBytes, address);
            if (payload.isPresent()) {
                return Optional.of(new Opened(runner, payload.get(), key, nonce, millis));
            }
        }
        return Optional.empty();
    }

    /**
     * @param message header and text: cleartext behind the header when sealing, ciphertext and tag when opening
     * @return the text alone, or nothing where the tag is wrong
     */
    private static Optional<byte[]> crypt(
            boolean sealing, byte[] key, byte[] nonce, byte[] message, int headerBytes, byte[] context) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    sealing ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(message, 0, headerBytes);
            cipher.updateAAD(context);
            return Optional.of(cipher.doFinal(message, headerBytes, message.length - headerBytes));
        } catch (AEADBadTagException wrongTag) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    /** A body that opened, and the way to answer it. */
    final class Opened {

        private final String runner;
        private final byte[] payload;
        private final byte[] key;
        private final byte[] nonce;
        private final long millis;

        private Opened(String runner, byte[] payload, byte[] key, byte[] nonce, long millis) {
            this.runner = runner;
            this.payload = payload;
            this.key = key;
            this.nonce = nonce;
            this.millis = millis;
        }

        /** @return what tells it from all others */
        ReplayWindow.Stamp stamp() {
            return new ReplayWindow.Stamp(runner + ' ' + HexFormat.of().formatHex(nonce), millis);
        }

        /** @return who sealed it */
        String runner() {
            return runner;
        }

        /** @return the plaintext */
        byte[] payload() {
            return payload;
        }

        /** @return the body of the answer with that HTTP status and text */
        byte[] reply(int status, String text) {
            byte[] id = runner.getBytes(StandardCharsets.ISO_8859_1);
            byte[] plaintext = text.getBytes(StandardCharsets.UTF_8);
            byte[] replyNonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(replyNonce);
            int headerBytes = 2 + id.length + Long.BYTES + NONCE_BYTES;
            byte[] message = ByteBuffer.allocate(headerBytes + plaintext.length)
                    .put(VERSION)
                    .put((byte) id.length)
                    .put(id)
                    .putLong(clock.millis())
                    .put(replyNonce)
                    .put(plaintext)
                    .array();
            byte[] prefix = ("REPLY " + status + " ").getBytes(StandardCharsets.US_ASCII);
            byte[] context = ByteBuffer.allocate(prefix.length + nonce.length)
                    .put(prefix)
                    .put(nonce)
                    .array();
            byte[] sealed = crypt(true, key, replyNonce, message, headerBytes, context)
                    .orElseThrow(() -> new IllegalStateException("sealing has no tag to be wrong"));
            return ByteBuffer.allocate(headerBytes + sealed.length)
                    .put(message, 0, headerBytes)
                    .put(sealed)
                    .array();
        }
    }
}
