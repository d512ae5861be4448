package lyceum.gateway.sandbox;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 that comes in pieces, cut anywhere. What is no UTF-8 becomes U+FFFD. */
final class Utf8Pieces {

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    /** The beginning of a character. */
    private byte[] begun = {};

    /** @return the characters that have become whole; a piece may end none */
    String add(Buffer piece) {
        return decode(piece, false);
    }

    /** @return what is left: nothing, or U+FFFD for a character that was never ended */
    String end() {
        return decode(Buffer.buffer(), true);
    }

    private String decode(Buffer piece, boolean isLast) {
        ByteBuffer bytes = ByteBuffer.allocate(begun.length + piece.length());
        bytes.put(begun).put(piece.getBytes()).flip();
        // No byte makes more than one character.
        CharBuffer characters = CharBuffer.allocate(bytes.remaining() + 1);
        decoder.decode(bytes, characters, isLast);
        begun = new byte[bytes.remaining()];
        bytes.get(begun);
        return characters.flip().toString();
    }
}
