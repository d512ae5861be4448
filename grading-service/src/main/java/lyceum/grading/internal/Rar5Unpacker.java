package lyceum.grading.internal;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Unpacks the data of RAR 5: blocks of LZ77 under Huffman codes, some runs of bytes filtered before. */
final class Rar5Unpacker {

    private static final int LITERALS = 306;
    private static final int DISTANCES = 64;
    private static final int LOW_DISTANCES = 16;
    private static final int LENGTHS = 44;

    private static final int FILTER = 256;
    private static final int LAST = 257;
    private static final int RECENT = 258;
    private static final int NEW = 262;
    private static final int CHECKSUM_SEED = 0x5a;

    private final RarWindow window;
    private RarCode literals;
    private RarCode distances;
    private RarCode lowDistances;
    private RarCode lengths;

    /** @param maxBytes of all files that are unpacked with this one */
    Rar5Unpacker(long maxBytes) {
        this.window = new RarWindow(maxBytes);
    }

    /** Takes a file that is not packed, so that the next may repeat parts of it. */
    byte[] store(byte[] packed, int start, int length) throws IOException {
        int begin = window.size();
        window.add(packed, start, length);
        return window.from(begin);
    }

    /** @return the file whose blocks stand there */
    byte[] unpack(byte[] packed, int start, int end, long size) throws IOException {
        int begin = window.size();
        List<RarFilter> filters = new ArrayList<>();
        boolean last = size == 0;
        for (int at = start; !last; ) {
            if (end - at < 3) {
                throw new EOFException("a block is missing");
            }
            int flags = packed[at];
            int sizeBytes = (flags >>> 3 & 7) + 1;
            if (sizeBytes > 3 || end - at < 2 + sizeBytes) {
                throw new IOException("no header of a block");
            }
            int blockBytes = 0;
            int checksum = CHECKSUM_SEED ^ flags;
            for (int index = 0; index < sizeBytes; index++) {
                int part = packed[at + 2 + index] & 0xff;
                blockBytes |= part << index * Byte.SIZE;
                checksum ^= part;
            }
            at += 2 + sizeBytes;
            if ((byte) checksum != packed[at - sizeBytes - 1] || blockBytes < 1 || blockBytes > end - at) {
                throw new IOException("no header of a block");
            }
            RarBits bits = new RarBits(packed, at, at + blockBytes);
            if ((flags & 0x80) != 0) {
                readCodes(bits);
            }
            long endBits = ((long) at + blockBytes - 1) * Byte.SIZE + (flags & 7) + 1;
            unpackBlock(bits, endBits, begin, filters);
            at += blockBytes;
            last = (flags & 0x40) != 0;
        }
        byte[] file = window.from(begin);
        for (RarFilter filter : filters) {
            filter.applyTo(file);
        }
        return file;
    }

    private void readCodes(RarBits bits) throws IOException {
        byte[] all = RarCode.readLengths(bits, new byte[LITERALS + DISTANCES + LOW_DISTANCES + LENGTHS]);
        literals = RarCode.of(all, 0, LITERALS);
        distances = RarCode.of(all, LITERALS, DISTANCES);
        lowDistances = RarCode.of(all, LITERALS + DISTANCES, LOW_DISTANCES);
        lengths = RarCode.of(all, LITERALS + DISTANCES + LOW_DISTANCES, LENGTHS);
    }

    private void unpackBlock(RarBits bits, long endBits, int begin, List<RarFilter> filters) throws IOException {
        if (literals == null) {
            throw new IOException("no codes before the first block");
        }
        while (bits.position() < endBits) {
            int symbol = literals.read(bits);
            if (symbol < FILTER) {
                window.add(symbol);
            } else if (symbol == FILTER) {
                add(RarFilter.read(bits, window.size() - begin), filters);
            } else if (symbol == LAST) {
                window.repeatLast();
            } else if (symbol < NEW) {
                window.repeatFromRecent(length(bits, lengths.read(bits)), symbol - RECENT);
            } else {
                int length = length(bits, symbol - NEW);
                int distance = distance(bits);
                // Far ones are not worth so few bytes.
                int more = distance > 0x40000 ? 3 : distance > 0x2000 ? 2 : distance > 0x100 ? 1 : 0;
                window.repeat(length + more, distance);
            }
        }
    }

    /** They come in the order of what they filter, and nothing is filtered twice: so all of them together take no long time. */
    private static void add(RarFilter filter, List<RarFilter> filters) throws IOException {
        if (!filters.isEmpty()
                && filter.start() < filters.get(filters.size() - 1).end()) {
            throw new IOException("a filter reaches into another");
        }
        filters.add(filter);
    }

    private static int length(RarBits bits, int slot) throws IOException {
        if (slot < 8) {
            return 2 + slot;
        }
        int extra = slot / 4 - 1;
        return 2 + ((4 | slot & 3) << extra) + (int) bits.take(extra);
    }

    private int distance(RarBits bits) throws IOException {
        int slot = distances.read(bits);
        if (slot < 4) {
            return 1 + slot;
        }
        int extra = slot / 2 - 1;
        long distance = 1 + ((2L | slot & 1) << extra);
        if (extra < 4) {
            distance += bits.take(extra);
        } else {
            distance += (bits.take(extra - 4) << 4) + lowDistances.read(bits);
        }
        if (distance > Integer.MAX_VALUE) {
            throw new IOException("repeats what never was");
        }
        return (int) distance;
    }
}
