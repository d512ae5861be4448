package lyceum.grading.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A shared key of 32 bytes, as its file tells it. Its text is never shown: not in a message, not by {@link #toString()}.
 *
 * <p>The original website strips white space from both ends of the file, its sandbox client takes the first line. Here the
 * first line of what is left of the file counts, so that a key in one line without blanks is the same to all three
 * (contracts/grading.md, section 2).
 */
final class EnvelopeKey {

    /** AES-256, whatever the length of the text. */
    static final int BYTES = 32;

    private final byte[] bytes;

    private EnvelopeKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param content of the key file
     * @param file its name, for the message of a refusal
     * @param pad whether a key of fewer than 32 bytes is taken with NUL bytes appended, as the original does
     * @return the first 32 bytes of the key
     * @throws IllegalArgumentException where it is too short
     */
    static EnvelopeKey parse(byte[] content, String file, boolean pad) {
        byte[] line = firstLine(content);
        if (line.length < BYTES && !pad) {
            throw new IllegalArgumentException("the key in " + file + " is shorter than " + BYTES
                    + " bytes; LYCEUM_GRADING_SHORT_KEY=pad accepts it nevertheless");
        }
        return new EnvelopeKey(Arrays.copyOf(line, BYTES));
    }

    /** @return the first line of a key file, without white space at the ends of the file; empty where there is none */
    static byte[] firstLine(byte[] content) {
        // One char a byte: a key is bytes, of no encoding.
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        String stripped = text.substring(start, end);
        return stripped.lines().findFirst().orElse("").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What Python 2 strips from a byte string. */
    private static boolean isSpace(char character) {
        return character == ' ' || character >= '\t' && character <= '\r';
    }

    /** @return the 32 bytes; the caller does not change them */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "EnvelopeKey[…]";
    }
}
