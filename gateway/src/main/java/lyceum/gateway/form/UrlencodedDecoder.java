package lyceum.gateway.form;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;

/**
 * {@code application/x-www-form-urlencoded} as the elicast contract reads it (section 1): fields are divided by
 * {@code &}, {@code +} is a space, a percent sign without two hex digits stands for itself, a name without {@code =} has
 * an empty value, and white space at the end of the whole body is dropped.
 */
final class UrlencodedDecoder implements FormDecoder {

    /** No field that is wanted has a longer name; of longer ones only the beginning is kept. */
    private static final int NAME_LIMIT_BYTES = 1024;

    /** More white space in a row than this is not dropped, even at the end: it would have to be remembered. */
    private static final int HELD_LIMIT_BYTES = 64 * 1024;

    private static final int NO_DIGIT = -1;

    /** By byte, unsigned: whether it stands for itself inside a value. */
    private static final boolean[] PLAIN = plain();

    private final FormSink form;
    private final Charset charset;
    private final ByteArrayOutputStream name = new ByteArrayOutputStream();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    private byte[] decoded = new byte[0];
    private int length;
    private FieldSink value;
    private boolean percent;
    private int firstDigit = NO_DIGIT;

    UrlencodedDecoder(FormSink form, Charset charset) {
        this.form = form;
        this.charset = charset;
    }

    @Override
    public void feed(byte[] chunk) {
        if (decoded.length < chunk.length) {
            decoded = new byte[chunk.length];
        }
        int position = 0;
        while (position < chunk.length) {
            int end = plainEnd(chunk, position);
            if (end > position) {
                put(chunk, position, end);
                position = end;
            } else {
                takeOrHold(chunk[position++]);
            }
        }
        flush();
    }

    /** @return behind the bytes that can be taken together, which is what makes great values fast */
    private int plainEnd(byte[] chunk, int from) {
        if (value == null || percent || held.size() > 0) {
            return from;
        }
        int end = from;
        while (end < chunk.length && PLAIN[chunk[end] & 0xFF]) {
            end++;
        }
        return end;
    }

    private void takeOrHold(byte next) {
        if (isSpace(next) && held.size() < HELD_LIMIT_BYTES) {
            held.write(next);
        } else {
            releaseHeld();
            take(next);
        }
    }

    @Override
    public void end() {
        endPercent();
        endField();
    }

    private void releaseHeld() {
        if (held.size() > 0) {
            byte[] spaces = held.toByteArray();
            held.reset();
            for (byte space : spaces) {
                take(space);
            }
        }
    }

    private void take(byte next) {
        if (percent) {
            takeDigit(next);
        } else if (next == '%') {
            percent = true;
        } else if (next == '&') {
            endField();
        } else if (next == '=' && value == null) {
            beginValue();
        } else {
            put(next == '+' ? (byte) ' ' : next);
        }
    }

    private void takeDigit(byte next) {
        int digit = Character.digit(next, 16);
        if (digit < 0) {
            endPercent();
            take(next);
        } else if (firstDigit == NO_DIGIT) {
            firstDigit = next;
        } else {
            put((byte) (Character.digit(firstDigit, 16) << 4 | digit));
            percent = false;
            firstDigit = NO_DIGIT;
        }
    }

    /** A percent sign that was none stands for itself. */
    private void endPercent() {
        if (percent) {
            percent = false;
            put((byte) '%');
            if (firstDigit != NO_DIGIT) {
                put((byte) firstDigit);
                firstDigit = NO_DIGIT;
            }
        }
    }

    private void put(byte next) {
        if (value != null) {
            if (length == decoded.length) {
                flush();
            }
            decoded[length++] = next;
        } else if (name.size() < NAME_LIMIT_BYTES) {
            name.write(next);
        }
    }

    private void put(byte[] chunk, int from, int to) {
        if (length + to - from > decoded.length) {
            flush();
        }
        System.arraycopy(chunk, from, decoded, length, to - from);
        length += to - from;
    }

    private void flush() {
        if (length > 0) {
            value.write(decoded, 0, length);
            length = 0;
        }
    }

    private void beginValue() {
        value = new Utf8Sink(charset, form.field(name.toString(charset), false));
        name.reset();
    }

    private void endField() {
        endPercent();
        if (value == null && name.size() > 0) {
            beginValue();
        }
        if (value != null) {
            flush();
            value.end();
            value = null;
        }
    }

    /** What Python calls white space in bytes. */
    private static boolean isSpace(byte next) {
        return next == ' ' || next >= '\t' && next <= '\r';
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[256];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = !isSpace((byte) i) && i != '%' && i != '+' && i != '&';
        }
        return plain;
    }
}
