package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Output of a program: its beginning, and a line that says so where that is not all. */
final class JudgeText {

    private static final String CUT = "\n[the rest of the output was left out]\n";

    private final int mostBytes;
    private final Buffer kept = Buffer.buffer();
    private boolean isCut;

    JudgeText(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    void add(Buffer piece) {
        int room = mostBytes - kept.length();
        isCut |= piece.length() > room;
        kept.appendBuffer(piece, 0, Math.min(piece.length(), room));
    }

    /** @return the text, or null where it is not UTF-8 */
    String decode() {
        int end = isCut ? wholeCharacters() : kept.length();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(kept.getBytes(0, end)))
                    .toString();
            return isCut ? text + CUT : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** A character that the cut went through is left out. */
    private int wholeCharacters() {
        int end = kept.length();
        for (int back = 1; back <= Math.min(3, end); back++) {
            int unit = kept.getByte(end - back) & 0xFF;
            if (unit >= 0xC0) {
                int length = unit >= 0xF0 ? 4 : unit >= 0xE0 ? 3 : 2;
                return back < length ? end - back : end;
            }
        }
        return end;
    }
}
