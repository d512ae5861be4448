package lyceum.gateway.form;

import io.vertx.core.buffer.Buffer;

/**
 * A field that is a JSON list of data URIs of sound, {@code ["data:audio/webm;base64,…", …]}: checked, and handed on
 * decoded, in pieces. What is not canonical base64 is handed on as the JSON source that stands between comma and quote.
 */
public final class DataUris implements FieldSink {

    /** Takes the sound as it arrives; nothing after the list has turned out to be wrong. */
    public interface Voices {

        /** The next recording begins; it may be empty. */
        default void begin(int index) {}

        /**
         * A piece of a recording.
         *
         * @param isText whether it is JSON source rather than sound
         */
        void piece(int index, boolean isText, Buffer bytes);
    }

    /** What is wrong with a list. */
    public enum Fault {
        NONE,
        /** No list, or an item that is no string with exactly one comma. */
        FORMAT,
        /** Other data than WebM in base64. */
        MEDIA_TYPE
    }

    private final JsonListScanner scanner;
    private final DataUriItems items;

    /**
     * @param pieceBytes length of a piece of sound, divisible by three; the last one of a recording is shorter
     * @param limit of the number of items; more are a FORMAT fault
     */
    public DataUris(int pieceBytes, int limit, Voices voices) {
        this.items = new DataUriItems(pieceBytes, limit, voices);
        this.scanner = new JsonListScanner(items);
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
        scanner.scan(bytes, from, to);
    }

    @Override
    public void end() {
        // the last item has ended before the list does
    }

    /** @return what is wrong; a list that is none comes first, then the first wrong item decides */
    public Fault fault() {
        return scanner.isWhole() ? items.fault() : Fault.FORMAT;
    }

    /** @return how many recordings there are */
    public int count() {
        return items.count();
    }
}
