package lyceum.gateway.form;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** A field that is a JSON list: checked, and handed on as it stands, in pieces. */
public final class JsonList implements FieldSink {

    private final JsonListScanner scanner = new JsonListScanner(JsonListScanner.ANY);
    private final PieceBuffer pieces;

    /**
     * @param pieceBytes length of a piece; the last one is shorter
     * @param next takes each piece; none after the text has turned out to be no list
     */
    public JsonList(int pieceBytes, Consumer<Buffer> next) {
        this.pieces = new PieceBuffer(pieceBytes, next);
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
        scanner.scan(bytes, from, to);
        if (scanner.isValid()) {
            pieces.write(bytes, from, to);
        }
    }

    @Override
    public void end() {
        if (scanner.isWhole()) {
            pieces.flush();
        }
    }

    /** @return whether a text in UTF-8 is a list */
    public static boolean is(byte[] text) {
        JsonListScanner scanner = new JsonListScanner(JsonListScanner.ANY);
        scanner.scan(text, 0, text.length);
        return scanner.isWhole();
    }

    /** @return whether the whole text is a list */
    public boolean isList() {
        return scanner.isWhole();
    }
}
