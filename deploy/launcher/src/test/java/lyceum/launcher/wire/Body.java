package lyceum.launcher.wire;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Bytes to send, said by what repeats in them: 100 MB need no memory. */
public record Body(List<Run> runs) {

    public static final Body EMPTY = new Body(List.of());

    private static final int PIECE_BYTES = 64 * 1024;

    /** The same bytes so many times. */
    public record Run(byte[] unit, long count) {

        long length() {
            return unit.length * count;
        }
    }

    public static Body of(byte[] bytes) {
        return new Body(List.of(new Run(bytes, 1)));
    }

    public static Body of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public long length() {
        return runs.stream().mapToLong(Run::length).sum();
    }

    public Body followedBy(Body next) {
        List<Run> all = new ArrayList<>(runs);
        all.addAll(next.runs);
        return new Body(all);
    }

    /** @return all bytes, in pieces of some 64 KiB; equal pieces are one object */
    public List<Buffer> pieces() {
        List<Buffer> pieces = new ArrayList<>();
        for (Run run : runs) {
            long units = Math.min(run.count, Math.max(1, PIECE_BYTES / Math.max(1, run.unit.length)));
            if (units > 0) {
                pieces.addAll(Collections.nCopies((int) (run.count / units), repeated(run.unit, units)));
                pieces.add(repeated(run.unit, run.count % units));
            }
        }
        pieces.removeIf(piece -> piece.length() == 0);
        return pieces;
    }

    /** @return all bytes cut to pieces of one size, without regard to characters and escapes */
    public List<Buffer> pieces(int bytes) {
        Buffer whole = Buffer.buffer();
        pieces().forEach(whole::appendBuffer);
        List<Buffer> pieces = new ArrayList<>();
        for (int from = 0; from < whole.length(); from += bytes) {
            pieces.add(whole.slice(from, Math.min(whole.length(), from + bytes)));
        }
        return pieces;
    }

    private static Buffer repeated(byte[] unit, long times) {
        Buffer buffer = Buffer.buffer((int) (unit.length * times));
        for (long i = 0; i < times; i++) {
            buffer.appendBytes(unit);
        }
        return buffer;
    }
}
