package lyceum.gateway.form;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes valid UTF-8 of a value in any charset; what is no character there becomes U+FFFD. Of UTF-8 there are as many of them
 * as Python makes, because lengths of texts are checked.
 */
final class Utf8Sink implements FieldSink {

    private static final int ROOM = 8 * 1024;

    /** No charset of the JDK needs more bytes for a character than this. */
    private static final int LONGEST_CHARACTER_BYTES = 16;

    private static final byte SURROGATE_LEAD = (byte) 0xED;
    private static final byte BEGINS_NOTHING = (byte) 0xFF;

    private final FieldSink sink;
    private final boolean isUtf8;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    private final ByteBuffer rest = ByteBuffer.allocate(LONGEST_CHARACTER_BYTES);

    private boolean started;

    Utf8Sink(Charset charset, FieldSink sink) {
        this.sink = sink;
        this.isUtf8 = charset.equals(StandardCharsets.UTF_8);
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
        if (isUtf8 && rest.position() == 0 && isAscii(bytes, from, to)) {
            sink.write(bytes, from, to);
        } else {
            decode(bytes, from, to);
        }
    }

    @Override
    public void end() {
        if (started) {
            rest.flip();
            recode(rest, true);
        }
        sink.end();
    }

    private void decode(byte[] bytes, int from, int to) {
        started = true;
        ByteBuffer input = ByteBuffer.allocate(rest.position() + to - from);
        input.put(rest.flip()).put(bytes, from, to - from).flip();
        if (isUtf8) {
            breakSurrogates(input.array());
        }
        recode(input, false);
        rest.clear().put(input);
    }

    /**
     * The JDK takes half a surrogate pair for one malformed sequence, Unicode (table 3-8) and Python for three. A byte that
     * begins nothing in the place of its first one makes them three, and changes nothing else.
     */
    private static void breakSurrogates(byte[] bytes) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == SURROGATE_LEAD && (bytes[i + 1] & 0xE0) == 0xA0) {
                bytes[i] = BEGINS_NOTHING;
            }
        }
    }

    private void recode(ByteBuffer input, boolean last) {
        CharBuffer characters = CharBuffer.allocate(ROOM);
        CoderResult result;
        do {
            result = decoder.decode(input, characters, last);
            if (last && result.isUnderflow()) {
                result = decoder.flush(characters);
            }
            encode(characters.flip());
            characters.clear();
        } while (result.isOverflow());
    }

    private void encode(CharBuffer characters) {
        ByteBuffer utf8 = ByteBuffer.allocate((int) (characters.remaining() * encoder.maxBytesPerChar()));
        encoder.reset().encode(characters, utf8, true);
        if (utf8.position() > 0) {
            sink.write(utf8.array(), 0, utf8.position());
        }
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
