package lyceum.gateway.form;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code multipart/form-data} (RFC 7578). A part whose disposition has a file name that the form takes for one is a file and
 * passes as it is; every other part is text in the charset of its content type, UTF-8 where none is named. A body that ends
 * before its last boundary is no form: what has come of the part that was open may be half of it.
 */
final class MultipartDecoder implements FormDecoder {

    private static final int HEADER_LIMIT_BYTES = 8 * 1024;
    private static final byte[] HEADER_END = {'\r', '\n', '\r', '\n'};
    private static final int NOT_FOUND = -1;

    private enum State {
        PREAMBLE,
        DELIMITER,
        HEADERS,
        VALUE,
        EPILOGUE
    }

    private final FormSink form;
    private final long valueLimitBytes;
    private final byte[] delimiter;

    private State state = State.PREAMBLE;
    /** Begins as if a line had ended, so that the first boundary looks like all others. */
    private byte[] pending = {'\r', '\n'};

    private FieldSink value;
    private long valueBytes;

    /** @param valueLimitBytes a value of this length is already too long */
    MultipartDecoder(FormSink form, String boundary, long valueLimitBytes) {
        this.form = form;
        this.valueLimitBytes = valueLimitBytes;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void feed(byte[] chunk) {
        byte[] bytes = join(pending, chunk);
        int from = 0;
        int next = step(bytes, from);
        while (next != NOT_FOUND) {
            from = next;
            next = step(bytes, from);
        }
        pending = keep(bytes, from);
    }

    @Override
    public void end() {
        if (state != State.EPILOGUE) {
            throw new FormCutOff();
        }
    }

    /** @return where to go on, or NOT_FOUND where more bytes are needed */
    private int step(byte[] bytes, int from) {
        return switch (state) {
            case PREAMBLE -> skipTo(bytes, from);
            case DELIMITER -> afterDelimiter(bytes, from);
            case HEADERS -> headers(bytes, from);
            case VALUE -> value(bytes, from);
            case EPILOGUE -> NOT_FOUND;
        };
    }

    private int skipTo(byte[] bytes, int from) {
        int found = indexOf(bytes, from, delimiter);
        if (found != NOT_FOUND) {
            state = State.DELIMITER;
            return found + delimiter.length;
        }
        return NOT_FOUND;
    }

    /** Two hyphens end the form; otherwise a part begins. Its headers are read from the line end on. */
    private int afterDelimiter(byte[] bytes, int from) {
        if (bytes.length - from < 2) {
            return NOT_FOUND;
        }
        state = bytes[from] == '-' && bytes[from + 1] == '-' ? State.EPILOGUE : State.HEADERS;
        return from;
    }

    private int headers(byte[] bytes, int from) {
        int end = indexOf(bytes, from, HEADER_END);
        if (end == NOT_FOUND) {
            if (bytes.length - from > HEADER_LIMIT_BYTES) {
                throw new FormTooLarge(HEADER_LIMIT_BYTES, bytes.length - from);
            }
            return NOT_FOUND;
        }
        PartHeaders headers = PartHeaders.parse(new String(bytes, from, end - from, StandardCharsets.UTF_8));
        value = headers.isFileFor(form)
                ? form.file(headers.name(), headers.fileName())
                : new Utf8Sink(headers.charset(), form.field(headers.name(), false));
        valueBytes = 0;
        state = State.VALUE;
        return end + HEADER_END.length;
    }

    private int value(byte[] bytes, int from) {
        int found = indexOf(bytes, from, delimiter);
        if (found == NOT_FOUND) {
            int safe = Math.max(from, bytes.length - delimiter.length + 1);
            pass(bytes, from, safe);
            return safe > from ? safe : NOT_FOUND;
        }
        pass(bytes, from, found);
        value.end();
        state = State.DELIMITER;
        return found + delimiter.length;
    }

    private void pass(byte[] bytes, int from, int to) {
        valueBytes += to - from;
        if (valueBytes >= valueLimitBytes) {
            throw new FormTooLarge(valueLimitBytes, valueBytes);
        }
        if (to > from) {
            value.write(bytes, from, to);
        }
    }

    /** What may be needed again: nothing of a preamble or an epilogue but the beginning of a delimiter. */
    private byte[] keep(byte[] bytes, int from) {
        int start = switch (state) {
            case PREAMBLE -> Math.max(from, bytes.length - delimiter.length + 1);
            case EPILOGUE -> bytes.length;
            default -> from;
        };
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static int indexOf(byte[] bytes, int from, byte[] wanted) {
        int last = bytes.length - wanted.length;
        for (int i = from; i <= last; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return NOT_FOUND;
    }
}
