package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome.Output;

/** One output of a program: its beginning and its end, in memory that does not grow with the rest. */
final class Transcript {

    private static final int SPARE_BYTES = 65_536;
    private static final int LONGEST_CHARACTER_BYTES = 4;

    private final int headBytes;
    private final int tailBytes;
    private final Buffer head = Buffer.buffer();
    private Buffer tail = Buffer.buffer();
    private long written;

    Transcript(Limits limits) {
        this.headBytes = limits.outputHeadBytes();
        this.tailBytes = limits.outputTailBytes();
    }

    void write(Buffer piece) {
        int length = piece.length();
        written += length;
        int toHead = Math.min(length, headBytes - head.length());
        head.appendBuffer(piece, 0, toHead);
        tail.appendBuffer(piece, toHead, length - toHead);
        if (tail.length() > 2L * tailBytes + SPARE_BYTES) {
            tail = tail.getBuffer(tail.length() - tailBytes, tail.length());
        }
    }

    Output output() {
        return new Output(text(), written, truncated());
    }

    private boolean truncated() {
        return written > (long) headBytes + tailBytes;
    }

    /** @return all of it; or head and tail without broken characters, and between them a line that says what is missing */
    private Buffer text() {
        if (!truncated()) {
            return head.copy().appendBuffer(tail);
        }
        int headEnd = endOfWholeCharacters();
        int tailStart = startOfWholeCharacters(Math.max(0, tail.length() - tailBytes));
        long missing = written - headEnd - (tail.length() - tailStart);
        Buffer text = head.getBuffer(0, headEnd);
        boolean lineOpen = headEnd > 0 && head.getByte(headEnd - 1) != '\n';
        String line = "%s[%d bytes of output are missing here]\n".formatted(lineOpen ? "\n" : "", missing);
        return text.appendBytes(line.getBytes(StandardCharsets.US_ASCII))
                .appendBuffer(tail, tailStart, tail.length() - tailStart);
    }

    private int endOfWholeCharacters() {
        int end = head.length();
        for (int back = 1; back < LONGEST_CHARACTER_BYTES && back <= end; back++) {
            int lead = head.getByte(end - back) & 0xFF;
            if (lead < 0x80) {
                return end;
            }
            if (lead >= 0xC0) {
                return back < characterBytes(lead) ? end - back : end;
            }
        }
        return end;
    }

    private int startOfWholeCharacters(int start) {
        int most = Math.min(tail.length(), start + LONGEST_CHARACTER_BYTES - 1);
        int at = start;
        while (at < most && (tail.getByte(at) & 0xC0) == 0x80) {
            at++;
        }
        return at;
    }

    private static int characterBytes(int lead) {
        if (lead > 0xF4) {
            return 1; // never in UTF-8
        }
        if (lead >= 0xF0) {
            return 4;
        }
        return lead >= 0xE0 ? 3 : 2;
    }
}
