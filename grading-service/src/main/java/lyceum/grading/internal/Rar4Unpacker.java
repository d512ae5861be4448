package lyceum.grading.internal;

import java.io.EOFException;
import java.io.IOException;

/**
 * Unpacks the data of RAR 2.9 to 4: LZ77 under Huffman codes. Its other method, a model of text that only the best and
 * slowest settings choose, and its programs that filter sounds and pictures are not read.
 */
final class Rar4Unpacker {

    private static final int LITERALS = 299;
    private static final int DISTANCES = 60;
    private static final int LOW_DISTANCES = 17;
    private static final int LENGTHS = 28;

    private static final int END = 256;
    private static final int PROGRAM = 257;
    private static final int LAST = 258;
    private static final int RECENT = 259;
    private static final int NEAR = 263;
    private static final int NEW = 271;

    /** Instead of a low distance: the last one once more, and for the 15 that follow. */
    private static final int SAME_LOW_DISTANCE = 16;

    private static final int[] NEAR_FIRST = {0, 4, 8, 16, 32, 64, 128, 192};
    private static final int[] NEAR_BITS = {2, 2, 3, 4, 5, 6, 6, 6};

    /** How many distance slots have 0, 1, 2 and so on extra bits. */
    private static final int[] SLOTS_OF_BITS = {4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 14, 0, 12};

    private static final int[] DISTANCE_FIRST = new int[DISTANCES];
    private static final int[] DISTANCE_BITS = new int[DISTANCES];

    static {
        int slot = 0;
        int distance = 0;
        for (int bits = 0; bits < SLOTS_OF_BITS.length; bits++) {
            for (int count = 0; count < SLOTS_OF_BITS[bits]; count++) {
                DISTANCE_FIRST[slot] = distance;
                DISTANCE_BITS[slot++] = bits;
                distance += 1 << bits;
            }
        }
    }

    private final RarWindow window;
    private byte[] oldLengths = new byte[LITERALS + DISTANCES + LOW_DISTANCES + LENGTHS];
    private RarCode literals;
    private RarCode distances;
    private RarCode lowDistances;
    private RarCode lengths;
    private boolean codesRead;
    private int lowDistance;
    private int lowDistanceRepeats;

    /** @param maxBytes of all files that are unpacked with this one */
    Rar4Unpacker(long maxBytes) {
        this.window = new RarWindow(maxBytes);
    }

    /** Takes a file that is not packed, so that the next may repeat parts of it. */
    byte[] store(byte[] packed, int start, int length) throws IOException {
        int begin = window.size();
        window.add(packed, start, length);
        return window.from(begin);
    }

    /** @return the file whose data stand there */
    byte[] unpack(byte[] packed, int start, int end, long size) throws IOException {
        int begin = window.size();
        RarBits bits = new RarBits(packed, start, end);
        boolean more = size > 0;
        if (more && !codesRead) {
            readCodes(bits);
        }
        // The mark at the end may be left out.
        while (more && window.size() - begin < size) {
            more = unpackOne(bits);
        }
        if (more) {
            readMark(bits);
        }
        return window.from(begin);
    }

    /** @return whether the file goes on */
    private boolean unpackOne(RarBits bits) throws IOException {
        int symbol = literals.read(bits);
        if (symbol < END) {
            window.add(symbol);
        } else if (symbol == END) {
            return readEnd(bits);
        } else if (symbol == PROGRAM) {
            throw RarArchive.unsupported();
        } else if (symbol == LAST) {
            window.repeatLast();
        } else if (symbol < NEAR) {
            window.repeatFromRecent(length(bits, lengths.read(bits)) + 2, symbol - RECENT);
        } else if (symbol < NEW) {
            int slot = symbol - NEAR;
            window.repeat(2, NEAR_FIRST[slot] + 1 + (int) bits.take(NEAR_BITS[slot]));
        } else {
            int length = length(bits, symbol - NEW) + 3;
            int distance = distance(bits);
            // Far ones are not worth so few bytes.
            int more = distance >= 0x40000 ? 2 : distance >= 0x2000 ? 1 : 0;
            window.repeat(length + more, distance);
        }
        return true;
    }

    /** Of a file that is complete, so that the next one of a solid archive knows whether codes stand before it. */
    private void readMark(RarBits bits) throws IOException {
        try {
            if (literals.read(bits) == END) {
                readEnd(bits);
            }
        } catch (EOFException noMark) {
            // The file is complete all the same.
        }
    }

    /** @return whether the file goes on, with new codes */
    private boolean readEnd(RarBits bits) throws IOException {
        if (bits.take(1) == 1) {
            readCodes(bits);
            return true;
        }
        codesRead = bits.take(1) == 0;
        return false;
    }

    private void readCodes(RarBits bits) throws IOException {
        bits.alignToByte();
        if (bits.take(1) == 1) {
            throw RarArchive.unsupported();
        }
        if (bits.take(1) == 0) {
            oldLengths = new byte[oldLengths.length];
        }
        oldLengths = RarCode.readLengths(bits, oldLengths);
        literals = RarCode.of(oldLengths, 0, LITERALS);
        distances = RarCode.of(oldLengths, LITERALS, DISTANCES);
        lowDistances = RarCode.of(oldLengths, LITERALS + DISTANCES, LOW_DISTANCES);
        lengths = RarCode.of(oldLengths, LITERALS + DISTANCES + LOW_DISTANCES, LENGTHS);
        lowDistance = 0;
        lowDistanceRepeats = 0;
        codesRead = true;
    }

    private static int length(RarBits bits, int slot) throws IOException {
        if (slot < 8) {
            return slot;
        }
        int extra = slot / 4 - 1;
        return ((4 | slot & 3) << extra) + (int) bits.take(extra);
    }

    private int distance(RarBits bits) throws IOException {
        int slot = distances.read(bits);
        int extra = DISTANCE_BITS[slot];
        int distance = DISTANCE_FIRST[slot] + 1;
        if (slot <= 9) {
            return distance + (int) bits.take(extra);
        }
        if (extra > 4) {
            distance += (int) bits.take(extra - 4) << 4;
        }
        if (lowDistanceRepeats > 0) {
            lowDistanceRepeats--;
        } else {
            int low = lowDistances.read(bits);
            if (low == SAME_LOW_DISTANCE) {
                lowDistanceRepeats = 15;
            } else {
                lowDistance = low;
            }
        }
        return distance + lowDistance;
    }
}
