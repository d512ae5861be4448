package lyceum.grading.internal;

import java.io.IOException;
import java.util.Arrays;

/**
 * What has been unpacked of a run of files, each of which may repeat what stood in those before it, and the last distances
 * that were repeated from. All of it is kept: it is bounded anyway.
 */
final class RarWindow {

    private final int maxBytes;
    private byte[] bytes = new byte[1 << 16];
    private int size;
    private final int[] distances = new int[4];
    private int lastLength;

    RarWindow(long maxBytes) {
        this.maxBytes = (int) Math.min(maxBytes, Integer.MAX_VALUE - 8);
    }

    int size() {
        return size;
    }

    /** @return a copy of all from an index on */
    byte[] from(int start) {
        return Arrays.copyOfRange(bytes, start, size);
    }

    void add(int literal) throws IOException {
        reserve(1);
        bytes[size++] = (byte) literal;
    }

    void add(byte[] source, int start, int length) throws IOException {
        reserve(length);
        System.arraycopy(source, start, bytes, size, length);
        size += length;
    }

    /** Repeats from a distance not used lately. */
    void repeat(int length, int distance) throws IOException {
        System.arraycopy(distances, 0, distances, 1, 3);
        distances[0] = distance;
        copy(length, distance);
    }

    /** Repeats from the distance used as many times ago; it becomes the last. */
    void repeatFromRecent(int length, int index) throws IOException {
        int distance = distances[index];
        System.arraycopy(distances, 0, distances, 1, index);
        distances[0] = distance;
        copy(length, distance);
    }

    /** Does the last once more. */
    void repeatLast() throws IOException {
        if (lastLength > 0) {
            copy(lastLength, distances[0]);
        }
    }

    private void copy(int length, int distance) throws IOException {
        if (distance <= 0 || distance > size) {
            throw new IOException("repeats what never was");
        }
        reserve(length);
        lastLength = length;
        for (int end = size + length; size < end; size++) {
            bytes[size] = bytes[size - distance];
        }
    }

    private void reserve(int length) throws IOException {
        if (length > maxBytes - size) {
            throw new IOException("more than was told");
        }
        if (length > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, Math.max(2L * bytes.length, (long) size + length)));
        }
    }
}
