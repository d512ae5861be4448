package lyceum.gateway.form;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A value that is kept whole in memory; one that is too long for that is cut or refused. */
public final class ShortText implements FieldSink {

    private final int limitBytes;
    private final boolean isRefusedBeyond;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private long lengthBytes;

    private ShortText(int limitBytes, boolean isRefusedBeyond) {
        this.limitBytes = limitBytes;
        this.isRefusedBeyond = isRefusedBeyond;
    }

    /** A text whose length is checked later: it is kept a little longer than it may be, so that the check finds out. */
    public static ShortText cutBeyond(int characters) {
        int longestCharacterBytes = 4;
        return new ShortText(longestCharacterBytes * (characters + 1), false);
    }

    /** A text that is needed whole; one beyond the limit fails with {@link FormTooLarge} at its end. */
    public static ShortText refusedBeyond(int limitBytes) {
        return new ShortText(limitBytes, true);
    }

    @Override
    public void write(byte[] more, int from, int to) {
        lengthBytes += to - from;
        bytes.write(more, from, Math.min(to - from, limitBytes - bytes.size()));
    }

    @Override
    public void end() {
        if (isRefusedBeyond && lengthBytes > limitBytes) {
            throw new FormTooLarge(limitBytes, lengthBytes);
        }
    }

    /** @return how much of it is kept */
    public int keptBytes() {
        return bytes.size();
    }

    /** Keeps nothing of it any more; who has asked for the text has a copy. */
    public void letGo() {
        bytes = new ByteArrayOutputStream();
    }

    /** @return the text so far */
    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** @return the text so far in UTF-8 */
    public byte[] utf8() {
        return bytes.toByteArray();
    }
}
