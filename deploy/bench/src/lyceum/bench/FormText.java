package lyceum.bench;

import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** An urlencoded form with one large field, of which only a block is in memory. */
final class FormText extends InputStream {

    private static final String HEX = "0123456789ABCDEF";

    private final Supplier<byte[]> blocks;
    private final byte[] end;

    private byte[] piece;
    private int pieceBytes;
    private int taken;
    private boolean atEnd;

    /**
     * @param head escaped
     * @param blocks not escaped, an empty one at the end
     * @param end escaped
     */
    FormText(String head, Supplier<byte[]> blocks, String end) {
        this.blocks = blocks;
        this.end = end.getBytes(StandardCharsets.US_ASCII);
        this.piece = head.getBytes(StandardCharsets.US_ASCII);
        this.pieceBytes = piece.length;
    }

    static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("read in blocks");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (taken == pieceBytes && !refill()) {
            return -1;
        }
        int count = Math.min(length, pieceBytes - taken);
        System.arraycopy(piece, taken, target, offset, count);
        taken += count;
        return count;
    }

    private boolean refill() {
        if (atEnd) {
            return false;
        }
        byte[] block = blocks.get();
        taken = 0;
        atEnd = block.length == 0;
        if (atEnd) {
            piece = end;
            pieceBytes = end.length;
        } else {
            escape(block);
        }
        return true;
    }

    /** As encodeURIComponent of browsers does with base64. */
    private void escape(byte[] block) {
        if (piece.length < block.length * 3) {
            piece = new byte[block.length * 3];
        }
        int count = 0;
        for (byte letter : block) {
            if (letter == '+' || letter == '/' || letter == '=') {
                piece[count++] = '%';
                piece[count++] = (byte) HEX.charAt(letter >> 4);
                piece[count++] = (byte) HEX.charAt(letter & 15);
            } else {
                piece[count++] = letter;
            }
        }
        pieceBytes = count;
    }
}
