package lyceum.grading.internal;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** A Huffman code of RAR: canonical, of at most 15 bits, told by the lengths of its words. */
final class RarCode {

    private static final int MAX_BITS = 15;

    /** Of the lengths of all words, the code that those lengths are themselves packed in. */
    private static final int LENGTHS = 20;

    /** The first words of 16 bits, by length, that are longer. */
    private final int[] limits = new int[MAX_BITS + 1];

    private final int[] firsts = new int[MAX_BITS + 2];
    private final int[] symbols;

    private RarCode(byte[] lengths) throws IOException {
        int[] counts = new int[MAX_BITS + 1];
        for (byte length : lengths) {
            counts[length]++;
        }
        counts[0] = 0;
        int limit = 0;
        for (int bits = 1; bits <= MAX_BITS; bits++) {
            limit += counts[bits] << 16 - bits;
            limits[bits] = limit;
            firsts[bits + 1] = firsts[bits] + counts[bits];
        }
        if (limit > 1 << 16) {
            throw new IOException("no Huffman code");
        }
        symbols = new int[firsts[MAX_BITS + 1]];
        int[] next = Arrays.copyOf(firsts, firsts.length);
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[next[lengths[symbol]]++] = symbol;
            }
        }
    }

    /** @return the code of some of the lengths */
    static RarCode of(byte[] lengths, int from, int count) throws IOException {
        return new RarCode(Arrays.copyOfRange(lengths, from, from + count));
    }

    /**
     * Reads lengths of words as both generations of RAR pack them.
     *
     * @param old lengths that the new ones are told as differences to; zeros where they are not
     */
    static byte[] readLengths(RarBits bits, byte[] old) throws IOException {
        RarCode code = readCodeOfLengths(bits);
        byte[] lengths = new byte[old.length];
        for (int at = 0; at < lengths.length; ) {
            int symbol = code.read(bits);
            if (symbol < 16) {
                lengths[at] = (byte) (symbol + old[at] & 15);
                at++;
                continue;
            }
            int count = (symbol & 1) == 0 ? (int) bits.take(3) + 3 : (int) bits.take(7) + 11;
            if (symbol < 18 && at == 0) {
                throw new IOException("nothing to repeat");
            }
            byte repeated = symbol < 18 ? lengths[at - 1] : 0;
            for (; count > 0 && at < lengths.length; count--) {
                lengths[at++] = repeated;
            }
        }
        return lengths;
    }

    private static RarCode readCodeOfLengths(RarBits bits) throws IOException {
        byte[] lengths = new byte[LENGTHS];
        for (int at = 0; at < LENGTHS; ) {
            int length = (int) bits.take(4);
            int zeros = length == 15 ? (int) bits.take(4) : 0;
            if (zeros > 0) {
                at += zeros + 2;
            } else {
                lengths[at++] = (byte) length;
            }
        }
        return new RarCode(lengths);
    }

    /** @return the next symbol */
    int read(RarBits bits) throws IOException {
        int ahead = bits.peek16();
        for (int length = 1; length <= MAX_BITS; length++) {
            if (ahead < limits[length]) {
                bits.skip(length);
                return symbols[firsts[length] + (ahead - limits[length - 1] >>> 16 - length)];
            }
        }
        throw new EOFException("no word of the code");
    }
}
