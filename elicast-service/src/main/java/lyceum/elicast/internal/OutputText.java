package lyceum.elicast.internal;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Makes text of what a program wrote: UTF-8, with U+FFFD for each byte that belongs to no character. */
final class OutputText {

    private static final String REPLACEMENT = "\uFFFD";

    private OutputText() {}

    static String of(Buffer output) {
        ByteBuffer bytes = ByteBuffer.wrap(output.getBytes());
        CharBuffer characters = CharBuffer.allocate(bytes.remaining());
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(bytes, characters, true);
        while (result.isMalformed()) {
            bytes.position(bytes.position() + result.length());
            characters.put(REPLACEMENT.repeat(result.length()));
            result = decoder.decode(bytes, characters, true);
        }
        return characters.flip().toString();
    }
}
