package lyceum.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What one puller gets: how many entries, and how old each was; its first 8 bytes are the time at which it was sent. */
final class Deliveries {

    private static final int BINARY = 2;
    private static final int MOST = 1 << 14;

    private final long[] ageNanos = new long[MOST];
    private int count;

    private final ByteBuffer head = ByteBuffer.allocate(10 + Long.BYTES);
    private int headLength = 2;
    private boolean isEntry;
    private long sentNanos;
    private long rest;

    /** Takes bytes as they come: frames of a server, which are not masked. */
    synchronized void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (rest > 0) {
                int part = (int) Math.min(rest, bytes.remaining());
                bytes.position(bytes.position() + part);
                rest -= part;
                if (rest == 0 && isEntry) {
                    count();
                }
                continue;
            }
            head.put(bytes.get());
            if (head.position() == 2) {
                begin();
            }
            if (head.position() == headLength) {
                finish();
            }
        }
    }

    private void begin() {
        int length = head.get(1) & 127;
        isEntry = (head.get(0) & 15) == BINARY;
        headLength = 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + (isEntry ? Long.BYTES : 0);
    }

    private void finish() {
        int length = head.get(1) & 127;
        rest = length == 126 ? head.getShort(2) & 0xFFFF : length == 127 ? head.getLong(2) : length;
        if (isEntry) {
            rest -= Long.BYTES;
            sentNanos = head.getLong(headLength - Long.BYTES);
        }
        head.clear();
        headLength = 2;
    }

    private void count() {
        if (count < MOST) {
            ageNanos[count++] = System.nanoTime() - sentNanos;
        }
    }

    synchronized void forget() {
        count = 0;
    }

    synchronized long[] ages() {
        return Arrays.copyOf(ageNanos, count);
    }
}
