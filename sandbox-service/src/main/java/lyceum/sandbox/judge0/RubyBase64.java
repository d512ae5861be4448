package lyceum.sandbox.judge0;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.Optional;

/** Base64 as Judge0's clients are used to: lines of 60 characters, each with its end; what is no digit is skipped. */
public final class RubyBase64 {

    private static final int LINE = 60;

    private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(LINE, new byte[] {'\n'});

    private RubyBase64() {}

    /** @return nothing for nothing, else lines */
    public static String encode(Buffer bytes) {
        return bytes.length() == 0 ? "" : ENCODER.encodeToString(bytes.getBytes()) + '\n';
    }

    /** @return the bytes; empty where the digits do not come out even, which Judge0 would take for less than was sent */
    public static Optional<Buffer> decode(String text) {
        try {
            return Optional.of(Buffer.buffer(Base64.getMimeDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
