package lyceum.gateway.form;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lyceum.gateway.form.DataUris.Fault;
import lyceum.gateway.form.DataUris.Voices;

/** The items of a list of data URIs: what stands before the comma is compared, what stands behind it is decoded. */
final class DataUriItems implements JsonListScanner.Items {

    private static final byte[] PREFIX = "data:audio/webm;base64".getBytes(StandardCharsets.US_ASCII);

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

    private final int limit;
    private final Voices voices;
    private final VoiceData data;
    private final ByteArrayOutputStream prefix = new ByteArrayOutputStream();

    private Fault fault = Fault.NONE;
    private int count;
    private int commas;
    private boolean isSound;

    DataUriItems(int pieceBytes, int limit, Voices voices) {
        this.limit = limit;
        this.voices = voices;
        this.data = new VoiceData(pieceBytes, this::piece);
    }

    Fault fault() {
        return fault;
    }

    int count() {
        return count;
    }

    @Override
    public void stringBegins() {
        prefix.reset();
        commas = 0;
        isSound = false;
    }

    @Override
    public void otherItem() {
        blame(Fault.FORMAT);
    }

    @Override
    public void plain(byte[] bytes, int from, int to) {
        int comma = commas == 0 ? indexOf(bytes, from, to) : from - 1;
        if (comma == to) {
            beforeComma(bytes, from, to);
            return;
        }
        if (commas == 0) {
            beforeComma(bytes, from, comma);
            comma();
        }
        behindComma(bytes, comma + 1, to);
    }

    /** An escaped comma is one nevertheless, and so is an escaped character of base64: some encoders escape + and =. */
    @Override
    public void escape(byte[] source, int length) {
        byte[] unescaped = unescape(source, length);
        if (isComma(unescaped)) {
            plain(unescaped, 0, 1);
        } else if (commas == 0) {
            beforeComma(unescaped, 0, unescaped.length);
        } else if (commas == 1 && isSound) {
            byte[] kept = isBase64(unescaped) ? unescaped : Arrays.copyOf(source, length);
            data.write(kept, 0, kept.length);
        }
    }

    @Override
    public void stringEnds() {
        if (commas != 1) {
            blame(Fault.FORMAT);
        } else if (isSound) {
            data.end();
        } else {
            blame(Fault.MEDIA_TYPE);
        }
        count++;
    }

    private void beforeComma(byte[] bytes, int from, int to) {
        int room = PREFIX.length + 1 - prefix.size();
        prefix.write(bytes, from, Math.min(room, to - from));
    }

    private void comma() {
        commas++;
        if (count == limit) {
            blame(Fault.FORMAT);
        }
        isSound = fault == Fault.NONE && Arrays.equals(prefix.toByteArray(), PREFIX);
        if (isSound) {
            data.begin();
            voices.begin(count);
        }
    }

    private void behindComma(byte[] bytes, int from, int to) {
        for (int i = indexOf(bytes, from, to); i < to; i = indexOf(bytes, i + 1, to)) {
            commas++;
        }
        if (commas == 1 && isSound) {
            data.write(bytes, from, to);
        }
    }

    private void piece(boolean isText, Buffer bytes) {
        voices.piece(count, isText, bytes);
    }

    private void blame(Fault found) {
        if (fault == Fault.NONE) {
            fault = found;
        }
    }

    /** @return the character in UTF-8; half a surrogate pair becomes a question mark, which is nowhere expected */
    private static byte[] unescape(byte[] source, int length) {
        int character = switch (source[1]) {
            case 'u' -> Integer.parseInt(new String(source, 2, length - 2, StandardCharsets.US_ASCII), 16);
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> source[1];
        };
        return Character.toString(character).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isBase64(byte[] character) {
        return character.length == 1 && BASE64.indexOf(character[0]) >= 0;
    }

    private static boolean isComma(byte[] character) {
        return character.length == 1 && character[0] == ',';
    }

    private static int indexOf(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != ',') {
            i++;
        }
        return i;
    }
}
