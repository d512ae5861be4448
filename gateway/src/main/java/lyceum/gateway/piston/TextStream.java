package lyceum.gateway.piston;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Makes text of bytes that come in pieces, which may be cut in the middle of a character. */
final class TextStream {

    private static final int LONGEST_CHARACTER_BYTES = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer rest = ByteBuffer.allocate(LONGEST_CHARACTER_BYTES);

    /** @return what is whole of it, and of what came before; maybe nothing */
    String take(Buffer piece) {
        ByteBuffer bytes = ByteBuffer.allocate(rest.position() + piece.length());
        bytes.put(rest.flip()).put(piece.getBytes()).flip();
        String text = decode(bytes, false);
        rest.clear().put(bytes);
        return text;
    }

    /** @return a mark where the last character is not whole; mostly nothing */
    String end() {
        String text = decode(rest.flip(), true);
        rest.clear();
        return text;
    }

    /** UTF-8 never has more characters than bytes. */
    private String decode(ByteBuffer bytes, boolean isLast) {
        CharBuffer text = CharBuffer.allocate(bytes.remaining() + 1);
        decoder.decode(bytes, text, isLast);
        return text.flip().toString();
    }
}
